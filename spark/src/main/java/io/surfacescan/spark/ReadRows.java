package io.surfacescan.spark;

import io.surfacescan.model.Environment;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.model.VmKind;
import java.io.Serializable;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/// What reading comes to: a row for each VM with the key of its class, and one for each problem, in
/// one data set, so that the input is read once.
///
/// @param tags those that rules name
/// @param targets ids of VMs that are classes of their own
record ReadRows(NamedTags tags, Set<String> targets) implements Serializable {
  static final StructType SCHEMA =
      new StructType()
          .add("vm_id", DataTypes.StringType)
          .add("name", DataTypes.StringType)
          .add("kind", DataTypes.StringType)
          .add("scope", DataTypes.StringType)
          .add("key", DataTypes.BinaryType)
          .add("file", DataTypes.StringType)
          .add("byte", DataTypes.LongType)
          .add("row", DataTypes.LongType)
          .add("column", DataTypes.IntegerType)
          .add("problem", DataTypes.StringType)
          .add("severity", DataTypes.StringType)
          .add("what", DataTypes.StringType)
          .add("remedy", DataTypes.StringType)
          .add("count", DataTypes.LongType);

  /// Where something stands: in a line that starts at a byte, or in a row.
  record Spot(
      String file, @Nullable Long byteOffset, @Nullable Long row, @Nullable Integer column) {
    static Spot line(String file, long byteOffset, int column) {
      return new Spot(file, byteOffset, null, column == 0 ? null : column);
    }

    static Spot row(String file, long row) {
      return new Spot(file, null, row, null);
    }

    static Spot file(String file) {
      return new Spot(file, null, null, null);
    }
  }

  byte[] key(Iterable<String> carried, VmKind kind, String id) {
    boolean isAlone = targets.contains(id) || Environment.isInternet(id, kind);
    int marks = (kind.isExternal() ? NamedTags.OUTSIDE : 0) | (isAlone ? NamedTags.ALONE : 0);
    return tags.key(carried, marks, id);
  }

  static Row vm(
      String id,
      Optional<String> name,
      VmKind kind,
      Optional<String> scope,
      byte[] key,
      Spot spot) {
    return RowFactory.create(
        id,
        name.orElse(null),
        kind.code(),
        scope.orElse(null),
        key,
        spot.file,
        spot.byteOffset,
        spot.row,
        spot.column,
        null,
        null,
        null,
        null,
        null);
  }

  static Row problem(ProblemKind kind, Spot spot, String what, String remedy, long count) {
    return RowFactory.create(
        null,
        null,
        null,
        null,
        null,
        spot.file,
        spot.byteOffset,
        spot.row,
        spot.column,
        kind.code(),
        kind.severity().name().toLowerCase(java.util.Locale.ROOT),
        what,
        remedy,
        count);
  }
}
