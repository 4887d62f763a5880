package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The program as Maven packaged it, started as the launcher starts it.
final class PackagedProgram {
  /// Gives a program the signals as a terminal would. One that was started behind the scenes, by
  /// `&` in a script or `nohup`, leaves its own programs deaf to some, and the program respects
  /// that.
  private static final List<String> ALL_SIGNALS = List.of("env", "--default-signal=HUP,INT");

  private static final List<String> BEFORE =
      succeeds(Stream.concat(ALL_SIGNALS.stream(), Stream.of("true")).toList())
          ? ALL_SIGNALS
          : List.of();

  /// With one of these set, every Java says so on standard error.
  static final Set<String> JAVA_OPTIONS = Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

  private PackagedProgram() {}

  /// GNU knows how, others may not.
  private static boolean succeeds(List<String> command) {
    try {
      return new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// The command line of a verb.
  static List<String> command(List<String> args) {
    return command(folder(), List.of(), args);
  }

  /// Where Maven put it.
  static Path folder() {
    return Repository.root().resolve("app/target/quarkus-app");
  }

  /// The command line of a verb of the program in a folder.
  ///
  /// @param options of Java, beside the usual ones
  static List<String> command(Path program, List<String> options, List<String> args) {
    boolean serves = args.contains("serve");
    var command = new ArrayList<String>(BEFORE);
    command.add(java());
    command.add("@" + options().resolve(serves ? "serve.options" : "verbs.options"));
    command.addAll(options);
    if (serves) {
      command.add("-jar");
      command.add(program.resolve("quarkus-run.jar").toString());
    } else {
      command.add("-cp");
      command.add(classPath(program));
      command.add("io.surfacescan.app.Main");
    }
    command.addAll(args);
    return command;
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /// The folder of the options of Java.
  static Path options() {
    return Repository.root().resolve("scripts");
  }

  /// What verbs other than `serve` are started on.
  static String classPath(Path program) {
    return String.join(
        ":",
        jars(program.resolve("app"), ""),
        jars(program.resolve("lib/main"), "io.surfacescan."),
        jars(program.resolve("lib/main"), "info.picocli."),
        jars(program.resolve("lib/main"), "tools.jackson."));
  }

  private static String jars(Path folder, String prefix) {
    try (Stream<Path> files = Files.list(folder)) {
      var jars =
          files
              .filter(file -> file.getFileName().toString().startsWith(prefix))
              .map(Path::toString)
              .sorted()
              .toList();
      assertThat(jars).as(prefix + "*.jar in " + folder).isNotEmpty();
      return String.join(":", jars);
    } catch (IOException e) {
      throw new AssertionError("the program is not packaged", e);
    }
  }
}
