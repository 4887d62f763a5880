package io.surfacescan.races;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What came of one course, as a table in Markdown.
record Standings(Course course, List<Performance> performances) {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double BYTES_PER_MB = 1e6;

  String markdown() {
    var lines = new ArrayList<String>();
    lines.add("### " + course);
    lines.add("");
    var first = performances.getFirst();
    if (first.stop().isPresent()) {
      lines.add("surfacescan: " + first.stop().get());
      return String.join("\n", lines) + "\n";
    }
    lines.add(sample(first));
    lines.add("");
    lines.add(
        "| | load, s | median, ms | 99 %, ms | most, ms | times surfacescan | VMs asked"
            + " | held, MB | peak, MB | files, MB |");
    lines.add("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    var fastest = first.laps().getFirst();
    for (var performance : performances) {
      if (performance.laps().isEmpty()) {
        lines.add(row(Words.of(performance.kind()), load(performance), stop(performance)));
      }
      for (int lap = 0; lap < performance.laps().size(); lap++) {
        lines.add(row(performance, lap, fastest));
      }
    }
    return lines.stream().collect(Collectors.joining("\n", "", "\n"));
  }

  private String sample(Performance first) {
    int[] sizes = first.laps().getFirst().sizes();
    int empty = (int) Arrays.stream(sizes).filter(size -> size == 0).count();
    return String.format(
        Locale.ROOT,
        "%d VMs are asked about (sample seed %d): half of the surfaces hold up to %,d VMs, the"
            + " largest %,d, %d are empty. A Java that holds the environment alone takes %.0f MB.",
        sizes.length,
        course.sampleSeed(),
        sizes[(sizes.length - 1) / 2],
        sizes[sizes.length - 1],
        empty,
        first.environmentBytes() / BYTES_PER_MB);
  }

  /// Load time and memory stand in the first row of a peer.
  private String row(Performance performance, int at, Lap fastest) {
    var lap = performance.laps().get(at);
    String name = Words.of(performance.kind()) + (lap.way().isEmpty() ? "" : ", " + lap.way());
    String load = at == 0 ? load(performance) : "";
    if (lap.stop().isPresent()) {
      return row(name, load, lap.stop().get() + ", " + lap.answers().size() + " VMs answered");
    }
    return row(
        name,
        load,
        millis(lap.spreadNanos().get(0)),
        millis(lap.spreadNanos().get(1)),
        millis(lap.spreadNanos().get(2)),
        ratio(lap.timesAsLongAs(fastest)),
        Integer.toString(lap.answers().size()),
        at == 0 ? megabytes(performance.heldBytes()) : "",
        at == 0 ? megabytes(performance.peakBytes()) : "",
        at == 0 ? megabytes(performance.diskBytes()) : "");
  }

  private static String stop(Performance performance) {
    return performance.stop().orElse("");
  }

  private static String load(Performance performance) {
    return performance.loadNanos() == 0
        ? ""
        : String.format(Locale.ROOT, "%.2f", performance.loadNanos() / NANOS_PER_SECOND);
  }

  private static String megabytes(long bytes) {
    return bytes == 0 ? "" : String.format(Locale.ROOT, "%,.0f", bytes / BYTES_PER_MB);
  }

  /// Milliseconds with two or three digits that mean something.
  private static String millis(long nanos) {
    double millis = nanos / NANOS_PER_MILLI;
    if (millis >= 100) {
      return String.format(Locale.ROOT, "%,.0f", millis);
    }
    return millis >= 1
        ? String.format(Locale.ROOT, "%.1f", millis)
        : millis >= 0.1
            ? String.format(Locale.ROOT, "%.2f", millis)
            : String.format(Locale.ROOT, "%.4f", millis);
  }

  private static String ratio(double times) {
    return times >= 10
        ? String.format(Locale.ROOT, "%,.0f", times)
        : String.format(Locale.ROOT, "%.1f", times);
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |" + " |".repeat(Math.max(0, 10 - cells.length));
  }
}
