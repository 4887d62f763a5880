package io.surfacescan.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The numbers in the table of Gatling's HTML report, which is where this version of it has them.
///
/// @param rows all requests first, then a row for each question
record ReportTable(List<Row> rows) {
  private static final Pattern ROW = Pattern.compile("(?s)<tr id=\"(?:ROOT|req_)[^>]*>(.*?)</tr>");
  private static final Pattern NAME = Pattern.compile("class=\"ellipsed-name\">([^<]*)<");
  private static final Pattern CELL = Pattern.compile("<td class=\"value[^\"]*\">([^<]*)</td>");

  // The cells of a row; which percentiles there are is in gatling.conf.
  private static final int TOTAL = 0;
  private static final int FAILED = 2;
  private static final int PER_SECOND = 4;
  private static final int MEDIAN = 6;
  private static final int P95 = 7;
  private static final int P99 = 8;
  private static final int MOST = 10;
  private static final int CELLS = 13;

  /// Counts, a rate, and milliseconds, as Gatling writes them: `-` where there is nothing to tell.
  record Row(
      String name,
      String requests,
      String failed,
      String perSecond,
      String median,
      String p95,
      String p99,
      String most) {

    private static Row of(String html) {
      var name = NAME.matcher(html);
      var cells = CELL.matcher(html).results().map(cell -> cell.group(1)).toList();
      if (!name.find() || cells.size() != CELLS) {
        throw new LoadFailure("the table of the report is not as expected: " + cells);
      }
      return new Row(
          name.group(1),
          cells.get(TOTAL),
          cells.get(FAILED),
          cells.get(PER_SECOND),
          cells.get(MEDIAN),
          cells.get(P95),
          cells.get(P99),
          cells.get(MOST));
    }
  }

  static ReportTable read(Path index) throws IOException {
    var rows = new ArrayList<Row>();
    var found = ROW.matcher(Files.readString(index));
    while (found.find()) {
      rows.add(Row.of(found.group(1)));
    }
    if (rows.isEmpty()) {
      throw new LoadFailure("the report has no table: " + index);
    }
    return new ReportTable(rows);
  }
}
