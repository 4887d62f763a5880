package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The caches of what a start needs: used where they fit, and never to be noticed otherwise.
class CachedStartIT {
  private static final List<String> ATTACK = List.of("attack", "--data", "data", "vm-720e37");
  private static final String ATTACKERS = "vm-99487f\nvm-ea1254\n";

  /// What Java logs of a class that every start needs.
  private static final String FROM_THE_CACHE =
      "io.surfacescan.cli.Surfacescan source: shared objects file";

  private static final Path PROGRAM = PackagedProgram.folder();

  @TempDir Path scratch;

  @Test
  void aVerb_takesItsClassesFromTheCache() throws Exception {
    var log = scratch.resolve("classes");
    var ran = attack(PROGRAM, PROGRAM.resolve("verbs.aot"), "-Xlog:class+load:file=" + log);

    assertThat(ran).isEqualTo(new Ended(0, ATTACKERS, ""));
    assertThat(log).content().contains(FROM_THE_CACHE);
  }

  @Test
  void aMovedProgram_stillUsesItsCache() throws Exception {
    var moved = Files.createDirectory(scratch.resolve("some where"));
    PackagedProgram.copy(PROGRAM, moved);
    var log = scratch.resolve("classes");
    var ran = attack(moved, moved.resolve("verbs.aot"), "-Xlog:class+load:file=" + log);

    assertThat(ran).isEqualTo(new Ended(0, ATTACKERS, ""));
    assertThat(log).content().contains(FROM_THE_CACHE);
  }

  /// With long references the cache would not fit, and a share of so much memory could need them.
  @Test
  void aMachineOfMuchMemory_stillUsesTheCaches() throws Exception {
    for (String kind : List.of("verbs", "serve")) {
      var log = scratch.resolve(kind);
      var options =
          List.of(
              "-XX:AOTCache=" + PROGRAM.resolve(kind + ".aot"),
              "-XX:MaxRAM=128g",
              "-XX:MaxRAMPercentage=75",
              "-Xlog:class+load:file=" + log);
      var args = kind.equals("verbs") ? ATTACK : List.of("serve", "--help");
      var ran = run(PackagedProgram.command(PROGRAM, options, args));

      assertThat(ran.exit()).as(ran.err()).isZero();
      assertThat(log).content().contains(FROM_THE_CACHE);
    }
  }

  @Test
  void aCacheThatDoesNotFit_isNotNoticed() throws Exception {
    byte[] good = Files.readAllBytes(PROGRAM.resolve("verbs.aot"));
    var cut = Files.write(scratch.resolve("cut"), Arrays.copyOf(good, good.length / 2));
    var rubbish = Files.writeString(scratch.resolve("rubbish"), "rubbish".repeat(10_000));
    var empty = Files.createFile(scratch.resolve("empty"));
    for (Path cache : List.of(cut, rubbish, empty, scratch, scratch.resolve("missing"))) {
      assertThat(attack(PROGRAM, cache))
          .as(cache.toString())
          .isEqualTo(new Ended(0, ATTACKERS, ""));
    }
  }

  @Test
  void aCacheOfAnotherJavaOrOtherArchives_isNotNoticed() throws Exception {
    var cache = PROGRAM.resolve("verbs.aot");
    assertThat(attack(PROGRAM, cache, "-XX:+UseCompactObjectHeaders"))
        .isEqualTo(new Ended(0, ATTACKERS, ""));
    assertThat(attack(PROGRAM, PROGRAM.resolve("serve.aot")))
        .isEqualTo(new Ended(0, ATTACKERS, ""));

    var touched = Files.createDirectory(scratch.resolve("touched"));
    PackagedProgram.copy(PROGRAM, touched);
    try (Stream<Path> files = Files.walk(touched)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
      }
    }
    assertThat(attack(touched, cache)).isEqualTo(new Ended(0, ATTACKERS, ""));
  }

  @Test
  void serve_saysTheSame_withAndWithoutACacheThatFits() throws Exception {
    var broken = Files.writeString(scratch.resolve("broken"), "rubbish");
    for (Path cache : List.of(PROGRAM.resolve("serve.aot"), broken)) {
      var words = new ArrayList<String>();
      var builder = builder(command(PROGRAM, cache, List.of(), List.of("serve", "--port", "0")));
      var process = builder.start();
      try (var lines = process.errorReader(StandardCharsets.UTF_8)) {
        for (int i = 0; i < 5; i++) {
          words.add(lines.readLine());
        }
        process.toHandle().destroy();
        lines.lines().forEach(words::add);
        assertThat(process.inputReader().lines()).isEmpty();
      } finally {
        process.destroyForcibly();
      }
      assertThat(words).hasSize(5);
      assertThat(words.getFirst()).startsWith("Serving 60 VMs and 48 rules ");
    }
  }

  private record Ended(int exit, String out, String err) {}

  private Ended attack(Path folder, Path cache, String... options) throws Exception {
    return run(command(folder, cache, List.of(options), ATTACK));
  }

  private static List<String> command(
      Path folder, Path cache, List<String> options, List<String> args) {
    var all = new ArrayList<>(List.of("-XX:AOTCache=" + cache));
    all.addAll(options);
    return PackagedProgram.command(folder, all, args);
  }

  private ProcessBuilder builder(List<String> command) {
    var builder = new ProcessBuilder(command).directory(Repository.root().toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SURFACESCAN_"));
    builder.environment().put("XDG_CONFIG_HOME", scratch.toString());
    builder.environment().put("XDG_STATE_HOME", scratch.toString());
    return builder;
  }

  private Ended run(List<String> command) throws Exception {
    var err = Files.createTempFile(scratch, "err", "");
    var process = builder(command).redirectError(err.toFile()).start();
    try {
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      return new Ended(process.exitValue(), out, Files.readString(err));
    } finally {
      process.destroyForcibly();
    }
  }
}
