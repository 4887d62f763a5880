package io.surfacescan.races;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/// Runs one peer over one course in a process of its own, and tells [Entrant] about it in lines:
///
/// ```
/// environment                 it is in memory, the peer is still empty
/// loaded NANOS                how long the peer took to take it in
/// way NAME                    one way of asking; per way:
/// answer COUNT DIGEST           for each VM, as far as the time for checking goes
/// checked                       all answered
/// alive                         now and then while it is timed
/// took NANOS...                 for each VM, the median of its rounds
/// all NANOS...                  the median, the 99th percentile and the maximum of all answers
/// held                        all ways are through, and memory no longer in use was given back
/// ```
///
/// After `environment`, `loaded`, `checked` and `held` it waits for a line. Arguments: the peer,
/// its folder, the names of its ways with bars between them, seconds for checking, seconds for
/// timing, the course.
public final class PeerProcess {
  private static final long ALIVE_NANOS = 1_000_000_000;
  private static final long GIVING_BACK_MILLIS = 2000;
  private static final String LEAST_FREE = "MinHeapFreeRatio";
  private static final String MOST_FREE = "MaxHeapFreeRatio";

  private final PrintStream out;
  private final BufferedReader in;
  private final int vmCount;
  private final int[] vms;
  private final SplittableRandom others = new SplittableRandom(1);
  private final long checkNanos;
  private final long timeNanos;

  private long toldNanos = System.nanoTime();

  /// Written so that no answer can be optimised away.
  @SuppressWarnings("unused")
  private volatile int lastSize;

  private PeerProcess(PrintStream out, Course course, long checkNanos, long timeNanos) {
    this.out = out;
    this.vmCount = course.vms();
    this.in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    this.vms = course.sampledVms();
    this.checkNanos = checkNanos;
    this.timeNanos = timeNanos;
  }

  public static void main(String[] arguments) throws Exception {
    var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    // Libraries that print would spoil the lines.
    System.setOut(System.err);
    var list = List.of(arguments);
    var kind = PeerKind.valueOf(list.get(0));
    var course = Course.parse(list.subList(5, list.size()));
    var process = new PeerProcess(out, course, seconds(list.get(3)), seconds(list.get(4)));
    process.run(kind.peer(Path.of(list.get(1))), course, List.of(list.get(2).split("\\|", -1)));
    // Some libraries leave threads behind.
    System.exit(0);
  }

  private static long seconds(String text) {
    return Integer.parseInt(text) * 1_000_000_000L;
  }

  private void run(Peer peer, Course course, List<String> ways) throws Exception {
    var environment = course.environment().build();
    giveBackMemory();
    tellAndWait("environment");
    long start = System.nanoTime();
    peer.load(environment);
    tellAndWait("loaded " + (System.nanoTime() - start));
    for (var way : peer.ways()) {
      if (ways.contains(way.name())) {
        out.println("way " + way.name());
        int checked = check(way);
        tellAndWait("checked");
        time(way, checked);
      }
    }
    giveBackMemory();
    tellAndWait("held");
    peer.close();
  }

  private void tellAndWait(String line) throws IOException {
    out.println(line);
    if (in.readLine() == null) {
      System.exit(1);
    }
  }

  /// Asks about one VM after another until the time is up; the number of VMs asked about.
  private int check(Way way) throws Exception {
    long end = System.nanoTime() + checkNanos;
    int checked = 0;
    do {
      int[] answer = way.question().attackers(vms[checked++]);
      out.println("answer " + answer.length + " " + Digest.of(answer));
    } while (checked < vms.length && System.nanoTime() < end);
    return checked;
  }

  /// Asks in rounds until the time is up, after warming up for half as long.
  private void time(Way way, int checked) throws Exception {
    warmUp(way);
    var times = new Times(checked);
    long end = System.nanoTime() + timeNanos;
    do {
      round(way, times);
    } while (System.nanoTime() < end && times.rounds() < Times.ROUNDS_MAX);
    out.println("took " + words(times.medians()));
    out.println("all " + words(times.medianAndTail()));
  }

  /// Asks about other VMs, so that the sample is not remembered for it.
  private void warmUp(Way way) throws Exception {
    long end = System.nanoTime() + timeNanos / 2;
    while (System.nanoTime() < end) {
      lastSize = way.question().attackers(others.nextInt(vmCount)).length;
      tellAlive();
    }
  }

  private void round(Way way, Times times) throws Exception {
    way.forget().run();
    for (int i = 0; i < times.vms(); i++) {
      long start = System.nanoTime();
      lastSize = way.question().attackers(vms[i]).length;
      long end = System.nanoTime();
      times.add(i, end - start);
      tellAlive();
    }
    times.endRound();
  }

  private void tellAlive() {
    if (System.nanoTime() - toldNanos > ALIVE_NANOS) {
      out.println("alive");
      toldNanos = System.nanoTime();
    }
  }

  private static String words(long[] numbers) {
    return Arrays.stream(numbers).mapToObj(Long::toString).collect(Collectors.joining(" "));
  }

  /// Collects garbage and gives back what is not in use, so that what the system counts is what is
  /// held. G1 gives back in the background.
  private static void giveBackMemory() throws InterruptedException {
    var machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    String least = machine.getVMOption(LEAST_FREE).getValue();
    String most = machine.getVMOption(MOST_FREE).getValue();
    machine.setVMOption(LEAST_FREE, "0");
    machine.setVMOption(MOST_FREE, "5");
    System.gc();
    Thread.sleep(GIVING_BACK_MILLIS);
    machine.setVMOption(MOST_FREE, most);
    machine.setVMOption(LEAST_FREE, least);
  }
}
