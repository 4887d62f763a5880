package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `./surfacescan` itself, in a small repository of its own, with a Maven and Javas that are shell
/// scripts, and with no program on PATH that the test has not put there.
class LauncherTest {
  /// All that the launcher may use; `sleep`, `flock`, `java` and `mvn` come on top.
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "bash",
          "cat",
          "cksum",
          "cp",
          "date",
          "dirname",
          "find",
          "grep",
          "head",
          "ln",
          "ls",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sort",
          "tail",
          "tar",
          "touch");

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /// Notes its run, then waits for the file `go` if the test wants so, then builds or fails.
  private static final String MAVEN =
      """
      #!/bin/sh
      echo run >>"$TEST_FOLDER/maven.runs"
      while [ $# -gt 0 ]; do
        case $1 in -f) pom=$2 ;; esac
        shift
      done
      echo '[INFO] Building surfacescan 1 [1/2]'
      echo '[INFO] Building surfacescan app 1                 [2/2]'
      if [ -n "${MAVEN_WAITS:-}" ]; then
        until [ -e "$TEST_FOLDER/go" ]; do sleep 0.05; done
      fi
      sources=${pom%/pom.xml}
      if grep -q broken "$sources/model/src/main/A.java"; then
        echo "[ERROR] $sources/model/src/main/A.java:[3,7] ';' expected"
        exit 1
      fi
      mkdir -p "$sources/app/target/program/lib"
      for source in "$sources"/model/src/main/*.java; do
        cat "$source" >>"$sources/app/target/program/surfacescan.jar"
      done
      cp "$sources/app/target/program/surfacescan.jar" "$sources/app/target/program/lib/io.surfacescan.app.jar"
      """;

  /// Shows which Java it is, what it is started with, and the program it would run.
  private static final String JAVA =
      """
      #!/bin/sh
      case " $* " in *" -version "*) echo "started with $1"; exit "${JAVA_STARTS:-0}" ;; esac
      echo "java: ${0%/bin/java}"
      echo "locale: ${LC_ALL:-}"
      case " $* " in *" -Xrs "*) echo "signals: the system's" ;; esac
      until [ "$1" = -cp ] || [ "$1" = -jar ]; do shift; done
      if [ "$1" = -cp ]; then
        echo "program: $(cat "${2%%:*}")"
        shift 3
      else
        echo "served: $(cat "$2")"
        shift 2
      fi
      for argument; do echo "argument: $argument"; done
      """;

  @TempDir Path folder;
  private Path repository;
  private Path bin;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void makeRepository() throws IOException {
    repository = Files.createDirectories(folder.resolve("a clone"));
    bin = Files.createDirectories(folder.resolve("bin"));
    var original = Repository.root();
    Files.copy(original.resolve("surfacescan"), repository.resolve("surfacescan"));
    Files.createDirectories(repository.resolve("scripts"));
    for (String script : List.of("find-jdk.sh", "build.sh", "start.sh")) {
      Files.copy(
          original.resolve("scripts").resolve(script),
          repository.resolve("scripts").resolve(script));
    }
    Files.createDirectories(repository.resolve(".mvn"));
    source("pom.xml", "<project/>");
    source("app/pom.xml", "<project/>");
    source("model/src/main/A.java", "one");
    for (String tool : TOOLS) {
      link(tool);
    }
    link("flock");
    // The launcher looks once a second at what it waits for; here it looks more often.
    executable(
        bin.resolve("sleep"), "#!/bin/sh\nexec " + original("sleep").orElseThrow() + " 0.02\n");
    executable(bin.resolve("mvn"), MAVEN);
    // The file system's clock may be coarse: all that a test writes is newer than this.
    age(repository);
  }

  @AfterEach
  void endStarted() {
    started.forEach(Process::destroyForcibly);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash"})
  void firstUse_builds_andLaterOnesStart(String shell) {
    var java = jdk("jdk-25", "25.0.3");

    var first = run(Map.of(), shell, "./surfacescan", "attack", "a b", "*", "😀");

    assertThat(first.out())
        .isEqualTo(
            "java: "
                + java
                + "\nlocale: C.UTF-8\nsignals: the system's\nprogram: one\n"
                + "argument: attack\nargument: a b\nargument: *\nargument: 😀\n");
    assertThat(first.err().lines())
        .first()
        .asString()
        .startsWith("surfacescan: first use, building: ");
    assertThat(first.err()).contains("surfacescan: built in ").doesNotContain("[INFO]");

    var second = run(Map.of(), shell, "./surfacescan", "attack");
    assertThat(second.err()).isEmpty();
    assertThat(second.exit()).isZero();
    assertThat(mavenRuns()).isEqualTo(1);
    assertThat(leftovers()).isEmpty();
  }

  /// Java's own handler complains while Java boots; only these need it.
  @ParameterizedTest
  @ValueSource(strings = {"serve", "generate"})
  void verbsThatEndInOrder_handleSignals(String verb) {
    jdk("jdk-25", "25.0.3");

    assertThat(run(Map.of(), "./surfacescan", verb).out())
        .contains(": one\nargument: " + verb + "\n")
        .doesNotContain("signals:");
  }

  @Test
  void serve_startsTheServer() {
    jdk("jdk-25", "25.0.3");

    assertThat(run(Map.of(), "./surfacescan", "serve", "--port", "1").out())
        .contains("served: one\nargument: serve\nargument: --port\nargument: 1\n");
  }

  @Test
  void launcher_worksThroughLinks_fromAnyFolder() throws IOException {
    jdk("jdk-25", "25.0.3");
    var elsewhere = Files.createDirectories(folder.resolve("else where"));
    Files.createSymbolicLink(elsewhere.resolve("inner"), Path.of("../a clone/surfacescan"));
    Files.createSymbolicLink(elsewhere.resolve("scan"), Path.of("inner"));

    var ran = start(elsewhere, Map.of(), "./scan", "help").await();

    assertThat(ran.out()).contains("program: one\nargument: help\n");
    assertThat(elsewhere.resolve(".build")).doesNotExist();
  }

  /// With HOME as it is in some containers and services, and other variables that lead astray.
  @ParameterizedTest
  @CsvSource({"HOME,", "HOME,''", "HOME,relative", "CDPATH,scripts:/", "TMPDIR,/none", "PATH,''"})
  void launcher_worksWithOddVariables(String name, @Nullable String value) {
    jdk("jdk-25", "25.0.3");
    run(Map.of(), "./surfacescan", "help");

    var ran = start(repository, name, value, "./surfacescan", "help").await();

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("program: one\nargument: help\n");
    assertThat(ran.exit()).isZero();
  }

  @Test
  void jdk_isLookedForInTheUsualFolders_withoutAHome() {
    var folders = ". scripts/find-jdk.sh; echo $JDK_FOLDERS";
    Consumer<Map<String, String>> nowhere =
        environment -> environment.keySet().retainAll(Set.of("PATH"));

    assertThat(start(repository, nowhere, "sh", "-ufc", folders).await().out())
        .startsWith("/usr/lib/jvm/*:")
        .endsWith("/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home\n");
    assertThat(
            start(
                    repository,
                    nowhere.andThen(environment -> environment.put("HOME", "/h")),
                    "sh",
                    "-ufc",
                    folders)
                .await()
                .out())
        .endsWith(":/h/.asdf/installs/java/*:/h/.local/share/mise/installs/java/*\n");
  }

  /// Java's own exit code would be that of `--fail-on`.
  @ParameterizedTest
  @CsvSource({
    "JAVA_TOOL_OPTIONS,attack,verbs",
    "JDK_JAVA_OPTIONS,serve,serve",
    "_JAVA_OPTIONS,report,verbs"
  })
  void java_thatDoesNotStart_isNoFinding(String variable, String verb, String options) {
    jdk("jdk-25", "25.0.3");
    run(Map.of(), "./surfacescan", "help");

    var broken = run(Map.of(variable, "-x", "JAVA_STARTS", "1"), "./surfacescan", verb);
    assertThat(broken.exit()).isEqualTo(2);
    assertThat(broken.out()).isEmpty();
    assertThat(broken.err())
        .isEqualTo(
            "started with @"
                + repository
                + "/scripts/"
                + options
                + ".options\nerror: Java does not start; correct what it was given by: "
                + variable
                + "\n");
    assertThat(run(Map.of(variable, "-x"), "./surfacescan", verb).out())
        .contains(": one\nargument: " + verb + "\n");
  }

  @Test
  void jdk_ofOldVersionsOnly_isNotEnough() {
    var old = jdk("jdk-17", "17.0.15");
    var older = jdk("jdk-8", "1.8.0_402");

    var ran = run(Map.of(), "./surfacescan", "help");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .isEqualTo(
            "error: no JDK of version 25 or later was found;"
                + " install one, or set JAVA_HOME to its folder\n"
                + "Found, but of no use:\n"
                + "  "
                + old
                + " has version 17\n"
                + "  "
                + older
                + " has version 1\n");
    assertThat(mavenRuns()).isZero();
  }

  @Test
  void jdk_thatIsNone_isMissed() {
    var ran = run(Map.of(), "./surfacescan", "help");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .isEqualTo(
            "error: no JDK of version 25 or later was found;"
                + " install one, or set JAVA_HOME to its folder\n");
  }

  @Test
  void jdk_withoutACompiler_cannotBuildButRuns() throws IOException {
    var runtime = jdk("jre-25", "25");
    Files.delete(runtime.resolve("bin/javac"));

    var ran = run(Map.of(), "./surfacescan", "help");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains(runtime + " has version 25, but no javac (a runtime without the compiler)\n");

    executable(runtime.resolve("bin/javac"), "#!/bin/sh\n");
    run(Map.of(), "./surfacescan", "help");
    Files.delete(runtime.resolve("bin/javac"));
    assertThat(run(Map.of(), "./surfacescan", "help").out()).contains("java: " + runtime);
  }

  @Test
  void jdk_isTakenFromJavaHome_thenFromPath_thenTheLowest() throws IOException {
    jdk("jdk-27", "27-ea");
    var lowest = jdk("jdk-26", "26.0.1");
    var onPath = jdk("elsewhere/path", "28");
    var home = jdk("elsewhere/home", "29");
    var old = jdk("elsewhere/old", "21.0.2");

    assertThat(run(Map.of("JAVA_HOME", old.toString()), "./surfacescan", "x").out())
        .startsWith("java: " + lowest + "\n");
    Files.createSymbolicLink(folder.resolve("java-link"), onPath.resolve("bin/java"));
    Files.createSymbolicLink(bin.resolve("java"), Path.of("../java-link"));
    assertThat(run(Map.of("JAVA_HOME", old.toString()), "./surfacescan", "x").out())
        .startsWith("java: " + onPath + "\n");
    assertThat(run(Map.of("JAVA_HOME", home.toString()), "./surfacescan", "x").out())
        .startsWith("java: " + home + "\n");
  }

  @Test
  void maven_thatIsMissing_isMissedOnlyToBuild() throws IOException {
    jdk("jdk-25", "25.0.3");
    Files.delete(bin.resolve("mvn"));

    var ran = run(Map.of(), "./surfacescan", "help");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).startsWith("error: mvn was not found, and building needs it; ");

    executable(bin.resolve("mvn"), MAVEN);
    run(Map.of(), "./surfacescan", "help");
    Files.delete(bin.resolve("mvn"));
    assertThat(run(Map.of(), "./surfacescan", "help").exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void twoFirstUses_atOnce_buildOnce(boolean withFlock) throws IOException {
    jdk("jdk-25", "25.0.3");
    if (!withFlock) {
      Files.delete(bin.resolve("flock"));
    }
    var waits = Map.of("MAVEN_WAITS", "yes");

    var one = start(repository, waits, "./surfacescan", "one");
    await(() -> mavenRuns() == 1);
    var two = start(repository, waits, "./surfacescan", "two");
    await(() -> two.err().contains("another process is building the program; waiting for it"));
    Files.createFile(folder.resolve("go"));

    assertThat(one.await().out()).endsWith("program: one\nargument: one\n");
    assertThat(two.await().out()).endsWith("program: one\nargument: two\n");
    assertThat(mavenRuns()).isEqualTo(1);
    assertThat(leftovers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void killedBuild_isMadeUpFor(boolean withFlock) throws IOException {
    jdk("jdk-25", "25.0.3");
    if (!withFlock) {
      Files.delete(bin.resolve("flock"));
    }
    var killed = start(repository, Map.of("MAVEN_WAITS", "yes"), "./surfacescan", "help");
    await(() -> mavenRuns() == 1);
    var maven = killed.process().descendants().toList();
    killed.process().destroyForcibly();
    maven.forEach(ProcessHandle::destroyForcibly);
    await(() -> !killed.process().isAlive() && maven.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(leftovers()).isNotEmpty();

    assertThat(run(Map.of(), "./surfacescan", "help").out()).contains("program: one\n");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void interruptedBuild_leavesNothing() {
    jdk("jdk-25", "25.0.3");
    var ended = start(repository, Map.of("MAVEN_WAITS", "yes"), "./surfacescan", "help");
    await(() -> mavenRuns() == 1);
    var maven = ended.process().descendants().toList();

    ended.process().destroy();

    assertThat(ended.await().exit()).isEqualTo(143);
    await(() -> maven.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(leftovers()).isEmpty();
    assertThat(repository.resolve(".build/current")).doesNotExist();
  }

  @Test
  void failedBuild_showsTheFirstErrors_andRunsNothing() {
    jdk("jdk-25", "25.0.3");
    source("model/src/main/A.java", "broken");

    var ran = run(Map.of(), "./surfacescan", "help");

    var log = repository.resolve(".build/build.log");
    assertThat(ran.exit()).isEqualTo(5);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .endsWith(
            "  model/src/main/A.java:[3,7] ';' expected\n"
                + "error: the program could not be built; "
                + log
                + " holds all that Maven printed\n");
    assertThat(log).content().contains("[INFO] Building surfacescan app");
    assertThat(leftovers()).isEmpty();

    source("model/src/main/A.java", "mended");
    assertThat(run(Map.of(), "./surfacescan", "help").out()).contains("program: mended\n");
  }

  @Test
  void changedSources_areBuilt_andTheBuildBeforeStays() throws IOException {
    jdk("jdk-25", "25.0.3");
    run(Map.of(), "./surfacescan", "help");
    var before = builds();

    source("model/src/main/B.java", "two");
    var ran = run(Map.of(), "./surfacescan", "help");
    assertThat(ran.out()).contains("program: onetwo\n");
    assertThat(ran.err()).startsWith("surfacescan: the sources changed, building: ");
    assertThat(builds()).hasSize(2).containsAll(before);

    Files.delete(repository.resolve("model/src/main/B.java"));
    assertThat(run(Map.of(), "./surfacescan", "help").out()).contains("program: one\n");
    assertThat(mavenRuns()).as("the first build is used again").isEqualTo(2);

    source("app/pom.xml", "<project>2</project>");
    run(Map.of(), "./surfacescan", "help");
    assertThat(mavenRuns()).isEqualTo(3);
  }

  @Test
  void touchedSources_areNotBuiltAgain() {
    jdk("jdk-25", "25.0.3");
    run(Map.of(), "./surfacescan", "help");

    source("model/src/main/A.java", "one");
    var ran = run(Map.of(), "./surfacescan", "help");

    assertThat(ran.out()).contains("program: one\n");
    assertThat(ran.err()).isEmpty();
    assertThat(mavenRuns()).isEqualTo(1);
  }

  @Test
  void builds_thatAreOld_go() {
    jdk("jdk-25", "25.0.3");
    for (int version = 1; version <= 6; version++) {
      source("model/src/main/A.java", "version " + version);
      assertThat(run(Map.of(), "./surfacescan", "help").out())
          .contains("program: version " + version + "\n");
    }

    assertThat(builds()).hasSize(4);
  }

  // What the tests are made of.

  /// @param process still running, perhaps
  private record Running(Process process, Path outFile, Path errFile) {
    String err() {
      return read(errFile);
    }

    Ended await() {
      try {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
            .as("the end of " + process.info())
            .isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
      return new Ended(process.exitValue(), read(outFile), read(errFile));
    }
  }

  record Ended(int exit, String out, String err) {}

  private Ended run(Map<String, String> variables, String... command) {
    return start(repository, variables, command).await();
  }

  private Running start(Path where, String variable, @Nullable String value, String... command) {
    return start(
        where,
        environment -> {
          environment.remove(variable);
          if (value != null) {
            environment.put(variable, value);
          }
        },
        command);
  }

  private Running start(Path where, Map<String, String> variables, String... command) {
    return start(where, environment -> environment.putAll(variables), command);
  }

  private Running start(Path where, Consumer<Map<String, String>> change, String... command) {
    var line = new ArrayList<>(List.of(command));
    line.set(
        0,
        line.getFirst().startsWith("./")
            ? line.getFirst()
            : bin.resolve(line.getFirst()).toString());
    try {
      var out = Files.createTempFile(folder, "out", "");
      var err = Files.createTempFile(folder, "err", "");
      var builder = new ProcessBuilder(line).directory(where.toFile());
      var environment = new HashMap<String, String>();
      environment.put("PATH", bin.toString());
      environment.put("HOME", folder.toString());
      environment.put("JDK_FOLDERS", folder.resolve("jvm") + "/*");
      environment.put("TEST_FOLDER", folder.toString());
      change.accept(environment);
      builder.environment().clear();
      builder.environment().putAll(environment);
      var process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      started.add(process);
      process.getOutputStream().close();
      return new Running(process, out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(BooleanSupplier condition) {
    var deadline = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("the time to wait").isBefore(deadline);
      Waiting.pause();
    }
  }

  private Path jdk(String name, String version) {
    var home = name.contains("/") ? folder.resolve(name) : folder.resolve("jvm").resolve(name);
    try {
      Files.createDirectories(home.resolve("bin"));
      Files.writeString(
          home.resolve("release"),
          "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    executable(home.resolve("bin/java"), JAVA);
    executable(home.resolve("bin/javac"), "#!/bin/sh\n");
    return home;
  }

  private void source(String path, String content) {
    try {
      var file = repository.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void executable(Path file, String script) {
    try {
      Files.writeString(file, script);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void link(String tool) throws IOException {
    var original = original(tool);
    if (original.isPresent()) {
      Files.createSymbolicLink(bin.resolve(tool), original.get());
    } else {
      assertThat(tool).as("a tool that may be missing").isEqualTo("flock");
    }
  }

  private static Optional<Path> original(String tool) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .map(place -> Path.of(place, tool))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static void age(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
      }
    }
  }

  private int mavenRuns() {
    var runs = folder.resolve("maven.runs");
    return Files.exists(runs) ? (int) read(runs).lines().count() : 0;
  }

  private List<String> builds() {
    return inBuildFolder("[0-9]+-[0-9]+");
  }

  private List<String> leftovers() {
    return inBuildFolder("work\\..*|lock\\.pid");
  }

  private List<String> inBuildFolder(String names) {
    var found = repository.resolve(".build").toFile().list((_, name) -> name.matches(names));
    return found == null ? List.of() : List.of(found);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
