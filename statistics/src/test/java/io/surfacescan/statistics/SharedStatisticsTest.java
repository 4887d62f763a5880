package io.surfacescan.statistics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.surfacescan.statistics.RangeStatistics.ProcessLife;
import io.surfacescan.statistics.counting.BucketKey;
import io.surfacescan.statistics.counting.BucketValue;
import io.surfacescan.statistics.counting.BucketValues;
import io.surfacescan.statistics.counting.RequestKind;
import io.surfacescan.statistics.counting.Resolution;
import io.surfacescan.testkit.CuttableProxy;
import io.surfacescan.testkit.Postgres;
import io.surfacescan.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/// Statistics of several instances on one real PostgreSQL, through a network that fails.
class SharedStatisticsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final List<Way> WAYS = List.of(Way.values());
  private static @Nullable Postgres server;

  @TempDir Path folder;
  private final MovedClock clock = new MovedClock(NOON);

  @BeforeAll
  static void startServer() throws IOException {
    assumeTrue(Postgres.isThere(), "no PostgreSQL is packaged for this machine");
    server = Postgres.start();
  }

  @AfterAll
  static void stopServer() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private static Postgres server() {
    return requireNonNull(server);
  }

  /// Nobody's rows are in it.
  private static void empty(Postgres database) throws Exception {
    try (var connection = DriverManager.getConnection(database.url());
        var statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS stats_bucket, stats_process, stats_instance");
      statement.execute("DROP TABLE IF EXISTS surfacescan_schema_history");
    }
  }

  private Running start(String instance, String url) {
    return Running.on(folder.resolve(instance), Optional.of(url), clock);
  }

  private static RangeStatistics fleet(Running running) throws Exception {
    return running.ask(
        new RangeQuestion(Scope.FLEET, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private static long count(RangeStatistics answer) {
    return answer.times().count();
  }

  private static long fleetCount(Running running) throws Exception {
    return count(fleet(running));
  }

  @Test
  void anyInstance_answersForAll() throws Exception {
    empty(server());
    try (var a = start("a", server().url());
        var b = start("b", server().url());
        var c = start("c", server().url())) {
      a.record(Way.ATTACK, 200, 1);
      b.record(Way.ATTACK, 404, 10);
      c.record(Way.PATH, 200, 100);
      for (var each : List.of(a, b, c)) {
        each.tick();
      }
      for (var each : List.of(a, b, c)) {
        var answer = fleet(each);
        assertThat(count(answer)).isEqualTo(111);
        assertThat(answer.store()).isEqualTo("postgresql");
        assertThat(answer.times().total()).isEqualTo(Duration.ofMillis(111));
        assertThat(answer.statuses().toString()).isEqualTo("{2=101, 4=10}");
        assertThat(answer.routes().keySet()).containsExactly("/attack", "/path");
        assertThat(answer.processes()).hasSize(3);
        assertThat(answer.processes().stream().map(ProcessLife::instance).distinct()).hasSize(3);
        assertThat(answer.completeUntil()).isEqualTo(NOON);
      }
    }
  }

  @Test
  void theOldestPostgres_willDo() throws Exception {
    assumeTrue(Postgres.isOldestThere(), "no old PostgreSQL is packaged for this machine");
    try (var oldest = Postgres.start(Postgres.Version.OLDEST);
        var a = start("a", oldest.url());
        var b = start("b", oldest.url())) {
      a.record(Way.ATTACK, 200, 1);
      b.record(Way.ATTACK, 200, 2);
      b.tick();
      assertThat(fleetCount(a)).isEqualTo(3);
      clock.move(Duration.ofDays(80));
      b.tick();
      assertThat(fleetCount(a)).isEqualTo(3);
    }
  }

  @Test
  void aDatabaseOfOthers_keepsTheirTables() throws Exception {
    empty(server());
    try (var connection = DriverManager.getConnection(server().url());
        var statement = connection.createStatement();
        var a = start("a", server().url())) {
      statement.execute("CREATE TABLE theirs (x INT)");
      a.record(Way.ATTACK, 200, 1);
      assertThat(fleetCount(a)).isEqualTo(1);
      statement.execute("DROP TABLE theirs");
    }
  }

  @Test
  void tables_areInOrderForEarlierVersions_andTheirsForThisOne() throws Exception {
    var source = new PGSimpleDataSource();
    source.setUrl(server().url());
    var flyway = SchemaTest.flyway(source, Map.of("bytes", "BYTEA", "only_in_a_file", "-- "));
    String tables =
        "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns"
            + " WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position";
    String history =
        "SELECT installed_rank, version, description, type, script, checksum, installed_by, success"
            + " FROM surfacescan_schema_history";
    try (var connection = source.getConnection()) {
      empty(server());
      new Schema(Dialect.POSTGRESQL).provide(connection);
      var ours = SchemaTest.rows(connection, tables);
      var noted = SchemaTest.rows(connection, history);
      assertThat(flyway.validateWithResult().validationSuccessful).isTrue();
      assertThat(flyway.migrate().migrationsExecuted).isZero();

      empty(server());
      flyway.migrate();
      assertThat(SchemaTest.rows(connection, tables)).isEqualTo(ours).hasSizeGreaterThan(30);
      assertThat(SchemaTest.rows(connection, history)).isEqualTo(noted).hasSize(1);
      new Schema(Dialect.POSTGRESQL).provide(connection);
      assertThat(SchemaTest.rows(connection, history)).isEqualTo(noted);
    }
  }

  @Test
  void aDatabaseThatIsGone_isCaughtUpWith() throws Exception {
    empty(server());
    try (var database = CuttableProxy.to(server().port());
        var a = start("a", server().url(database.port()) + "&prepareThreshold=0");
        var b = start("b", server().url())) {
      a.record(Way.ATTACK, 200, 1);
      a.tick();
      database.refuse();
      database.cut();
      for (int minute = 0; minute < 5; minute++) {
        clock.move(Duration.ofMinutes(1));
        a.record(Way.ATTACK, 200, 1);
        a.tick();
      }
      var failing = a.durable().stores().get(1);
      assertThat(failing.isFailing()).isTrue();
      assertThat(failing.failure()).startsWith("PostgreSQL at ").doesNotContain("correct-horse");
      assertThat(a.durable().stores().getFirst().isFailing()).isFalse();
      assertThat(catchThrowable(() -> fleetCount(a))).isInstanceOf(StoreFailure.class);
      var local =
          a.ask(
              new RangeQuestion(
                  Scope.INSTANCE, Optional.empty(), Optional.empty(), Optional.empty()));
      assertThat(count(local)).isEqualTo(6);
      var seenByB = fleet(b);
      assertThat(count(seenByB)).isEqualTo(1);
      assertThat(seenByB.completeUntil()).isEqualTo(NOON);

      database.accept();
      a.tick();

      assertThat(a.durable().stores().get(1).isFailing()).isFalse();
      assertThat(fleetCount(b)).isEqualTo(6);
      assertThat(fleet(b).completeUntil()).isEqualTo(clock.instant());
    }
  }

  @Test
  void aCommitThatNobodyHeardOf_isNotCountedTwice() throws Exception {
    empty(server());
    try (var database = CuttableProxy.to(server().port());
        var a = start("a", server().url(database.port()) + "&prepareThreshold=0");
        var b = start("b", server().url())) {
      a.record(Way.ATTACK, 200, 1);
      a.tick();
      a.record(Way.ATTACK, 200, 2);
      var cut = database.cutBeforeClientHears("COMMIT");
      a.tick();
      assertThat(cut.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(a.durable().stores().get(1).isFailing()).isTrue();
      assertThat(fleetCount(b)).isEqualTo(3);
      a.tick();
      a.record(Way.ATTACK, 200, 4);
      a.tick();
      assertThat(fleetCount(b)).isEqualTo(7);
      assertThat(fleetCount(a)).isEqualTo(7);
    }
  }

  @Test
  void aCommitThatNeverArrived_isRepeated() throws Exception {
    empty(server());
    try (var database = CuttableProxy.to(server().port());
        var a = start("a", server().url(database.port()) + "&prepareThreshold=0");
        var b = start("b", server().url())) {
      a.record(Way.ATTACK, 200, 1);
      a.tick();
      a.record(Way.ATTACK, 200, 2);
      var cut = database.cutBeforeServerHears("COMMIT");
      a.tick();
      assertThat(cut.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(fleetCount(b)).isEqualTo(1);
      a.tick();
      assertThat(fleetCount(b)).isEqualTo(3);
    }
  }

  @Test
  void whatAKilledProcessLeftInItsFile_isSentByTheNext() throws Exception {
    empty(server());
    try (var database = CuttableProxy.to(server().port());
        var b = start("b", server().url())) {
      var killed = start("a", server().url(database.port()) + "&prepareThreshold=0");
      killed.record(Way.ATTACK, 200, 1);
      killed.tick();
      database.refuse();
      database.cut();
      killed.record(Way.ATTACK, 200, 2);
      killed.tick();
      clock.move(Duration.ofMinutes(1));
      assertThat(fleetCount(b)).isEqualTo(1);

      try (var next = start("a", server().url())) {
        next.tick();
        assertThat(fleetCount(b)).isEqualTo(3);
        assertThat(fleet(b).processes())
            .extracting(ProcessLife::state)
            .containsExactlyInAnyOrder(
                ProcessState.KILLED, ProcessState.RUNNING, ProcessState.RUNNING);
      }
    }
  }

  @Test
  void anInstanceThatComesBack_afterOthersRolledItsRowsUp_isCountedOnce() throws Exception {
    empty(server());
    try (var database = CuttableProxy.to(server().port());
        var a = start("a", server().url(database.port()) + "&prepareThreshold=0");
        var b = start("b", server().url())) {
      a.record(Way.ATTACK, 200, 1);
      a.tick();
      database.refuse();
      database.cut();
      a.record(Way.ATTACK, 200, 2);
      clock.move(Duration.ofSeconds(5));
      a.record(Way.PATH, 200, 4);
      a.tick();
      clock.move(Duration.ofDays(100));
      b.tick();
      var rolledUp = fleet(b);
      assertThat(count(rolledUp)).isEqualTo(1);
      assertThat(rolledUp.resolution()).isEqualTo(Resolution.DAY);
      assertThat(rolledUp.processes())
          .extracting(ProcessLife::state)
          .containsExactly(ProcessState.LOST, ProcessState.RUNNING);

      database.accept();
      a.tick();

      assertThat(fleetCount(b)).isEqualTo(7);
      assertThat(fleetCount(a)).isEqualTo(7);
    }
  }

  @Test
  void aFileRestoredFromAnOlderCopy_goesOn() throws Exception {
    empty(server());
    var file = folder.resolve("a").resolve(LocalStore.FILE);
    var copy = folder.resolve("copy");
    try (var a = start("a", server().url())) {
      a.record(Way.ATTACK, 200, 1);
      a.tick();
    }
    Files.copy(file, copy);
    try (var a = start("a", server().url())) {
      for (int i = 0; i < 10; i++) {
        a.record(Way.ATTACK, 200, 1);
        a.tick();
      }
    }
    Files.copy(copy, file, StandardCopyOption.REPLACE_EXISTING);
    try (var a = start("a", server().url())) {
      a.record(Way.ATTACK, 200, 100);
      a.tick();
      a.tick();
      assertThat(fleetCount(a)).isEqualTo(111);
    }
  }

  @Test
  void aFileRestoredFromACopyOfARunningProcess_takesNothingFromTheFleet() throws Exception {
    empty(server());
    var file = folder.resolve("a").resolve(LocalStore.FILE);
    var copy = folder.resolve("copy");
    try (var a = start("a", server().url());
        var b = start("b", server().url())) {
      a.record(Way.ATTACK, 200, 1);
      a.tick();
      copyWhileRunning(file, copy);
      a.record(Way.ATTACK, 200, 10);
      a.tick();
      assertThat(fleetCount(b)).isEqualTo(11);
    }
    Files.copy(copy, file, StandardCopyOption.REPLACE_EXISTING);
    try (var a = start("a", server().url());
        var b = start("b", server().url())) {
      for (int days : new int[] {0, 3, 80, 10}) {
        clock.move(Duration.ofDays(days));
        a.record(Way.PATH, 200, 1);
        a.tick();
        a.tick();
        b.tick();
        assertThat(fleet(b).routes().keySet()).containsExactly("/attack", "/path");
      }
      assertThat(fleetCount(b)).isEqualTo(15);
    }
  }

  private static void copyWhileRunning(Path file, Path copy) throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("VACUUM INTO '" + copy + "'");
    }
  }

  @Test
  void hoursThatWaitedInMemory_takeNothingFromTheMinutesBefore() throws Exception {
    empty(server());
    var state = folder.resolve("a");
    try (var a = start("a", server().url());
        var b = start("b", server().url())) {
      a.record(Way.ATTACK, 200, 10);
      a.tick();
      assertThat(fleetCount(b)).isEqualTo(10);
      var hour =
          new BucketKey(
              Resolution.HOUR.floor(clock.instant()),
              Resolution.HOUR,
              new RequestKind(Way.ATTACK.path(), 2));
      try (var local = new LocalStore(LocalStore.in(state))) {
        local.add(
            new ThisProcess(processOf(a), "test", NOON),
            new LocalStore.Batch(
                1_000,
                clock.instant(),
                new BucketValues(Map.of(hour, new BucketValue(1, 1, 1, 0, new byte[0])))),
            null);
      }
      clock.move(Duration.ofSeconds(5));
      a.tick();
      assertThat(fleetCount(b)).isEqualTo(11);
      clock.move(Duration.ofDays(3));
      b.tick();
      assertThat(fleetCount(b)).isEqualTo(11);
    }
  }

  private static String processOf(Running running) throws Exception {
    var own =
        running.ask(
            new RangeQuestion(Scope.PROCESS, Optional.empty(), Optional.empty(), Optional.empty()));
    return own.processes().getFirst().process();
  }

  @Test
  void copiesOfADirectory_thatAreUsedSideBySide_areAllCounted() throws Exception {
    empty(server());
    try (var a = start("a", server().url())) {
      a.record(Way.ATTACK, 200, 1);
      a.tick();
    }
    for (String twin : List.of("b", "c")) {
      Files.createDirectories(folder.resolve(twin));
      Files.copy(
          folder.resolve("a").resolve(LocalStore.FILE),
          folder.resolve(twin).resolve(LocalStore.FILE));
    }
    try (var a = start("a", server().url());
        var b = start("b", server().url());
        var c = start("c", server().url())) {
      for (int round = 0; round < 10; round++) {
        for (var each : List.of(a, b, c)) {
          each.record(Way.ATTACK, 200, 1);
          each.tick();
        }
      }
      assertThat(fleetCount(a)).isEqualTo(31);
      assertThat(fleet(a).processes().stream().map(ProcessLife::instance).distinct())
          .as("the first life is said to be of whoever sent it last")
          .hasSizeBetween(3, 4);
    }
  }

  @Test
  void aDatabaseRestoredFromAnOlderState_getsWhatCameAfter() throws Exception {
    empty(server());
    try (var a = start("a", server().url());
        var connection = DriverManager.getConnection(server().url());
        var statement = connection.createStatement()) {
      a.record(Way.ATTACK, 200, 1);
      a.tick();
      for (String table : List.of("stats_instance", "stats_process", "stats_bucket")) {
        statement.execute("CREATE TEMPORARY TABLE old_" + table + " AS TABLE " + table);
      }
      a.record(Way.ATTACK, 200, 2);
      a.tick();
      a.record(Way.PATH, 200, 4);
      a.tick();
      statement.execute("TRUNCATE stats_instance, stats_process, stats_bucket");
      for (String table : List.of("stats_instance", "stats_process", "stats_bucket")) {
        statement.execute("INSERT INTO " + table + " TABLE old_" + table);
      }
      a.record(Way.ATTACK, 200, 8);
      a.tick();
      assertThat(fleetCount(a)).isEqualTo(15);
    }
  }

  /// A long absence is sent in parts, and complete only with the last.
  @Test
  void manyRows_areSentInParts() throws Exception {
    empty(server());
    try (var database = CuttableProxy.to(server().port());
        var a = start("a", server().url(database.port()) + "&prepareThreshold=0");
        var b = start("b", server().url())) {
      database.refuse();
      for (int minute = 0; minute < 1_500; minute++) {
        for (var way : Way.values()) {
          a.record(way, 200, 1);
        }
        a.statistics().rotate();
        clock.move(Duration.ofMinutes(1));
      }
      database.accept();
      a.tick();
      assertThat(fleetCount(b)).isEqualTo(1_500L * Way.values().length);
    }
  }

  /// Three instances live through random faults; at the end every request is counted once.
  @Test
  void randomFaults_neitherLoseNorInvent() {
    Seeds.check(
        2,
        seed -> {
          empty(server());
          var random = new Random(seed);
          var own = folder.resolve("seed-" + seed);
          clock.set(NOON);
          try (var database = CuttableProxy.to(server().port())) {
            String url = server().url(database.port()) + "&prepareThreshold=0";
            var instances = new ArrayList<Running>();
            for (int i = 0; i < 3; i++) {
              instances.add(Running.on(own.resolve("i" + i), Optional.of(url), clock));
            }
            long recorded = 0;
            for (int round = 0; round < 60; round++) {
              int i = random.nextInt(3);
              int requests = random.nextInt(5);
              instances.get(i).record(WAYS.get(random.nextInt(WAYS.size())), 200, requests);
              recorded += requests;
              fault(random, database);
              instances.get(i).tick();
              database.accept();
              clock.move(Duration.ofSeconds(random.nextInt(-30, 120)));
              if (random.nextInt(8) == 0) {
                instances.set(i, restarted(instances.get(i), own.resolve("i" + i), url));
              }
              if (random.nextInt(20) == 0) {
                clock.move(Duration.ofDays(random.nextInt(1, 40)));
              }
            }
            for (var instance : instances) {
              instance.tick();
              instance.tick();
            }
            for (var instance : instances) {
              assertThat(fleetCount(instance)).isEqualTo(recorded);
              instance.close();
            }
          }
        });
  }

  private Running restarted(Running running, Path own, String url) {
    running.close();
    return Running.on(own, Optional.of(url), clock);
  }

  private static void fault(Random random, CuttableProxy database) throws IOException {
    switch (random.nextInt(6)) {
      case 0 -> database.cut();
      case 1 -> {
        database.refuse();
        database.cut();
      }
      case 2 -> database.cutBeforeClientHears("COMMIT");
      case 3 -> database.cutBeforeServerHears("COMMIT");
      default -> {}
    }
  }
}
