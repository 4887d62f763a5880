package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The program as Maven packaged it, started as the launcher starts it: with the caches of what a
/// start needs.
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

  /// Where Maven put it, without the caches.
  static Path packaged() {
    return Repository.root().resolve("app/target/program");
  }

  /// A copy of it with its caches, which the first test of a build makes.
  static Path folder() {
    return Recorded.FOLDER;
  }

  private static final class Recorded {
    static final Path FOLDER = make(Repository.root().resolve("app/target/recorded"));

    private static Path make(Path folder) {
      var complete = folder.resolveSibling("recorded.complete");
      try (var channel =
              FileChannel.open(
                  folder.resolveSibling("recorded.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          var _ = channel.lock()) {
        String contents = contents(packaged());
        if (!Files.exists(complete) || !Files.readString(complete).equals(contents)) {
          copy(packaged(), folder);
          record(folder);
          Files.writeString(complete, contents);
        }
        return folder;
      } catch (IOException e) {
        throw new AssertionError("the program is not packaged", e);
      }
    }

    /// The caches hold for these archives.
    private static String contents(Path folder) throws IOException {
      try (Stream<Path> files = Files.walk(folder)) {
        var contents = new StringBuilder();
        for (Path file : files.sorted().toList()) {
          contents.append(file).append(' ').append(Files.getLastModifiedTime(file)).append('\n');
        }
        return contents.toString();
      }
    }
  }

  private static void record(Path folder) throws IOException {
    var recording =
        new ProcessBuilder(
                java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                classPath(folder),
                "io.surfacescan.app.Recording",
                folder.toString(),
                options().toString(),
                Repository.root().resolve("data").toString())
            .redirectErrorStream(true);
    recording.environment().keySet().removeAll(JAVA_OPTIONS);
    var process = recording.start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor()).as(said).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    assertThat(folder.resolve("verbs.aot")).isNotEmptyFile();
    assertThat(folder.resolve("serve.aot")).isNotEmptyFile();
  }

  /// Copies a folder, with the times of its files: a cache fits no others.
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        var target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(
              file,
              target,
              StandardCopyOption.COPY_ATTRIBUTES,
              StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  /// The command line of a verb of the program in a folder, with its cache if it has one.
  ///
  /// @param options of Java, beside the usual ones
  static List<String> command(Path program, List<String> options, List<String> args) {
    boolean serves = args.contains("serve");
    var command = new ArrayList<String>(BEFORE);
    command.add(java());
    command.add("@" + options().resolve(serves ? "serve.options" : "verbs.options"));
    command.add("-XX:AOTCache=" + program.resolve(serves ? "serve.aot" : "verbs.aot"));
    command.addAll(options);
    if (serves) {
      command.add("-jar");
      command.add(program.resolve("surfacescan.jar").toString());
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
        jars(program, "io.surfacescan."),
        jars(program, "info.picocli."),
        jars(program, "tools.jackson."),
        jars(program, "org.snakeyaml."));
  }

  /// The copy of an archive that the caches were made with, if there is one.
  private static Path cacheable(Path program, Path archive) {
    var copy = program.resolve("modern").resolve(archive.getFileName());
    return Files.exists(copy) ? copy : archive;
  }

  private static String jars(Path program, String prefix) {
    var folder = program.resolve("lib");
    try (Stream<Path> files = Files.list(folder)) {
      var jars =
          files
              .filter(file -> file.getFileName().toString().startsWith(prefix))
              .sorted()
              .map(file -> cacheable(program, file).toString())
              .toList();
      assertThat(jars).as(prefix + "*.jar in " + folder).isNotEmpty();
      return String.join(":", jars);
    } catch (IOException e) {
      throw new AssertionError("the program is not packaged", e);
    }
  }
}
