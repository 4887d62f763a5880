package io.surfacescan.spark;

import io.surfacescan.model.ProblemKind;
import io.surfacescan.model.VmKind;
import io.surfacescan.spark.ReadRows.Spot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/// The VMs of rows of Parquet, checked as the importer checks documents.
///
/// The columns are `vm_id`, `name`, `kind`, `scope`, `tags`, the file, the number of the row and
/// whether all texts are UTF-8.
final class ParquetVms implements Iterator<Row> {
  /// The most bytes of an id or a tag, as in documents.
  private static final int BYTES_MOST = 64 << 10;

  private static final String NEEDS_ID = "give the VM an id";

  private final ReadRows rows;
  private final Iterator<Row> read;
  private final List<Row> problems = new ArrayList<>();

  ParquetVms(ReadRows rows, Iterator<Row> read) {
    this.rows = rows;
    this.read = read;
  }

  @Override
  public boolean hasNext() {
    return !problems.isEmpty() || read.hasNext();
  }

  @Override
  public Row next() {
    return problems.isEmpty() ? read(read.next()) : problems.removeLast();
  }

  /// The VM of a row, or what is wrong with it. More problems follow as rows of their own.
  private Row read(Row row) {
    var spot = Spot.row(row.getString(5), row.getLong(6));
    String id = row.getString(0);
    List<String> tags = row.isNullAt(4) ? null : row.getList(4);
    String fault = null;
    ProblemKind kind = ProblemKind.MISSING_FIELD;
    String remedy = NEEDS_ID;
    if (id == null) {
      fault = "vm_id is null";
    } else if (id.isEmpty()) {
      kind = ProblemKind.EMPTY_FIELD;
      fault = "vm_id is empty";
    } else if (!row.isNullAt(7) && !row.getBoolean(7)) {
      kind = ProblemKind.NOT_UTF8;
      fault = "the id or a tag is not UTF-8";
      remedy = "write texts in UTF-8";
    } else if (tags == null) {
      fault = "tags is null";
      remedy = "write an empty list if the VM has none";
    } else if (tags.contains(null)) {
      kind = ProblemKind.WRONG_TYPE;
      fault = "a tag is null";
      remedy = "leave it out";
    } else if (tags.contains("")) {
      kind = ProblemKind.EMPTY_FIELD;
      fault = "a tag is empty";
      remedy = "leave it out";
    } else if (isLong(id) || tags.stream().anyMatch(ParquetVms::isLong)) {
      kind = ProblemKind.TOO_LONG;
      fault = "the id or a tag has more than 64 KiB";
      remedy = "shorten it";
    } else if (!row.isNullAt(2) && VmKind.ofCode(row.getString(2)).isEmpty()) {
      kind = ProblemKind.INVALID_VALUE;
      fault = "kind is none that a VM may have";
      remedy = "see the kinds of VMs in docs/input.md";
    }
    if (fault != null || id == null || tags == null) {
      return ReadRows.problem(kind, spot, fault, remedy, 1);
    }
    warn(row, spot, tags);
    var vmKind = row.isNullAt(2) ? VmKind.VM : VmKind.ofCode(row.getString(2)).orElseThrow();
    return ReadRows.vm(
        id,
        Optional.ofNullable(row.getString(1)),
        vmKind,
        Optional.ofNullable(row.getString(3)),
        rows.key(tags, vmKind, id),
        spot);
  }

  private static boolean isLong(String text) {
    return text.length() > BYTES_MOST / 3
        && text.getBytes(StandardCharsets.UTF_8).length > BYTES_MOST;
  }

  private void warn(Row row, Spot spot, List<String> tags) {
    if (row.isNullAt(1)) {
      problems.add(
          ReadRows.problem(
              ProblemKind.MISSING_NAME, spot, "the VM has no name", "give the VM a name", 1));
    }
    if (tags.isEmpty()) {
      problems.add(
          ReadRows.problem(
              ProblemKind.UNTAGGED_VM,
              spot,
              "the VM has no tags: no rule applies to it",
              "add its tags, if it has any",
              1));
    } else if (new HashSet<>(tags).size() < tags.size()) {
      problems.add(
          ReadRows.problem(
              ProblemKind.DUPLICATE_TAG, spot, "a tag stands twice in one VM", "keep one", 1));
    }
  }
}
