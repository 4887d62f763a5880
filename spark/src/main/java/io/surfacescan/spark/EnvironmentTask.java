package io.surfacescan.spark;

import static org.apache.spark.sql.functions.col;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.DeadlinePassed;
import io.surfacescan.engine.Exposures;
import io.surfacescan.engine.OutsideReach;
import io.surfacescan.engine.Progress;
import io.surfacescan.importers.Importers;
import io.surfacescan.importers.Partitioning;
import io.surfacescan.importers.ReadOptions;
import io.surfacescan.importers.ReadProgress;
import io.surfacescan.importers.json.ReadLimit;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Problem;
import io.surfacescan.policy.Policy;
import io.surfacescan.policy.PolicyRefused;
import io.surfacescan.policy.checking.CheckOptions;
import io.surfacescan.policy.checking.PolicyCheck;
import io.surfacescan.policy.reading.Packs;
import io.surfacescan.policy.reading.PolicyFiles;
import io.surfacescan.policy.reading.PolicyReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/// What a task does with one environment: it reads and lowers it, and answers with rows of three
/// kinds in one schema. Whatever goes wrong is a row of problems, so no task fails for its input.
///
/// @param seconds the longest time for one environment
record EnvironmentTask(PolicySource policy, int seconds) implements Serializable {
  /// @param of `vm`, `finding` or `problem`
  static final StructType SCHEMA =
      new StructType()
          .add("env", DataTypes.StringType)
          .add("of", DataTypes.StringType)
          .add("vm_id", DataTypes.StringType)
          .add("name", DataTypes.StringType)
          .add("attackers", DataTypes.IntegerType)
          .add("direct_attackers", DataTypes.IntegerType)
          .add("blast_radius", DataTypes.IntegerType)
          .add("direct_blast_radius", DataTypes.IntegerType)
          .add("on_cycle", DataTypes.BooleanType)
          .add("kind", DataTypes.StringType)
          .add("scope", DataTypes.StringType)
          .add("internet", DataTypes.IntegerType)
          .add("rule", DataTypes.StringType)
          .add("finding_severity", DataTypes.StringType)
          .add("fingerprint", DataTypes.StringType)
          .add("message", DataTypes.StringType)
          .add("problem_kind", DataTypes.StringType)
          .add("problem_severity", DataTypes.StringType)
          .add("what", DataTypes.StringType)
          .add("remedy", DataTypes.StringType)
          .add("place", DataTypes.StringType)
          .add("count", DataTypes.LongType);

  private static final int OF_VM = 2;
  private static final int OF_FINDING = 12;
  private static final int OF_PROBLEM = 16;

  /// An environment to read.
  record Named(String name, String path) implements Serializable {}

  /// The columns of rows of one kind, under the names that they are written with.
  static Column[] columns(String of) {
    List<String> names =
        switch (of) {
          case "vm" -> Arrays.asList(SCHEMA.fieldNames()).subList(OF_VM, OF_FINDING);
          case "finding" ->
              List.of(
                  "rule", "finding_severity", "fingerprint", "message", "remedy", "place", "count");
          default ->
              List.of("problem_kind", "problem_severity", "place", "what", "remedy", "count");
        };
    var columns = new ArrayList<Column>();
    names.forEach(name -> columns.add(col(name).as(name.replaceFirst("^(finding|problem)_", ""))));
    columns.add(col("env"));
    return columns.toArray(Column[]::new);
  }

  /// Where the policy comes from: tasks read it anew, since only its bytes travel.
  record PolicySource(String name, byte[] bytes) implements Serializable {
    static final PolicySource NONE = new PolicySource("", new byte[0]);

    boolean isGiven() {
      return !name.isEmpty();
    }

    Policy read() throws PolicyRefused {
      return name.startsWith(Packs.PREFIX)
          ? PolicyFiles.read(List.of(name), Optional.empty())
          : PolicyReader.read(name, bytes);
    }
  }

