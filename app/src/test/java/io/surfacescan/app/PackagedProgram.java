package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The program as Maven packaged it, started as the launcher starts it.
final class PackagedProgram {
  private PackagedProgram() {}

  /// The command line of a verb.
  static List<String> command(List<String> args) {
    var program = Repository.root().resolve("app/target/quarkus-app");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (args.contains("serve")) {
      command.add("-jar");
      command.add(program.resolve("quarkus-run.jar").toString());
    } else {
      command.add("-XX:+UseSerialGC");
      command.add("-XX:TieredStopAtLevel=1");
      command.add("-cp");
      command.add(
          String.join(
              ":",
              jars(program.resolve("app"), ""),
              jars(program.resolve("lib/main"), "io.surfacescan."),
              jars(program.resolve("lib/main"), "info.picocli."),
              jars(program.resolve("lib/main"), "tools.jackson.")));
      command.add("io.surfacescan.app.Main");
    }
    command.addAll(args);
    return command;
  }

  private static String jars(Path folder, String prefix) {
    try (Stream<Path> files = Files.list(folder)) {
      var jars =
          files
              .filter(file -> file.getFileName().toString().startsWith(prefix))
              .map(Path::toString)
              .toList();
      assertThat(jars).as(prefix + "*.jar in " + folder).isNotEmpty();
      return String.join(":", jars);
    } catch (IOException e) {
      throw new AssertionError("the program is not packaged", e);
    }
  }
}
