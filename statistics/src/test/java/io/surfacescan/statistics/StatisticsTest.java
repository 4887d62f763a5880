package io.surfacescan.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.statistics.counting.ProcessStatistics;
import io.surfacescan.statistics.counting.ProcessStatistics.RouteUse;
import io.surfacescan.statistics.counting.RequestTimes;
import io.surfacescan.statistics.counting.Statistics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  private static final int THREADS = 8;
  private static final int SNAPSHOTS = 200;
  private static final long NANOS = 1_000;

  /// Every record takes the same time, so that any count tells the time that belongs to it.
  private static void assertConsistent(ProcessStatistics document) {
    long count = document.times().count();
    assertThat(document.times().total()).isEqualTo(Duration.ofNanos(count * NANOS));
    assertThat(document.statuses().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(count);
    for (RouteUse use : document.routes().values()) {
      assertThat(use.totalTime()).isEqualTo(Duration.ofNanos(use.requestCount() * NANOS));
    }
  }

  @Test
  void snapshot_underManyWriters_losesNothingAndNeverShowsHalfARecord() throws Exception {
    var statistics = new Statistics(List.of(Way.values()), InstantSource.system());
    var reading = new AtomicBoolean(true);
    var routes = Way.values();
    var written = new LongAdder();
    var writers = new ArrayList<Thread>();
    for (int i = 0; i < THREADS; i++) {
      var route = routes[i];
      int status = 200 + i % 3;
      writers.add(
          Thread.ofPlatform()
              .start(() -> {
                while (reading.get()) {
                  statistics.record(route, status, NANOS, false);
                  written.increment();
                }
              }));
    }
    var snapshots = new ArrayList<ProcessStatistics>();
    int moved = 0;
    long before = 0;
    // On a busy machine the writers may wait for a processor; snapshots without them show nothing.
    while (snapshots.size() < SNAPSHOTS || moved < SNAPSHOTS / 10) {
      var snapshot = statistics.snapshot();
      moved += snapshot.times().count() > before ? 1 : 0;
      before = snapshot.times().count();
      snapshots.add(snapshot);
    }
    reading.set(false);
    for (var writer : writers) {
      writer.join();
    }

    snapshots.forEach(StatisticsTest::assertConsistent);
    assertThat(snapshots.stream().map(document -> document.times().count()).toList()).isSorted();
    var last = statistics.snapshot();
    assertConsistent(last);
    assertThat(last.times().count()).isEqualTo(written.sum());
  }

  @Test
  void snapshot_seesWhatWasRecordedBefore_andOnlyOnce() {
    var statistics = new Statistics(List.of(Way.values()), InstantSource.system());
    for (int n = 1; n <= 10; n++) {
      statistics.record(Way.STATS, 200, NANOS, false);
      assertThat(statistics.snapshot().times().count()).isEqualTo(n);
      assertThat(statistics.snapshot().times().count()).isEqualTo(n);
    }
  }

  @Test
  void snapshot_beforeAnyRecord_isZeroEverywhere() {
    var document = new Statistics(List.of(Way.values()), InstantSource.system()).snapshot();
    assertThat(document.times().count()).isZero();
    assertThat(document.times()).isEqualTo(RequestTimes.NONE);
    assertThat(document.routes()).isEmpty();
    assertThat(document.statuses()).isEmpty();
  }

  @Test
  void snapshot_tellsPercentilesWithinTwoDigits_andTheLongestExactly() {
    var statistics = new Statistics(List.of(Way.values()), InstantSource.system());
    for (int millis = 1; millis <= 1000; millis++) {
      statistics.record(Way.ATTACK, 200, millis * 1_000_000L + 7, false);
    }
    var times = statistics.snapshot().times();
    assertNear(times.p50(), 500);
    assertNear(times.p90(), 900);
    assertNear(times.p99(), 990);
    assertNear(times.p999(), 999);
    assertThat(times.max()).isEqualTo(Duration.ofNanos(1_000_000_007L));
  }

  private static void assertNear(Duration time, int millis) {
    assertThat((double) time.toNanos()).isBetween(millis * 0.99e6, millis * 1.011e6);
  }

  @Test
  void record_beyondTheHistogram_keepsTheExactTime() {
    var statistics = new Statistics(List.of(Way.values()), InstantSource.system());
    statistics.record(Way.ATTACK, 200, Duration.ofHours(3).toNanos(), true);
    statistics.reject();
    var document = statistics.snapshot();
    assertThat(document.times().total()).isEqualTo(Duration.ofHours(3));
    assertThat(document.times().max()).isEqualTo(Duration.ofHours(3));
    assertThat(document.aborted()).isEqualTo(1);
    assertThat(document.rejected()).isEqualTo(1);
  }
}
