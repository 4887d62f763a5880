package io.surfacescan.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The measurements as tables: for each kind and shape one, a row per benchmark, a column per
/// number of VMs.
final class ResultsPage {
  private static final String[] TIME_UNITS = {"ns", "µs", "ms", "s"};
  private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB"};
  private static final double STOPPED_NANOS = TimeLimit.SECONDS * 1e9;

  private final String machine;
  private final List<Measured> measured;
  private final StringBuilder page = new StringBuilder();

  ResultsPage(String machine, List<Measured> measured) {
    this.machine = machine;
    this.measured = measured;
  }

  String text() {
    page.append("# Measured\n\n")
        .append(
            "Written by `scripts/bench`; [questions.md](questions.md) says what was measured, how,"
                + " and what was not. The record in full is [results.csv](results.csv).\n\n")
        .append("* Machine: ")
        .append(machine)
        .append('\n')
        .append("* Commit and day: ")
        .append(distinct(each -> each.commit() + " on " + each.date()))
        .append('\n')
        .append(
            "* Times are median / 99th percentile, or median (least–most) of fewer than 100 runs."
                + " Rates are the median of three short runs.\n")
        .append("* > " + TimeLimit.SECONDS + " s: it was stopped after that.\n");
    var kinds = grouped(measured, Measured::kind);
    section(kinds.remove("QuestionBench"), "One question after another", this::questions);
    section(kinds.remove("WholeBench"), "The whole environment", this::whole);
    section(kinds.remove("RenderBench"), "Rendering", this::rendering);
    section(kinds.remove("LoadBench"), "Loading a file, layered", this::loading);
    kinds.forEach((kind, rows) -> section(rows, kind, this::others));
    return page.toString();
  }

  private String distinct(Function<Measured, String> part) {
    return measured.stream().map(part).distinct().sorted().collect(Collectors.joining(", "));
  }

  private static void section(
      List<Measured> rows, String title, BiConsumer<String, List<Measured>> write) {
    if (rows != null) {
      write.accept(title, rows);
    }
  }

  private void questions(String title, List<Measured> rows) {
    title(title);
    grouped(rows, each -> each.parameter(Measured.SHAPE))
        .forEach((shape, ofShape) -> {
          subtitle(shape);
          table(
              "question",
              ofShape,
              Measured::name,
              each -> count(each.vms()) + ", " + asked(each),
              ResultsPage::time);
        });
  }

  private static String asked(Measured each) {
    return each.parameter("asked").equals("AGAIN") ? "asked again" : "first asked";
  }

  private void whole(String title, List<Measured> rows) {
    title(title);
    grouped(rows, each -> each.parameter(Measured.SHAPE))
        .forEach((shape, ofShape) -> {
          subtitle(shape);
          table("work", ofShape, Measured::name, each -> count(each.vms()), ResultsPage::time);
        });
  }

  private void rendering(String title, List<Measured> rows) {
    title(title);
    page.append(
        "\nBytes of an answer, bytes per second, and bytes of heap taken per byte written.\n");
    grouped(rows, each -> each.parameter(Measured.SHAPE))
        .forEach((shape, ofShape) -> {
          subtitle(shape);
          table(
              "document",
              ofShape,
              each -> parameters(each, List.of(Measured.SHAPE, Measured.VMS)),
              each -> count(each.vms()),
              ResultsPage::rate);
        });
  }

  private void loading(String title, List<Measured> rows) {
    title(title);
    page.append(
        "\nNumbers are threads; `tokens` is what libraries take to go over the same file.\n\n");
    table(
        "stage",
        rows,
        each -> parameters(each, List.of(Measured.VMS)),
        each -> count(each.vms()),
        ResultsPage::time);
  }

  private void others(String title, List<Measured> rows) {
    title(title);
    page.append('\n');
    table(
        "benchmark",
        rows,
        each -> parameters(each, List.of()),
        each -> "measured",
        each -> each.isRate() ? rate(each) : time(each));
  }

  /// The name and the parameters that have no place of their own, such as `ids JSON`.
  private static String parameters(Measured each, List<String> shown) {
    var words = new ArrayList<>(List.of(each.name()));
    new TreeMap<>(each.parameters())
        .forEach((key, value) -> {
          if (!shown.contains(key)) {
            words.add(value);
          }
        });
    return String.join(" ", words);
  }

  private void title(String title) {
    page.append("\n## ").append(title).append('\n');
  }

  private void subtitle(String shape) {
    page.append("\n### ").append(shape.toLowerCase(Locale.ROOT)).append("\n\n");
  }

  private void table(
      String corner,
      List<Measured> cells,
      Function<Measured, String> row,
      Function<Measured, String> column,
      Function<Measured, String> cell) {
    var columns =
        cells.stream()
            .sorted(
                Comparator.comparingInt(Measured::vms)
                    .thenComparing(column, Comparator.reverseOrder()))
            .map(column)
            .distinct()
            .toList();
    line(corner, columns);
    line("---", columns.stream().map(each -> "---").toList());
    grouped(cells, row)
        .forEach((name, ofRow) -> {
          var byColumn = ofRow.stream().collect(Collectors.toMap(column, cell));
          line(name, columns.stream().map(each -> byColumn.getOrDefault(each, "–")).toList());
        });
  }

  private void line(String first, Collection<String> rest) {
    page.append("| ").append(first).append(" | ").append(String.join(" | ", rest)).append(" |\n");
  }

  private static Map<String, List<Measured>> grouped(
      List<Measured> rows, Function<Measured, String> key) {
    return rows.stream()
        .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
  }

  private static String time(Measured each) {
    if (each.median() >= STOPPED_NANOS) {
      return "> " + TimeLimit.SECONDS + " s";
    }
    String median = scaled(each.median(), TIME_UNITS);
    return each.samples() < 100
        ? median
            + " ("
            + scaled(each.least(), TIME_UNITS)
            + "–"
            + scaled(each.most(), TIME_UNITS)
            + ")"
        : median + " / " + scaled(each.p99(), TIME_UNITS);
  }

  private static String rate(Measured each) {
    return scaled(each.bytes(), BYTE_UNITS)
        + ", "
        + scaled(each.median(), BYTE_UNITS)
        + "/s, "
        + digits(each.allocated() / each.bytes());
  }

  private static String scaled(double value, String[] units) {
    int unit = 0;
    double scaled = value;
    while (scaled >= 999.5 && unit < units.length - 1) {
      scaled /= 1000;
      unit++;
    }
    return digits(scaled) + " " + units[unit];
  }

  /// Two digits, or all before the point.
  private static String digits(double value) {
    int decimals = value >= 9.95 || value == 0 ? 0 : value >= 0.995 ? 1 : value >= 0.0995 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  private static String count(int vms) {
    return String.format(Locale.ROOT, "%,d VMs", vms);
  }
}
