package io.surfacescan.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

/// The folder of one run, which is its report in the end: `index.html` with all that it needs, the
/// plan, and what Gatling and the server had to say.
record RunFolder(Path path) {
  private static final String PROPERTY = "surfacescan.load.folder";
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss");

  /// A new one, named after the time.
  static RunFolder create(Path reports, LocalDateTime now) throws IOException {
    Files.createDirectories(reports);
    String name = NAME.format(now);
    for (int others = 1; ; others++) {
      var path = reports.resolve(others == 1 ? name : name + "-" + others);
      if (!Files.exists(path)) {
        return new RunFolder(Files.createDirectory(path));
      }
    }
  }

  /// The one that Gatling's process was started for.
  static RunFolder ofThisProcess() {
    return new RunFolder(Path.of(System.getProperty(PROPERTY)));
  }

  /// The flag that tells a Java about this one.
  String flag() {
    return "-D" + PROPERTY + "=" + path;
  }

  /// Leaves there what Gatling's process needs.
  void write(Plan plan, List<String> ids) throws IOException {
    plan.write(plan());
    Files.write(vmIds(), ids);
  }

  Plan readPlan() {
    try {
      return Plan.read(plan());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> readVmIds() {
    try {
      return Files.readAllLines(vmIds());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path plan() {
    return path.resolve("plan.properties");
  }

  /// One VM a line, percent-encoded, since an id may hold line ends.
  private Path vmIds() {
    return path.resolve("vm-ids.txt");
  }

  Path gatlingLog() {
    return path.resolve("gatling.log");
  }

  Path serverLog() {
    return path.resolve("server.log");
  }

  Path index() {
    return path.resolve("index.html");
  }

  /// What Gatling leaves of its warm-up, until the report is taken.
  Path warmUp() {
    return path.resolve("warm-up");
  }

  /// Gatling puts its report into a folder that it names itself; here it moves up into this one.
  void takeReport() throws IOException {
    deleteAll(warmUp());
    for (Path folder : listed(path)) {
      if (Files.isDirectory(folder)) {
        for (Path file : listed(folder)) {
          Files.move(file, path.resolve(file.getFileName()));
        }
        Files.delete(folder);
      }
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      for (Path file : listed(folder)) {
        deleteAll(file);
      }
    }
    Files.deleteIfExists(folder);
  }

  private static List<Path> listed(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
