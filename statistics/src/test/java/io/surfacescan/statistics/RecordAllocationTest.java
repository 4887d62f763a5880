package io.surfacescan.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.surfacescan.statistics.counting.Statistics;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The heap that counting a request takes of the thread that answered it.
class RecordAllocationTest {
  private static final int RECORDS = 100_000;
  private static final Way[] WAYS = Way.values();

  private final Statistics statistics =
      new Statistics(List.of(Way.values()), InstantSource.system());

  private void record(int count) {
    for (int i = 0; i < count; i++) {
      statistics.record(WAYS[i % WAYS.length], 200 + i % 300, i, i % 7 == 0);
    }
  }

  @Test
  void record_takesNoHeap_onceEachKindHadOne() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    // Both intervals get the memory of their cells.
    record(RECORDS);
    statistics.rotate();
    record(RECORDS);
    statistics.rotate();

    long before = threads.getCurrentThreadAllocatedBytes();
    record(RECORDS);
    long taken = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(taken / RECORDS).as("bytes a record, of %d", taken).isZero();
    assertThat(statistics.totals().answered(2)).isPositive();
  }
}
