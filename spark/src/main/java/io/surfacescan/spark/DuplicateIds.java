package io.surfacescan.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.xxhash64;

import io.surfacescan.model.ProblemKind;
import java.util.ArrayList;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/// Ids that several VMs have.
///
/// Only hashes of 8 bytes are sent between machines at first. Those that come twice name the few
/// ids that are compared: hashes of different ids may be equal.
///
/// @param vms rows of [ReadRows]
record DuplicateIds(Dataset<Row> vms) {
  /// A row of [ReadRows] for each such id.
  ///
  /// @param keeping keeps rows that are used twice
  Dataset<Row> problems(UnaryOperator<Dataset<Row>> keeping) {
    var ids = vms.select(col("vm_id"), col("file"), col("byte"), col("row"));
    var hashes =
        keeping.apply(
            ids.groupBy(xxhash64(col("vm_id")).as("hash"))
                .count()
                .filter(col("count").gt(1))
                .select("hash"));
    if (hashes.isEmpty()) {
      return vms.limit(0);
    }
    var place = struct(col("file"), col("byte"), col("row"));
    var twice =
        ids.withColumn("hash", xxhash64(col("vm_id")))
            .join(hashes, hashes.col("hash").equalTo(xxhash64(ids.col("vm_id"))), "left_semi")
            .groupBy("vm_id")
            .agg(count(lit(1)).as("vms"), min(place).as("first"), max(place).as("last"))
            .filter(col("vms").gt(1));
    var columns = new ArrayList<Column>();
    for (var field : ReadRows.SCHEMA.fields()) {
      Column value =
          switch (field.name()) {
            case "file", "byte", "row" -> col("last." + field.name());
            case "problem" -> lit(ProblemKind.DUPLICATE_VM_ID.code());
            case "severity" -> lit("error");
            case "what" -> what();
            case "remedy" -> lit("give each VM its own id");
            case "count" -> col("vms").minus(1);
            default -> lit(null).cast(field.dataType());
          };
      columns.add(value.as(field.name()));
    }
    return twice.select(columns.toArray(Column[]::new));
  }

  private static Column what() {
    var at =
        org.apache.spark.sql.functions.coalesce(
            concat(lit(" byte "), col("first.byte")), concat(lit(" row "), col("first.row")));
    return concat(
        lit("vm_id \""),
        col("vm_id"),
        lit("\" is used "),
        col("vms"),
        lit(" times, first in "),
        col("first.file"),
        at);
  }
}
