package io.surfacescan.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.VmsByHop;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.questions.VmSequence;
import io.surfacescan.questions.Way;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.IdArena;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What rendering leaves to the garbage collector: bytes of heap for each byte of an answer.
///
/// The limits leave room for a quarter to a half more than was measured when they were set. They
/// are about gross slips, such as a string for every id.
class RenderingAllocationTest {
  private static final int VMS = 100_000;
  private static final int RUNS = 4;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final AttackGraph GRAPH = graph();
  private static final IdArena IDS = IdArena.of(GRAPH);
  private static final VmsByHop FOUND = VmsByHop.attackers(GRAPH, 0, Integer.MAX_VALUE);
  private static final VmSequence ORDER = VmSequence.inEngineOrder(GRAPH, FOUND.ranks());

  private static AttackGraph graph() {
    var builder = new EnvironmentBuilder().vm("target", "target");
    for (int vm = 1; vm < VMS; vm++) {
      builder.vm("vm-%08d".formatted(vm), "source");
    }
    return AttackGraph.of(builder.rule("fw-1", "source", "target").build());
  }

  private static final class Counter extends OutputStream {
    private long bytes;

    @Override
    public void write(int one) {
      bytes++;
    }

    @Override
    public void write(byte[] some, int from, int length) {
      bytes += length;
    }
  }

  /// Writes an answer or walks over it, and counts its bytes.
  @FunctionalInterface
  private interface Rendering {
    void count(Counter out) throws IOException;
  }

  private record Cost(long allocated, long bytes) {
    double perByte() {
      return (double) allocated / bytes;
    }
  }

  /// The least of a few runs: classes are loaded in the first.
  private static Cost cost(Rendering rendering) throws IOException {
    var least = new Cost(Long.MAX_VALUE, 1);
    for (int run = 0; run < RUNS; run++) {
      var out = new Counter();
      long before = THREADS.getCurrentThreadAllocatedBytes();
      rendering.count(out);
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      least = allocated < least.allocated ? new Cost(allocated, out.bytes) : least;
    }
    assertThat(least.bytes).isGreaterThan(10 * VMS);
    return least;
  }

  @Test
  void slices_takeAsLittleMemoryAsIfTheyWereShort() throws IOException {
    var cost =
        cost(out -> {
          var chunks = VmIds.of(IDS, FOUND.ranks(), Format.JSON).chunks();
          while (chunks.advance()) {
            out.bytes += chunks.to() - chunks.from();
          }
        });

    assertThat(cost.allocated).as("bytes of heap for " + cost.bytes).isLessThan(512);
  }

  /// One buffer, however long the answer.
  @ParameterizedTest
  @CsvSource({"JSON, 0.05", "NDJSON, 0.1", "CSV, 0.1", "TEXT, 0.1"})
  void ids_areWrittenWithoutObjects(Format format, double most) throws IOException {
    assertPerByte(most, out -> VmIds.of(IDS, FOUND.ranks(), format).writeTo(out));
  }

  @ParameterizedTest
  @CsvSource({"JSON, 6.5", "NDJSON, 6.5", "CSV, 4.5", "TEXT, 4.5"})
  void sortedIds_takeAFewObjectsEach(Format format, double most) throws IOException {
    var document = new SortedVmIds(GRAPH.environment(), ORDER);
    assertPerByte(most, out -> document.write(out, format));
  }

  @ParameterizedTest
  @CsvSource({"JSON, 3.2", "NDJSON, 3.2", "CSV, 13", "TEXT, 4.5"})
  void hops_takeAFewObjectsEach(Format format, double most) throws IOException {
    var document = new VmsWithHops(GRAPH.environment(), FOUND, ORDER);
    assertPerByte(most, out -> document.write(out, format));
  }

  @ParameterizedTest
  @CsvSource({"JSON, 4", "NDJSON, 4", "CSV, 18", "TEXT, 11"})
  void firstHops_takeAFewObjectsEach(Format format, double most) throws IOException {
    var document = new FirstHops(GRAPH, FOUND, Way.ATTACKERS, ORDER);
    assertPerByte(most, out -> document.write(out, format));
  }

  private static void assertPerByte(double most, Rendering rendering) throws IOException {
    assertThat(cost(rendering).perByte())
        .as("bytes of heap for each byte written")
        .isLessThan(most);
  }
}
