package io.surfacescan.spark;

import io.surfacescan.importers.Imported;
import io.surfacescan.importers.Importers;
import io.surfacescan.importers.InputFormat;
import io.surfacescan.importers.Partitioning;
import io.surfacescan.importers.ReadCancellation;
import io.surfacescan.importers.ReadOptions;
import io.surfacescan.importers.ReadProgress;
import io.surfacescan.importers.json.ReadLimit;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Problem;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.spark.ReadRows.Spot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/// The VMs of lines of text, each line one VM: NDJSON, or a document with a line for each VM.
///
/// Some thousand lines at a time are read as a document of their own by the importer, so that what
/// is wrong is found and said as `surfacescan validate` does; only the place is the byte at which
/// the line starts, since a task does not know how many lines stand before its part of a file.
final class VmLines implements Iterator<Row> {
  private static final int BATCH_BYTES = 4 << 20;
  private static final int BATCH_LINES = 20_000;
  private static final byte[] NO_RULES = "{\"fw_rules\":[]}\n".getBytes(StandardCharsets.UTF_8);
  private static final ReadOptions OPTIONS = ReadOptions.STRICT.withFormat(InputFormat.DOCUMENT);

  /// What holds the lists of a document, without white space.
  private static final Pattern FRAME =
      Pattern.compile("\\{?(\"vms\":)?\\[?|\\],\"fw_rules\":\\[(\\]\\}?)?|\\]?\\}?,?");

  /// What only a look at all VMs can say; and what the frame of the document leaves out.
  private static final Set<ProblemKind> OF_THE_WHOLE =
      EnumSet.of(
          ProblemKind.PHANTOM_TAG,
          ProblemKind.SIMILAR_TAG,
          ProblemKind.SIMILAR_ID,
          ProblemKind.MISSING_LIST);

  private static final Pattern PLACE = Pattern.compile("<stdin>:(\\d+):(\\d+)");

  private final String file;
  private final ReadRows rows;
  private final Iterator<Tuple2<LongWritable, Text>> lines;
  private Iterator<Row> ready = List.<Row>of().iterator();

  /// @param lines each with the byte at which it starts
  VmLines(String file, ReadRows rows, Iterator<Tuple2<LongWritable, Text>> lines) {
    this.file = file;
    this.rows = rows;
    this.lines = lines;
  }

  @Override
  public boolean hasNext() {
    while (!ready.hasNext() && lines.hasNext()) {
      ready = new Batch().read().iterator();
    }
    return ready.hasNext();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.next();
  }

  private final class Batch {
    private final ByteArrayOutputStream document = new ByteArrayOutputStream(1 << 16);

    /// Per line of the batch, the byte at which it starts.
    private long[] starts = new long[256];

    private int count;

    List<Row> read() {
      while (lines.hasNext() && document.size() < BATCH_BYTES && count < BATCH_LINES) {
        var line = lines.next();
        add(line._1().get(), line._2().getBytes(), line._2().getLength());
      }
      return count == 0 ? List.of() : rowsOf(imported());
    }

    /// Adds a line but for the white space around it and the comma behind a VM.
    private void add(long start, byte[] bytes, int length) {
      int from = 0;
      int to = length;
      while (from < to && isSpace(bytes[from])) {
        from++;
      }
      while (from < to && isSpace(bytes[to - 1])) {
        to--;
      }
      if (to - from < 20 && isFrame(bytes, from, to)) {
        return;
      }
      if (bytes[to - 1] == ',') {
        to--;
      }
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, 2 * count);
      }
      starts[count++] = start;
      document.write(bytes, from, to - from);
      document.write('\n');
    }

    private static boolean isSpace(byte character) {
      return character == ' ' || character == '\t' || character == '\r';
    }

    private static boolean isFrame(byte[] bytes, int from, int to) {
      var text = new String(bytes, from, to - from, StandardCharsets.UTF_8).replaceAll("\\s", "");
      return FRAME.matcher(text).matches();
    }

    private Imported imported() {
      document.writeBytes(NO_RULES);
      return Importers.read(
          List.of("-"),
          new ByteArrayInputStream(document.toByteArray()),
          ReadProgress.NONE,
          Partitioning.among(1),
          ReadLimit.ofThisProgram(),
          OPTIONS,
          ReadCancellation.NEVER);
    }

    private List<Row> rowsOf(Imported imported) {
      var environment = imported.environment();
      var found = new ArrayList<Row>(environment.vmCount());
      addProblems(imported, found);
      if (environment.ruleCount() > 0) {
        found.add(
            ReadRows.problem(
                ProblemKind.MIXED_SOURCES,
                Spot.line(file, starts[0], 0),
                "rules stand among the VMs",
                "put the rules into a file of their own, and name it with --rules",
                environment.ruleCount()));
      }
      addVms(environment, found);
      return found;
    }

    private void addVms(Environment environment, List<Row> found) {
      byte[][] keyOfList = new byte[environment.tagLists().size()][];
      for (int vm = 0; vm < environment.vmCount(); vm++) {
        String id = environment.vmId(vm);
        var kind = environment.vmKind(vm);
        int list = environment.tagListOf(vm);
        boolean isPlain = !kind.isExternal() && !rows.targets().contains(id);
        byte[] key = isPlain ? keyOfList[list] : null;
        if (key == null) {
          key = rows.key(environment.vm(vm).tags(), kind, id);
          if (isPlain) {
            keyOfList[list] = key;
          }
        }
        long start = starts[environment.vmCount() == count ? vm : 0];
        found.add(
            ReadRows.vm(
                id,
                environment.vmName(vm),
                kind,
                environment.vmScope(vm),
                key,
                Spot.line(file, start, 0)));
      }
    }

    private void addProblems(Imported imported, List<Row> found) {
      var problems = imported.problems();
      problems.errors().forEach(error -> found.add(row(error, error.count())));
      if (problems.unlistedErrors() > 0) {
        found.add(row(problems.errors().getLast(), problems.unlistedErrors()));
      }
      var said = EnumSet.copyOf(OF_THE_WHOLE);
      for (Problem warning : problems.warnings()) {
        if (said.add(warning.kind())) {
          found.add(row(warning, problems.counts().getOrDefault(warning.kind(), 1L)));
        }
      }
    }

    private Row row(Problem problem, long count) {
      var place = problem.place();
      String what =
          PLACE
              .matcher(problem.what())
              .replaceAll(match -> "byte " + startOf(Integer.parseInt(match.group(1))));
      return ReadRows.problem(
          problem.kind(),
          Spot.line(file, startOf(place.line()), place.column()),
          what,
          problem.remedy(),
          count);
    }

    private long startOf(int line) {
      return starts[Math.max(0, Math.min(count, line) - 1)];
    }
  }
}
