package io.surfacescan.spark;

import java.io.IOException;
import java.io.PrintStream;
import org.apache.spark.sql.SparkSession;

/// The program that `spark-submit` starts: a verb, its flags and an exit code, as of the command
/// line.
public final class SparkMain {
  private static final int FAILED = 5;

  private SparkMain() {}

  /// Exit codes: 0 done, 2 usage, 3 the input is invalid, 4 a target is not found, 5 an internal
  /// error.
  public static void main(String... arguments) {
    int code;
    try {
      code = run(System.err, arguments);
    } catch (IOException | RuntimeException e) {
      e.printStackTrace();
      code = FAILED;
    }
    if (code != 0) {
      System.exit(code);
    }
  }

  private static int run(PrintStream log, String... arguments) throws IOException {
    try {
      var options = JobOptions.of(arguments);
      try (var spark =
          SparkSession.builder().appName("surfacescan " + options.verb()).getOrCreate()) {
        return run(spark, options, log);
      }
    } catch (JobRefused e) {
      log.println(e.line());
      return e.exitCode();
    }
  }

  /// Runs a verb in a session that its caller ends.
  static int run(SparkSession spark, JobOptions options, PrintStream log)
      throws IOException, JobRefused {
    return switch (options.verb()) {
      case "report" -> new ReportJob(spark, options, log).run();
      default -> new EnvironmentsJob(spark, options, log).run();
    };
  }
}
