package io.surfacescan.importers.aws;

import io.surfacescan.importers.json.Abandonment;
import io.surfacescan.importers.json.Fingerprint;
import io.surfacescan.importers.json.Places;
import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.Progress;
import io.surfacescan.importers.json.ReadLimit;
import io.surfacescan.importers.json.Source;
import io.surfacescan.importers.json.Supervision;
import io.surfacescan.importers.json.Version;
import io.surfacescan.model.Problems;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.lowering.Lowered;
import io.surfacescan.reachability.lowering.Lowering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/// A folder of an export, read and lowered.
record ReadExport(
    ReachabilityModel model,
    Lowered lowered,
    Problems problems,
    SortedMap<String, Long> scopes,
    SortedMap<String, Long> leftOut) {
  static ReadExport of(Path folder) throws IOException {
    List<Path> files;
    try (var found = Files.walk(folder)) {
      files =
          found
              .filter(Files::isRegularFile)
              .filter(file -> file.toString().endsWith(".json"))
              .sorted()
              .toList();
    }
    var sources = new ArrayList<Source>();
    for (Path file : files) {
      sources.add(new Source.File(folder.relativize(file).toString(), file, Fingerprint.of(file)));
    }
    var abandonment = new Abandonment(() -> false, ProblemLog::new);
    var supervision =
        new Supervision(
            new Progress((_, _) -> {}, sources), ReadLimit.ofThisProgram(), abandonment);
    var problems = new ProblemLog();
    var numbers = IntStream.range(0, sources.size()).boxed().toList();
    try (var threads = Executors.newFixedThreadPool(2)) {
      var read =
          AwsExport.read(
              sources, numbers, supervision, abandonment, threads, problems, new Version());
      var places = Places.find(sources, problems.spots(), abandonment);
      return new ReadExport(
          read.model(),
          Lowering.of(read.model()),
          problems.problems(places),
          read.scopes(),
          read.leftOut());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
