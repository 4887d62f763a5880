package io.surfacescan.load;

import java.util.Map;

/// What a run came to, in a few lines.
final class Summary {
  private static final String LINE = "%-12s %9s %8s %12s %8s %8s %8s %8s %12s%n";

  private Summary() {}

  /// @param serverMean the server's own mean time for a question, by the name of the row
  static String of(ReportTable table, Map<String, String> serverMean) {
    var text = new StringBuilder();
    text.append(String.format("%53s%s%n", "", "milliseconds"));
    text.append(
        String.format(
            LINE,
            "",
            "requests",
            "failed",
            "requests/s",
            "p50",
            "p95",
            "p99",
            "most",
            "server mean"));
    for (var row : table.rows()) {
      text.append(
          String.format(
              LINE,
              row.name(),
              row.requests(),
              row.failed(),
              row.perSecond(),
              row.median(),
              row.p95(),
              row.p99(),
              row.most(),
              serverMean.getOrDefault(row.name(), "")));
    }
    return text.toString();
  }
}
