package io.surfacescan.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/// The arrows between modules: one way, from bytes to answers.
@AnalyzeClasses(packages = "io.surfacescan", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String OURS = "io.surfacescan..";
  private static final String TEXT = "io.surfacescan.text..";
  private static final String MODEL = "io.surfacescan.model..";
  private static final String REACHABILITY = "io.surfacescan.reachability..";
  private static final String SYNTHESIS = "io.surfacescan.synthesis..";
  private static final String IMPORTERS = "io.surfacescan.importers..";
  private static final String ENGINE = "io.surfacescan.engine..";
  private static final String QUESTIONS = "io.surfacescan.questions..";
  private static final String POLICY = "io.surfacescan.policy..";
  private static final String REPORT = "io.surfacescan.report..";
  private static final String SETTINGS = "io.surfacescan.settings..";
  private static final String STATISTICS = "io.surfacescan.statistics..";
  private static final String SNAPSHOT = "io.surfacescan.snapshot..";
  private static final String CLI = "io.surfacescan.cli..";
  private static final String SERVICE = "io.surfacescan.service..";
  private static final String APP = "io.surfacescan.app..";

  @ArchTest static final ArchRule TEXT_KNOWS_NONE_OF_US = only(TEXT);

  @ArchTest static final ArchRule MODEL_KNOWS_NONE_OF_US = only(MODEL);

  @ArchTest static final ArchRule REACHABILITY_KNOWS_THE_MODEL = only(REACHABILITY, MODEL);

  @ArchTest static final ArchRule SYNTHESIS_KNOWS_THE_MODEL = only(SYNTHESIS, MODEL);

  @ArchTest
  static final ArchRule IMPORTERS_KNOW_THE_MODEL = only(IMPORTERS, REACHABILITY, MODEL, TEXT);

  @ArchTest static final ArchRule ENGINE_KNOWS_THE_MODEL = only(ENGINE, MODEL);

  @ArchTest
  static final ArchRule SNAPSHOTS_KNOW_WHAT_THEY_KEEP =
      only(SNAPSHOT, SETTINGS, ENGINE, IMPORTERS, REACHABILITY, MODEL, TEXT);

  @ArchTest
  static final ArchRule QUESTIONS_KNOW_THE_ENGINE = only(QUESTIONS, ENGINE, REACHABILITY, MODEL);

  @ArchTest
  static final ArchRule QUESTIONS_KNOW_NEITHER_HTTP_NOR_FLAGS =
      noClasses()
          .that()
          .resideInAPackage(QUESTIONS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..", "io.vertx..");

  @ArchTest
  static final ArchRule POLICY_KNOWS_QUESTIONS = only(POLICY, QUESTIONS, ENGINE, MODEL, TEXT);

  @ArchTest
  static final ArchRule REPORT_KNOWS_ANSWERS_AND_NUMBERS =
      only(REPORT, POLICY, QUESTIONS, ENGINE, REACHABILITY, STATISTICS, MODEL, TEXT);

  @ArchTest
  static final ArchRule SETTINGS_KNOW_NO_FLAGS_OF_PICOCLI =
      classes()
          .that()
          .resideInAPackage(SETTINGS)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(SETTINGS, TEXT)
                  .or(resideInAnyPackage(OURS, "picocli..").negate()));

  @ArchTest
  static final ArchRule STATISTICS_KNOW_NONE_OF_US_AND_NO_HTTP =
      classes()
          .that()
          .resideInAPackage(STATISTICS)
          .should()
          .onlyDependOnClassesThat(
              resideInAPackage(STATISTICS).or(resideInAnyPackage(OURS, "io.vertx..").negate()));

  @ArchTest
  static final ArchRule CLI_DOES_NOT_KNOW_THE_SERVICE =
      only(
          CLI,
          SNAPSHOT,
          SETTINGS,
          REPORT,
          POLICY,
          QUESTIONS,
          ENGINE,
          IMPORTERS,
          REACHABILITY,
          SYNTHESIS,
          MODEL,
          TEXT);

  @ArchTest
  static final ArchRule SERVICE_DOES_NOT_KNOW_THE_CLI =
      only(
          SERVICE,
          SNAPSHOT,
          SETTINGS,
          STATISTICS,
          REPORT,
          POLICY,
          QUESTIONS,
          ENGINE,
          IMPORTERS,
          REACHABILITY,
          MODEL,
          TEXT);

  @ArchTest
  static final ArchRule NOBODY_KNOWS_THE_APP =
      noClasses()
          .that()
          .resideOutsideOfPackage(APP)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(APP);

  /// It is no part of the program; the poms allow it no other arrows than ARCHITECTURE.md says.
  @ArchTest
  static final ArchRule NOBODY_KNOWS_THE_JOB_OR_SPARK =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.surfacescan.spark..", "org.apache.spark..", "org.apache.hadoop..");

  @ArchTest
  static final ArchRule CORE_IS_PURE =
      classes()
          .that()
          .resideInAnyPackage(MODEL, REACHABILITY, ENGINE)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  MODEL,
                  REACHABILITY,
                  ENGINE,
                  "java.lang..",
                  "java.math",
                  // Buffers, byte order and charsets, but not java.nio.file.
                  "java.nio",
                  "java.nio.charset",
                  "java.util",
                  "java.util.concurrent..",
                  "java.util.function",
                  "java.util.regex",
                  "java.util.stream",
                  "org.jspecify.annotations"))
          .as("model, reachability and engine touch no files, network, clock, JSON or logging");

  @ArchTest
  static final ArchRule CORE_READS_NO_CLOCK_AND_PRINTS_NOTHING =
      noClasses()
          .that()
          .resideInAnyPackage(MODEL, REACHABILITY, ENGINE)
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule WAITS_AND_LIMITS_GO_BY_A_CLOCK_THAT_NEVER_JUMPS =
      noClasses()
          .that()
          .haveNameMatching(
              ".*\\.(BodyWriter|Connection|DocumentFlow|EventLoop|FailedAttempts|FileWatch|InputWatch|Limits"
                  + "|Listener|Pace|RateLimit|WorkQueue|WorkTime)(\\$.*)?")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(InstantSource.class);

  /// Lines of the log are no documents.
  @ArchTest
  static final ArchRule DOCUMENTS_IN_JSON_ARE_READ_IN_IMPORTERS_AND_WRITTEN_IN_REPORT =
      noClasses()
          .that()
          .resideInAPackage(OURS)
          .and()
          .resideOutsideOfPackages(
              IMPORTERS, REPORT, "io.surfacescan.service.log..", "io.surfacescan.testkit..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("tools.jackson..");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("io.surfacescan.(**)").should().beFreeOfCycles();

  /// Two programs in one process, as in tests, share none of it. Names of requests come from one
  /// counter, so that two requests never have the same.
  @ArchTest
  static final ArchRule STATE_BELONGS_TO_A_PROGRAM =
      fields()
          .that()
          .areStatic()
          .and()
          .areDeclaredInClassesThat(
              resideInAnyPackage(SERVICE, STATISTICS, CLI, APP)
                  .and(nameMatching(".*\\.RequestIds").negate()))
          .should()
          .beFinal()
          .andShould()
          .notHaveRawType(
              resideInAPackage("java.util.concurrent.atomic")
                  .or(assignableTo(Semaphore.class))
                  .or(assignableTo(ConcurrentMap.class))
                  .or(assignableTo(Executor.class)));

  /// The package may depend on itself, on these of ours, and on whatever is not ours.
  private static ArchRule only(String here, String... allowed) {
    return classes()
        .that()
        .resideInAPackage(here)
        .should()
        .onlyDependOnClassesThat(
            resideInAPackage(here)
                .or(resideInAnyPackage(allowed))
                .or(resideInAPackage(OURS).negate()));
  }

  private static final int ROOM_FILES_MOST = 40;

  /// The rooms of the service from the bottom up: each may use those before it.
  private static final List<String> SERVICE_ROOMS =
      List.of(
          "platform",
          "log",
          "audit",
          "exchange",
          "access",
          "tls",
          "docs",
          "page",
          "served",
          "send",
          "answers",
          "metrics",
          "port",
          "program");

  /// Those of the command line; the last is the package itself.
  private static final List<String> CLI_ROOMS =
      List.of("terminal", "config", "options", "serve", "verbs", "");

  /// Those of the documents, likewise.
  private static final List<String> REPORT_ROOMS = List.of("format", "status", "findings", "");

  /// Those of policies: the facts, which the package itself holds, come first.
  private static final List<String> POLICY_ROOMS = List.of("", "reading", "checking");

  @ArchTest
  static void roomsOfThePolicies_useOnlyThoseBelow(JavaClasses classes) {
    checkRooms(classes, POLICY, POLICY_ROOMS);
  }

  /// The neutral model, which the package itself holds, and the way from it to an environment.
  private static final List<String> REACHABILITY_ROOMS = List.of("", "lowering");

  @ArchTest
  static void roomsOfWhatCloudsLetThrough_useOnlyThoseBelow(JavaClasses classes) {
    checkRooms(classes, REACHABILITY, REACHABILITY_ROOMS);
  }

  private static final List<String> QUESTIONS_ROOMS =
      List.of("arguments", "conditions", "real", "");

  private static final List<String> STATISTICS_ROOMS = List.of("counting", "");

  @ArchTest
  static void roomsOfTheQuestions_useOnlyThoseBelow(JavaClasses classes) {
    checkRooms(classes, QUESTIONS, QUESTIONS_ROOMS);
  }

  @ArchTest
  static void roomsOfTheStatistics_useOnlyThoseBelow(JavaClasses classes) {
    checkRooms(classes, STATISTICS, STATISTICS_ROOMS);
  }

  @ArchTest
  static void roomsOfTheDocuments_useOnlyThoseBelow(JavaClasses classes) {
    checkRooms(classes, REPORT, REPORT_ROOMS);
  }

  @ArchTest
  static void roomsOfTheService_useOnlyThoseBelow(JavaClasses classes) {
    checkRooms(classes, SERVICE, SERVICE_ROOMS);
  }

  @ArchTest
  static void roomsOfTheCommandLine_useOnlyThoseBelow(JavaClasses classes) {
    checkRooms(classes, CLI, CLI_ROOMS);
  }

  /// Prints the map of rooms, which stands in ARCHITECTURE.md.
  private static void checkRooms(JavaClasses classes, String module, List<String> rooms) {
    var used = new TreeMap<Integer, SortedSet<Integer>>();
    var files = new TreeMap<Integer, SortedSet<String>>();
    for (var type : classes.that(resideInAPackage(module))) {
      if (type.getSimpleName().equals("package-info")) {
        continue;
      }
      int here = room(type, module, rooms);
      assertThat(here).as("the room of " + type.getName()).isNotNegative();
      files
          .computeIfAbsent(here, _ -> new TreeSet<>())
          .add(type.getSource().flatMap(Source::getFileName).orElseThrow());
      for (var dependency : type.getDirectDependenciesFromSelf()) {
        int there = room(dependency.getTargetClass().getBaseComponentType(), module, rooms);
        if (there >= 0 && there != here) {
          assertThat(there).as(dependency.getDescription()).isLessThan(here);
          used.computeIfAbsent(here, _ -> new TreeSet<>()).add(there);
        }
      }
    }
    assertThat(files.keySet()).hasSize(rooms.size());
    var map = new StringBuilder();
    files.forEach((room, names) -> {
      assertThat(names.size()).as(rooms.get(room)).isLessThanOrEqualTo(ROOM_FILES_MOST);
      var below =
          used.getOrDefault(room, new TreeSet<>()).stream()
              .map(other -> rooms.get(other).isEmpty() ? "(itself)" : rooms.get(other))
              .toList();
      String name = rooms.get(room).isEmpty() ? "(itself)" : rooms.get(room);
      String arrows = below.isEmpty() ? "" : " → " + String.join(", ", below);
      map.append(name).append(arrows).append('\n');
      System.out.printf("%-9s %2d files%s%n", name, names.size(), arrows);
    });
    assertThat(Repository.root().resolve("ARCHITECTURE.md")).content().contains(map);
  }

  /// -1 if it is in none.
  private static int room(JavaClass type, String module, List<String> rooms) {
    String root = module.replace("..", "");
    String place = type.getPackageName();
    if (place.equals(root)) {
      return rooms.indexOf("");
    }
    return place.startsWith(root + ".") ? rooms.indexOf(place.substring(root.length() + 1)) : -1;
  }
}
