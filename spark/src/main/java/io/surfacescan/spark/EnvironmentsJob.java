package io.surfacescan.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;

import io.surfacescan.policy.PolicyRefused;
import io.surfacescan.policy.reading.Packs;
import io.surfacescan.spark.EnvironmentTask.Named;
import io.surfacescan.spark.JobRefused.Reason;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;
import org.apache.spark.storage.StorageLevel;

/// `environments`: the report of each of many environments, one to a task, and what a policy finds.
final class EnvironmentsJob {
  private final SparkSession spark;
  private final JavaSparkContext context;
  private final JobOptions options;
  private final PrintStream log;
  private final JobOutput output;

  EnvironmentsJob(SparkSession spark, JobOptions options, PrintStream log) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.options = options;
    this.log = log;
    this.output = new JobOutput(spark, options.out(), Optional.empty());
  }

  /// @return the exit code: 3 if any environment is refused; the others are written all the same
  int run() throws IOException, JobRefused {
    var environments = environments();
    var task = new EnvironmentTask(policy(), options.count("time-limit", JobOptions.SECONDS_USUAL));
    stage("answering");
    var rows =
        context
            .parallelize(environments, environments.size())
            .flatMap(environment -> task.rows(environment).iterator());
    var all = spark.createDataFrame(rows, EnvironmentTask.SCHEMA).persist(StorageLevel.DISK_ONLY());
    try {
      long refused =
          all.filter(col("problem_severity").equalTo("error"))
              .agg(count_distinct(col("env")))
              .first()
              .getLong(0);
      stage("writing");
      write(all, "vms", "vm", environments);
      write(all, "findings", "finding", environments);
      write(all, "problems", "problem", environments);
      stage(null);
      log.printf("%,d environments, %,d refused%n", environments.size(), refused);
      return refused == 0 ? 0 : Reason.INPUT.exitCode;
    } finally {
      all.unpersist(false);
    }
  }

  private void stage(String name) {
    spark.sparkContext().setJobDescription(name);
    if (name != null) {
      log.println(name);
    }
  }

  /// Each by the last part of its path, or by the whole path if others have the same.
  private List<Named> environments() throws IOException, JobRefused {
    var paths = new ArrayList<Path>();
    for (String pattern : options.all("data")) {
      var files = new Path(pattern).getFileSystem(context.hadoopConfiguration());
      FileStatus[] found = files.globStatus(new Path(pattern));
      if (found == null || found.length == 0) {
        throw new JobRefused(Reason.INPUT, pattern + ": there is no such file", "correct --data");
      }
      Arrays.stream(found).map(FileStatus::getPath).sorted().forEach(paths::add);
    }
    Map<String, Integer> named = new HashMap<>();
    paths.forEach(path -> named.merge(path.getName(), 1, Integer::sum));
    return paths.stream()
        .distinct()
        .map(path ->
            new Named(
                named.getOrDefault(path.getName(), 0) == 1 ? path.getName() : path.toString(),
                path.toString()))
        .toList();
  }

  /// The bytes of the policy, or the name of a pack; checked here, so that a bad one fails once.
  private EnvironmentTask.PolicySource policy() throws IOException, JobRefused {
    var named = options.one("policy");
    if (named.isEmpty()) {
      return EnvironmentTask.PolicySource.NONE;
    }
    try {
      if (named.get().startsWith(Packs.PREFIX)) {
        var pack = new EnvironmentTask.PolicySource(named.get(), new byte[0]);
        pack.read();
        return pack;
      }
      var path = new Path(named.get());
      try (var bytes = path.getFileSystem(context.hadoopConfiguration()).open(path)) {
        var source = new EnvironmentTask.PolicySource(named.get(), bytes.readAllBytes());
        source.read();
        return source;
      }
    } catch (PolicyRefused e) {
      throw new JobRefused(Reason.USAGE, named.get() + ": " + e.getMessage(), "correct the policy");
    }
  }

  private void write(Dataset<Row> all, String kind, String of, List<Named> environments)
      throws IOException, JobRefused {
    // What an environment no longer has must not stay from an earlier run.
    output.remove(kind, "_SUCCESS");
    for (var environment : environments) {
      output.remove(kind, "env=" + ExternalCatalogUtils.escapePathName(environment.name()));
    }
    var rows = all.filter(col("of").equalTo(of)).select(EnvironmentTask.columns(of));
    output.addByEnvironment(rows, kind, options.format());
  }
}
