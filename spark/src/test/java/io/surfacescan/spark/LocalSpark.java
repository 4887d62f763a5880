package io.surfacescan.spark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/// One session of two threads for all tests.
final class LocalSpark {
  static final SparkSession SESSION =
      SparkSession.builder()
          .master("local[2]")
          .appName("tests")
          .config("spark.ui.enabled", "false")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.sql.shuffle.partitions", "3")
          .getOrCreate();

  private LocalSpark() {}

  /// What a run came to.
  record Run(int exitCode, String log) {}

  static Run run(String... arguments) throws IOException {
    var log = new ByteArrayOutputStream();
    int code;
    try (var out = new PrintStream(log, true, StandardCharsets.UTF_8)) {
      try {
        code = SparkMain.run(SESSION, JobOptions.of(arguments), out);
      } catch (JobRefused e) {
        out.println(e.line());
        code = e.exitCode();
      }
    }
    return new Run(code, log.toString(StandardCharsets.UTF_8));
  }

  /// A run of `report` on these paths.
  static Run report(Object vms, Object rules, Object out, String... more) throws IOException {
    var arguments =
        new ArrayList<>(
            List.of("report", "--vms", vms.toString(), "--rules", rules.toString(), "--out"));
    arguments.add(out.toString());
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  /// The rows of a directory, as the tests compare them.
  static List<Row> rows(Object path, JobOptions.RowFormat format) {
    var read = SESSION.read().schema(ReportJob.ROWS);
    var rows =
        switch (format) {
          case PARQUET -> read.parquet(path.toString());
          case NDJSON -> read.json(path.toString());
          case CSV ->
              read.option("header", "true")
                  .option("escape", "\"")
                  .option("multiLine", "true")
                  .csv(path.toString());
        };
    return rows.collectAsList();
  }

  static Optional<Integer> number(Row row, String column) {
    return Optional.ofNullable(row.<Integer>getAs(column));
  }
}
