package io.surfacescan.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.statistics.counting.LatencySnapshot;
import io.surfacescan.statistics.counting.RequestKind;
import io.surfacescan.statistics.counting.Statistics;
import io.surfacescan.statistics.counting.Totals;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TotalsTest {
  private final Statistics statistics =
      new Statistics(List.of(Way.values()), InstantSource.system());

  private void answered(Way route, int status, long micros, int times) {
    for (int i = 0; i < times; i++) {
      statistics.record(route, status, TimeUnit.MICROSECONDS.toNanos(micros), false);
    }
  }

  private LatencySnapshot of(Way route, int statusClass) {
    return of(statistics.totals(), route, statusClass);
  }

  private static LatencySnapshot of(Totals totals, Way route, int statusClass) {
    return totals.requests().getOrDefault(cell(route, statusClass), LatencySnapshot.NONE);
  }

  private static RequestKind cell(Way route, int statusClass) {
    return new RequestKind(route.path(), statusClass);
  }

  @Test
  void totals_keepRoutesAndClassesApart() {
    answered(Way.VMS, 404, 5, 3);
    answered(Way.ATTACK, 200, 10, 2);
    answered(Way.ATTACK, 204, 20, 1);
    statistics.record(Way.ATTACK, 503, 7, true);
    statistics.reject();

    var totals = statistics.totals();
    assertThat(totals.requests().keySet())
        .containsExactly(cell(Way.ATTACK, 2), cell(Way.ATTACK, 5), cell(Way.VMS, 4));
    assertThat(of(Way.ATTACK, 2).count()).isEqualTo(3);
    assertThat(of(Way.ATTACK, 2).nanos()).isEqualTo(40_000);
    assertThat(totals.answered(2)).isEqualTo(3);
    assertThat(totals.answered(4)).isEqualTo(3);
    assertThat(totals.answered(5)).isEqualTo(1);
    assertThat(totals.aborted()).isEqualTo(1);
    assertThat(totals.rejected()).isEqualTo(1);
    assertThat(totals.byRoute()).containsOnlyKeys("/attack", "/vms");
    assertThat(totals.byRoute().getOrDefault("/attack", LatencySnapshot.NONE).count()).isEqualTo(4);
  }

  @Test
  void totals_growAndNeverChangeAfterwards() {
    answered(Way.VM, 200, 1, 1);
    var before = statistics.totals();
    answered(Way.VM, 200, 1, 1);
    assertThat(of(before, Way.VM, 2).count()).isEqualTo(1);
    assertThat(of(Way.VM, 2).count()).isEqualTo(2);
  }

  @Test
  void within_countsUpToEachBound() {
    answered(Way.PATH, 200, 20, 5);
    answered(Way.PATH, 200, 400, 3);
    answered(Way.PATH, 200, 3_000_000, 1);
    // Longer than what the histogram keeps.
    answered(Way.PATH, 200, TimeUnit.HOURS.toMicros(2), 1);
    long[] bounds = {10_000, 20_000, 399_000_000, 3_600_000_000_000L};
    assertThat(of(Way.PATH, 2).within(bounds)).containsExactly(0, 5, 8, 10);
    assertThat(of(Way.PATH, 2).within()).isEmpty();
    assertThat(LatencySnapshot.NONE.within(bounds)).containsExactly(0, 0, 0, 0);
  }

  @Test
  void within_isAtMostAHundredthOff() {
    answered(Way.PATH, 200, 1_011, 1);
    answered(Way.PATH, 200, 989, 1);
    assertThat(of(Way.PATH, 2).within(1_000_000)).containsExactly(1);
  }

  @Test
  void since_isWhatCameInBetween() {
    answered(Way.RULES, 200, 50, 100);
    var earlier = of(Way.RULES, 2);
    answered(Way.RULES, 200, 800, 10);
    var between = of(Way.RULES, 2).since(earlier);
    assertThat(between.count()).isEqualTo(10);
    assertThat(between.nanos()).isEqualTo(8_000_000);
    assertThat(between.percentile(50)).isBetween(800_000L, 808_000L);
    assertThat(between.plus(earlier).within(60_000)).containsExactly(100);
    assertThat(earlier.since(LatencySnapshot.NONE).count()).isEqualTo(100);
  }

  @Test
  void totals_underWriters_agreeInAllTheirNumbers() throws Exception {
    var writing = new AtomicBoolean(true);
    var writer =
        Thread.ofPlatform()
            .start(() -> {
              while (writing.get()) {
                answered(Way.STATS, 200, 1, 1);
              }
            });
    Map<RequestKind, LatencySnapshot> last = Map.of();
    for (int i = 0; i < 200 || last.isEmpty(); i++) {
      last = statistics.totals().requests();
      for (var times : last.values()) {
        assertThat(times.nanos()).isEqualTo(times.count() * 1000);
        assertThat(times.within(2000)).containsExactly(times.count());
      }
    }
    writing.set(false);
    writer.join();
  }
}
