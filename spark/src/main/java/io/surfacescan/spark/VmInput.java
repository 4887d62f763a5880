package io.surfacescan.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.forall;
import static org.apache.spark.sql.functions.is_valid_utf8;
import static org.apache.spark.sql.functions.lit;

import io.surfacescan.spark.JobRefused.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.hadoop.mapreduce.lib.input.TextInputFormat;
import org.apache.spark.api.java.JavaNewHadoopRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/// The VMs of files and directories: of Parquet where the names say so, else lines of text.
final class VmInput {
  private static final String PARQUET = ".parquet";

  private final SparkSession spark;
  private final Configuration hadoop;
  private final List<String> parquet = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  private VmInput(SparkSession spark) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
  }

  /// @param paths files, directories or patterns of any storage that Hadoop knows
  static VmInput of(SparkSession spark, List<String> paths) throws JobRefused {
    var input = new VmInput(spark);
    for (String path : paths) {
      try {
        input.add(path);
      } catch (IOException e) {
        throw unreadable(path, "it cannot be read: " + e.getMessage());
      }
    }
    return input;
  }

  private static JobRefused unreadable(String path, String why) {
    return new JobRefused(
        Reason.INPUT, path + ": " + why, "name files of VMs, or directories of such files");
  }

  private void add(String named) throws IOException, JobRefused {
    var files = new Path(named).getFileSystem(hadoop);
    FileStatus[] found = files.globStatus(new Path(named));
    if (found == null || found.length == 0) {
      throw unreadable(named, "there is no such file");
    }
    for (var each : found) {
      String path = each.getPath().toString();
      boolean isParquet =
          each.isDirectory()
              ? Arrays.stream(files.listStatus(each.getPath()))
                  .anyMatch(file -> file.getPath().getName().endsWith(PARQUET))
              : path.endsWith(PARQUET);
      (isParquet ? parquet : lines).add(path);
    }
  }

  /// A row for each VM and each problem, as of [ReadRows].
  Dataset<Row> rows(Broadcast<ReadRows> rows) throws JobRefused, IOException {
    Dataset<Row> all = spark.createDataFrame(List.of(), ReadRows.SCHEMA);
    if (!lines.isEmpty()) {
      all = all.union(ofLines(rows));
    }
    for (String path : parquet) {
      all = all.union(ofParquet(path, rows));
    }
    return all;
  }

  private Dataset<Row> ofLines(Broadcast<ReadRows> rows) throws IOException {
    var job = Job.getInstance(hadoop);
    for (String path : lines) {
      FileInputFormat.addInputPath(job, new Path(path));
    }
    var read =
        (JavaNewHadoopRDD<LongWritable, Text>)
            JavaSparkContext.fromSparkContext(spark.sparkContext())
                .newAPIHadoopRDD(
                    job.getConfiguration(), TextInputFormat.class, LongWritable.class, Text.class);
    return spark.createDataFrame(
        read.mapPartitionsWithInputSplit(
            (split, lines) ->
                new VmLines(((FileSplit) split).getPath().toString(), rows.value(), lines),
            true),
        ReadRows.SCHEMA);
  }

  private Dataset<Row> ofParquet(String path, Broadcast<ReadRows> rows) throws JobRefused {
    var read = spark.read().parquet(path);
    var schema = read.schema();
    require(path, schema, "vm_id", DataTypes.StringType);
    require(path, schema, "tags", new ArrayType(DataTypes.StringType, true));
    var columns = new ArrayList<Column>();
    for (String name : List.of("vm_id", "name", "kind", "scope")) {
      if (Arrays.asList(schema.fieldNames()).contains(name)) {
        require(path, schema, name, DataTypes.StringType);
        columns.add(col(name));
      } else {
        columns.add(lit(null).cast(DataTypes.StringType).as(name));
      }
    }
    columns.add(col("tags"));
    columns.add(col("_metadata.file_path").as("file"));
    columns.add(col("_metadata.row_index").as("row"));
    columns.add(
        is_valid_utf8(col("vm_id"))
            .and(forall(col("tags"), tag -> tag.isNull().or(is_valid_utf8(tag))))
            .as("is_text"));
    return read.select(columns.toArray(Column[]::new))
        .mapPartitions(
            (org.apache.spark.api.java.function.MapPartitionsFunction<Row, Row>)
                vms -> new ParquetVms(rows.value(), vms),
            Encoders.row(ReadRows.SCHEMA));
  }

  private static void require(String path, StructType schema, String name, DataType type)
      throws JobRefused {
    boolean isThere = Arrays.asList(schema.fieldNames()).contains(name);
    var found = isThere ? schema.apply(name).dataType() : DataTypes.NullType;
    if (!found.catalogString().equals(type.catalogString())) {
      throw new JobRefused(
          Reason.INPUT,
          path + ": the column " + name + " is " + (isThere ? found.sql() : "missing"),
          "write it as " + type.sql());
    }
  }
}
