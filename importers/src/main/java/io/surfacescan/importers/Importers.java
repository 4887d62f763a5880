package io.surfacescan.importers;

import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.ReadLimit;
import java.io.InputStream;
import java.util.List;

/// The one door for input: the command line, the service and the benchmarks read every source here.
public final class Importers {
  private Importers() {}

  /// Reads all that the paths name and merges it, in the order of the paths, into one environment.
  /// Bad input does not throw: it is among the problems, and what was understood in spite of it is
  /// in the environment.
  ///
  /// At most 16 times as many bytes are read as Java may use as memory: more is a problem.
  ///
  /// Uses every processor. The outcome does not depend on how many there are.
  ///
  /// Files that are changed, replaced or removed meanwhile are a problem too, and end the reading
  /// soon.
  ///
  /// Exports of real environments are recognized by their content and lowered ([InputFormat]). One
  /// input is documents, or one export.
  ///
  /// Keys that would change what a VM or a rule means are refused.
  ///
  /// @param paths files, directories, or `-` for standard input; at least one
  /// @param stdin read only if named, and not closed
  /// @throws IllegalArgumentException without a path
  public static Imported read(List<String> paths, InputStream stdin, ReadProgress progress) {
    return read(paths, stdin, progress, ReadOptions.STRICT);
  }

  /// As the other, with these options.
  public static Imported read(
      List<String> paths, InputStream stdin, ReadProgress progress, ReadOptions options) {
    return read(paths, stdin, progress, options, ReadCancellation.NEVER);
  }

  /// As the other, until it is cancelled: then it returns at the next block of bytes, with a
  /// problem.
  public static Imported read(
      List<String> paths,
      InputStream stdin,
      ReadProgress progress,
      ReadOptions options,
      ReadCancellation cancellation) {
    return read(
        paths,
        stdin,
        progress,
        Partitioning.among(Runtime.getRuntime().availableProcessors()),
        ReadLimit.ofThisProgram(),
        options,
        cancellation);
  }

  /// As the other, with so many threads; one leaves the other processors free and takes longer.
  ///
  /// @param threads how many read at once, at least 1
  public static Imported read(
      List<String> paths, InputStream stdin, ReadProgress progress, int threads) {
    return read(paths, stdin, progress, Partitioning.among(threads));
  }

  public static Imported read(
      List<String> paths, InputStream stdin, ReadProgress progress, Partitioning division) {
    return read(paths, stdin, progress, division, ReadLimit.ofThisProgram());
  }

  public static Imported read(
      List<String> paths,
      InputStream stdin,
      ReadProgress progress,
      Partitioning division,
      ReadLimit allowance) {
    return read(
        paths, stdin, progress, division, allowance, ReadOptions.STRICT, ReadCancellation.NEVER);
  }

  public static Imported read(
      List<String> paths,
      InputStream stdin,
      ReadProgress progress,
      Partitioning division,
      ReadLimit allowance,
      ReadOptions options,
      ReadCancellation cancellation) {
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("no path to read");
    }
    var problems = new ProblemLog();
    return new ImportRun(
            Inputs.of(paths, stdin, options.format(), problems),
            () -> Inputs.of(paths, stdin, options.format(), new ProblemLog()),
            division,
            progress,
            allowance,
            options,
            cancellation,
            problems)
        .read();
  }
}
