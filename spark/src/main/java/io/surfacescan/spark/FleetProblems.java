package io.surfacescan.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import io.surfacescan.spark.JobOptions.RowFormat;
import io.surfacescan.text.TerminalText;
import java.io.PrintStream;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/// What is wrong with the input: alike problems are one row of `problems`, with the first place and
/// their count. Batches of lines have few, so that one task gathers all of them.
final class FleetProblems {
  private static final int ERRORS_PRINTED = 20;

  private final SparkSession spark;
  private final JobOutput output;
  private final PrintStream log;
  private Dataset<Row> found;

  FleetProblems(SparkSession spark, JobOutput output, PrintStream log) {
    this.spark = spark;
    this.output = output;
    this.log = log;
    this.found = spark.createDataFrame(List.of(), ReadRows.SCHEMA);
  }

  void add(Dataset<Row> problems) {
    found = found.union(problems);
  }

  /// Gathers what was added so far, and prints the first errors.
  ///
  /// @param keeping keeps rows that are used twice
  /// @return whether there are any
  boolean anyErrors(UnaryOperator<Dataset<Row>> keeping) {
    found = keeping.apply(alike(found));
    var first =
        found.filter(col("severity").equalTo("error")).limit(ERRORS_PRINTED).collectAsList();
    for (var error : first) {
      log.println(line(error));
    }
    if (first.size() == ERRORS_PRINTED) {
      log.println("problems has the others");
    }
    return !first.isEmpty();
  }

  private static String line(Row error) {
    String file = error.<String>getAs("file");
    Object at = error.getAs("byte");
    Object row = error.getAs("row");
    String place = at != null ? ":byte " + at : row != null ? ":row " + row : "";
    long count = error.<Long>getAs("count");
    return TerminalText.plain(
        "error: "
            + file
            + place
            + ": "
            + error.<String>getAs("what")
            + "; "
            + error.<String>getAs("remedy")
            + (count > 1 ? " (" + count + " times)" : ""));
  }

  /// Writes what was gathered, and a warning that came later.
  void write(List<Row> more) {
    var later = spark.createDataFrame(more, ReadRows.SCHEMA);
    var all = more.isEmpty() ? found : found.union(alike(later)).coalesce(1);
    output.write(all, "problems", RowFormat.NDJSON);
  }

  private static Dataset<Row> alike(Dataset<Row> problems) {
    return problems
        .groupBy("problem", "severity", "what", "remedy")
        .agg(
            sum("count").as("count"),
            min(struct(col("file"), col("byte"), col("row"), col("column"))).as("first"))
        .select(
            col("problem").as("kind"),
            col("severity"),
            col("first.file").as("file"),
            col("first.byte").as("byte"),
            col("first.row").as("row"),
            col("first.column").as("column"),
            col("what"),
            col("remedy"),
            col("count"))
        .coalesce(1)
        .sortWithinPartitions(
            col("severity"), col("kind"), col("file"), col("byte"), col("row"), col("what"));
  }
}
