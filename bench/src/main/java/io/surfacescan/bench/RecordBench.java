package io.surfacescan.bench;

import io.surfacescan.statistics.counting.CountedRoute;
import io.surfacescan.statistics.counting.Statistics;
import io.surfacescan.statistics.counting.Totals;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/// What counting and timing one request costs the thread that answered it, while somebody reads the
/// numbers. `-prof gc` tells what it allocates.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class RecordBench {
  private static final int TIMES = 1 << 12;
  private static final long NANOS_TYPICAL = 200_000;

  /// Who reads meanwhile: nobody, as often as the stores are written to, or without a pause, as no
  /// reader does.
  public enum Reader {
    NONE(Long.MAX_VALUE),
    EVERY_TWO_SECONDS(TimeUnit.SECONDS.toNanos(2)),
    ALWAYS(0);

    private final long pauseNanos;

    Reader(long pauseNanos) {
      this.pauseNanos = pauseNanos;
    }
  }

  /// What is asked: always the same with the same status, which all threads then add to, or each of
  /// twenty routes, some of them in vain.
  public enum Spread {
    ONE_CELL,
    ROUTES
  }

  private record Way(int ordinal, String path) implements CountedRoute {}

  @Param({"NONE", "EVERY_TWO_SECONDS", "ALWAYS"})
  public Reader reader;

  @Param({"ONE_CELL", "ROUTES"})
  public Spread spread;

  private final List<Way> ways =
      IntStream.range(0, 20).mapToObj(way -> new Way(way, "/" + way)).toList();
  private Statistics statistics;
  private @Nullable Thread reading;
  private volatile boolean ended;

  /// What was read last; a field, so that no compiler leaves the reading out.
  @SuppressWarnings("unused")
  private volatile @Nullable Totals read;

  @Setup
  public void begin() {
    statistics = new Statistics(ways, InstantSource.system());
    if (reader != Reader.NONE) {
      reading = Thread.ofPlatform().daemon().start(this::readUntilEnded);
    }
  }

  private void readUntilEnded() {
    while (!ended) {
      read = statistics.totals();
      LockSupport.parkNanos(reader.pauseNanos);
    }
  }

  @TearDown
  public void end() throws InterruptedException {
    ended = true;
    if (reading != null) {
      LockSupport.unpark(reading);
      reading.join();
    }
  }

  /// The requests of one thread, made before: a log-normal spread of times around 0.2 ms.
  @State(Scope.Thread)
  public static class Requests {
    private final long[] nanos = new long[TIMES];
    private final CountedRoute[] routes = new CountedRoute[TIMES];
    private final int[] statuses = new int[TIMES];
    private int next;

    @Setup
    public void make(RecordBench bench) {
      var random = new SplittableRandom(7);
      for (int i = 0; i < TIMES; i++) {
        nanos[i] = Math.round(NANOS_TYPICAL * Math.exp(random.nextGaussian()));
        boolean one = bench.spread == Spread.ONE_CELL;
        routes[i] = bench.ways.get(one ? 0 : random.nextInt(bench.ways.size()));
        statuses[i] = !one && random.nextInt(10) == 0 ? 404 : 200;
      }
    }
  }

  @Benchmark
  @Threads(1)
  public void oneThread(Requests requests) {
    record(requests);
  }

  @Benchmark
  @Threads(2)
  public void twoThreads(Requests requests) {
    record(requests);
  }

  private void record(Requests requests) {
    int i = requests.next++ & (TIMES - 1);
    statistics.record(requests.routes[i], requests.statuses[i], requests.nanos[i], false);
  }

  /// What a reading takes of the thread that reads, a record before it included.
  @Benchmark
  public Totals totals(Requests requests) {
    record(requests);
    return statistics.totals();
  }
}
