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
import io.surfacescan.spark.JobRefused.Reason;
import io.surfacescan.spark.ReadRows.Spot;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;

/// The file of the firewall rules, read by the driver from any storage that Hadoop knows.
///
/// @param rules an environment without VMs
/// @param problems rows as of [ReadRows#problem]
record RulesFile(Environment rules, List<Row> problems, boolean isRefused) {
  private static final byte[] NO_VMS = "\n{\"vms\":[]}\n".getBytes(StandardCharsets.UTF_8);
  private static final String STDIN = "<stdin>";

  static RulesFile read(String path, Configuration hadoop) throws JobRefused {
    try (var stored = open(path, hadoop);
        var document = new SequenceInputStream(stored, new ByteArrayInputStream(NO_VMS))) {
      return of(
          path,
          Importers.read(
              List.of("-"),
              document,
              ReadProgress.NONE,
              Partitioning.among(1),
              ReadLimit.ofThisProgram(),
              ReadOptions.STRICT.withFormat(InputFormat.DOCUMENT),
              ReadCancellation.NEVER));
    } catch (IOException e) {
      throw new JobRefused(
          Reason.INPUT, path + ": the rules cannot be read: " + e.getMessage(), "correct the path");
    }
  }

  private static InputStream open(String path, Configuration hadoop) throws IOException {
    var file = new Path(path);
    var stored = new BufferedInputStream(file.getFileSystem(hadoop).open(file));
    stored.mark(2);
    boolean isGzip = stored.read() == 0x1f && stored.read() == 0x8b;
    stored.reset();
    return isGzip ? new GZIPInputStream(stored) : stored;
  }

  private static RulesFile of(String path, Imported imported) {
    var problems = new ArrayList<Row>();
    imported.problems().errors().forEach(error -> problems.add(row(path, error)));
    for (Problem warning : imported.problems().warnings()) {
      // Which tags no VM carries is known once the VMs are.
      if (warning.kind() != ProblemKind.PHANTOM_TAG) {
        problems.add(row(path, warning));
      }
    }
    int vms = imported.environment().vmCount();
    if (vms > 0) {
      problems.add(
          ReadRows.problem(
              ProblemKind.MIXED_SOURCES,
              Spot.file(path),
              "VMs stand among the rules",
              "put the VMs into files of their own, and name them with --vms",
              vms));
    }
    return new RulesFile(
        imported.environment(), problems, imported.problems().refused() || vms > 0);
  }

  private static Row row(String path, Problem problem) {
    String what = problem.place() + ": " + problem.what();
    return ReadRows.problem(
        problem.kind(),
        Spot.file(path),
        what.replace(STDIN, path),
        problem.remedy(),
        problem.count());
  }
}