  /// All rows of an environment.
  List<Row> rows(Named environment) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    var work = new FutureTask<>(() -> new Reading(environment, end).rows());
    var thread = new Thread(work, "environment " + environment.name());
    // One that is stuck must not keep the executor.
    thread.setDaemon(true);
    thread.start();
    try {
      return work.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      work.cancel(true);
      return List.of(tooSlow(environment));
    } catch (InterruptedException e) {
      work.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      return List.of(
          e.getCause() instanceof DeadlinePassed
              ? tooSlow(environment)
              : failed(environment, e.getCause()));
    }
  }

  private Row tooSlow(Named environment) {
    return problem(
        environment,
        "time-limit",
        "error",
        environment.path(),
        "it takes longer than " + seconds + " s",
        "allow it more with --time-limit, or divide it",
        1);
  }

  private static Row failed(Named environment, Throwable cause) {
    return problem(
        environment,
        "internal-error",
        "error",
        environment.path(),
        "it could not be answered: " + cause,
        "try it with surfacescan report, and report the fault",
        1);
  }

  private static Row problem(
      Named environment,
      String kind,
      String severity,
      String place,
      String what,
      String remedy,
      long count) {
    var values = new Object[SCHEMA.length()];
    values[0] = environment.name();
    values[1] = "problem";
    values[OF_PROBLEM] = kind;
    values[OF_PROBLEM + 1] = severity;
    values[OF_PROBLEM + 2] = what;
    values[OF_PROBLEM + 3] = remedy;
    values[OF_PROBLEM + 4] = place;
    values[OF_PROBLEM + 5] = count;
    return RowFactory.create(values);
  }

  private final class Reading {
    private final Named named;
    private final Deadline deadline;
    private final List<Row> rows = new ArrayList<>();

    Reading(Named named, long end) {
      this.named = named;
      this.deadline = () -> System.nanoTime() > end;
    }

    List<Row> rows() throws IOException, PolicyRefused {
      var uri = new org.apache.hadoop.fs.Path(named.path()).toUri();
      if (uri.getScheme() == null || uri.getScheme().equals("file")) {
        read(Path.of(uri.getPath()).toString());
        return rows;
      }
      Path copies = Files.createTempDirectory("surfacescan");
      try {
        read(copy(uri, copies));
      } finally {
        delete(copies);
      }
      return rows;
    }

    private static String copy(URI uri, Path to) throws IOException {
      var from = new org.apache.hadoop.fs.Path(uri);
      var copy = to.resolve(from.getName());
      from.getFileSystem(new Configuration())
          .copyToLocalFile(false, from, new org.apache.hadoop.fs.Path(copy.toUri()), true);
      return copy.toString();
    }

    private static void delete(Path directory) throws IOException {
      try (var files = Files.walk(directory)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }

    private void read(String path) throws PolicyRefused {
      var imported =
          Importers.read(
              List.of(path),
              InputStream.nullInputStream(),
              ReadProgress.NONE,
              Partitioning.among(1),
              ReadLimit.ofThisProgram(),
              ReadOptions.STRICT,
              deadline::passed);
      imported.problems().errors().forEach(error -> add(error, path));
      imported.problems().warnings().forEach(warning -> add(warning, path));
      if (!imported.problems().refused()) {
        answer(imported.environment());
      }
    }

    private void add(Problem problem, String path) {
      rows.add(
          problem(
              named,
              problem.kind().code(),
              problem.kind().severity().name().toLowerCase(Locale.ROOT),
              problem.place().toString().replace(path, named.path()),
              problem.what(),
              problem.remedy(),
              problem.count()));
    }

    private void answer(Environment environment) throws PolicyRefused {
      var graph = AttackGraph.of(environment);
      var exposures = Exposures.of(graph, deadline, Progress.NONE);
      int[] internet = environment.internet();
      var reach =
          internet.length == 0
              ? Optional.<OutsideReach>empty()
              : Optional.of(OutsideReach.of(graph, internet));
      for (int vm = 0; vm < environment.vmCount(); vm++) {
        if (!environment.vmKind(vm).isExternal()) {
          addVm(environment, exposures, reach, vm);
        }
      }
      if (policy.isGiven()) {
        check(graph);
      }
    }

    private void addVm(
        Environment environment, Exposures exposures, Optional<OutsideReach> reach, int vm) {
      var exposure = exposures.of(vm);
      int hops = reach.map(each -> each.hops(vm)).orElse(0);
      var values = new Object[SCHEMA.length()];
      values[0] = named.name();
      values[1] = "vm";
      values[OF_VM] = environment.vmId(vm);
      values[OF_VM + 1] = environment.vmName(vm).orElse(null);
      values[OF_VM + 2] = exposure.attackers();
      values[OF_VM + 3] = exposure.directAttackers();
      values[OF_VM + 4] = exposure.victims();
      values[OF_VM + 5] = exposure.directVictims();
      values[OF_VM + 6] = exposure.onCycle();
      values[OF_VM + 7] = environment.vmKind(vm).code();
      values[OF_VM + 8] = environment.vmScope(vm).orElse(null);
      values[OF_VM + 9] = hops == 0 ? null : hops;
      rows.add(RowFactory.create(values));
    }

    private void check(AttackGraph graph) throws PolicyRefused {
      var options =
          new CheckOptions(
              io.surfacescan.policy.RulePlaces.UNKNOWN,
              Optional.empty(),
              CheckOptions.FINDINGS_USUAL,
              CheckOptions.EXAMPLES_USUAL,
              deadline);
      for (var finding : PolicyCheck.of(graph, policy.read(), options).all()) {
        var values = new Object[SCHEMA.length()];
        values[0] = named.name();
        values[1] = "finding";
        values[OF_FINDING] = finding.rule().id();
        values[OF_FINDING + 1] = finding.rule().severity().name().toLowerCase(Locale.ROOT);
        values[OF_FINDING + 2] = finding.fingerprint();
        values[OF_FINDING + 3] = finding.message();
        values[OF_PROBLEM + 3] = finding.remedy();
        values[OF_PROBLEM + 4] = finding.place().map(Object::toString).orElse(null);
        values[OF_PROBLEM + 5] = finding.count();
        rows.add(RowFactory.create(values));
      }
    }
  }
}
