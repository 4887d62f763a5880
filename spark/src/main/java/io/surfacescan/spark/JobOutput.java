package io.surfacescan.spark;

import io.surfacescan.spark.JobOptions.RowFormat;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/// Where a job writes: one directory for each kind of rows. What is there is overwritten, and
/// `_SUCCESS` appears once all rows are.
///
/// @param root the directory named with `--out`
/// @param partition the directory within each kind, if the run is one of several
record JobOutput(SparkSession spark, String root, Optional<String> partition) {
  String path(String kind) {
    return root + "/" + kind + partition.map(each -> "/" + each).orElse("");
  }

  void write(Dataset<Row> rows, String kind, RowFormat format) {
    var writer = rows.write().mode(SaveMode.Overwrite);
    save(writer, format, path(kind));
  }

  /// Adds the rows of each environment in a directory of its own.
  void addByEnvironment(Dataset<Row> rows, String kind, RowFormat format) {
    var writer = rows.write().mode(SaveMode.Append).partitionBy("env");
    save(writer, format, path(kind));
  }

  private static void save(DataFrameWriter<Row> writer, RowFormat format, String path) {
    switch (format) {
      case PARQUET -> writer.parquet(path);
      case NDJSON -> writer.option("ignoreNullFields", "false").json(path);
      case CSV -> writer.option("header", "true").option("escape", "\"").csv(path);
    }
  }

  /// Removes rows of an earlier run, which would look like those of a refused one.
  void remove(String kind, String... below) throws IOException {
    var path = new Path(path(kind) + (below.length == 0 ? "" : "/" + String.join("/", below)));
    path.getFileSystem(spark.sparkContext().hadoopConfiguration()).delete(path, true);
  }
}
