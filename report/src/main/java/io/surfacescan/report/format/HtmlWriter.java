package io.surfacescan.report.format;

import io.surfacescan.report.format.Graph.Label;
import io.surfacescan.text.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// Writes answers as one HTML file, for a ticket or an e-mail: it asks for nothing else, runs
/// nothing, and has a policy that forbids both. It has at most [#BYTES_MOST] bytes, whatever the
/// environment: what has no room is counted.
final class HtmlWriter {
  static final int BYTES_MOST = 2_000_000;

  /// What is left for what stands behind the rows.
  private static final int RESERVE = 350_000;

  private static final int CELL_CHARACTERS = 600;
  private static final int ROWS_MOST = 5_000;
  private static final int BAR_WIDTH = 300;
  private static final int BAR_HEIGHT = 16;

  private static final String STYLE =
      ":root{color-scheme:light dark}"
          + "body{font:15px/1.5 system-ui,sans-serif;margin:0;color:#1b2733;background:#fff}"
          + "main{max-width:1200px;margin:0 auto;padding:24px}"
          + "h1{font-size:24px;overflow-wrap:anywhere}h2{font-size:18px;margin-top:32px}"
          + ".verdict{font-size:17px;margin:4px 0}"
          + ".wide{overflow-x:auto}"
          + "table{border-collapse:collapse;width:100%}"
          + "th,td{text-align:left;vertical-align:top;padding:4px 12px 4px 0;"
          + "border-bottom:1px solid #c6d0d8;overflow-wrap:anywhere}"
          + "th{white-space:nowrap}"
          + "dt{font-weight:600}dd{margin:0 0 8px;overflow-wrap:anywhere}"
          + ".bar{fill:#2f6f9f}"
          + "@media (prefers-color-scheme:dark){body{color:#e8eef2;background:#14191d}"
          + "th,td{border-color:#3b4a54}.bar{fill:#6fb1e0}}"
          + "@media print{.wide{overflow:visible}.picture{max-width:100%;height:auto}}"
          + SvgWriter.STYLE;

  private static final String POLICY =
      "default-src 'none'; style-src 'sha256-"
          + Base64.getEncoder()
              .encodeToString(Sha256.digest().digest(STYLE.getBytes(StandardCharsets.UTF_8)))
          + "'; base-uri 'none'; form-action 'none'";

  private final Markup html = new Markup();

  private HtmlWriter() {}

  static void write(Document document, OutputStream out) throws IOException {
    var writer = new HtmlWriter();
    writer.page(document.asPage().orElseThrow());
    out.write(writer.html.utf8());
  }

  private void page(Page page) {
    html.tags("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"UTF-8\">\n");
    html.tags("<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\">\n");
    html.tags("<meta name=\"viewport\" content=\"width=device-width\">\n");
    html.tags("<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
    html.labels(page.title(), CELL_CHARACTERS).tags("</title>\n<style>" + STYLE + "</style>\n");
    html.tags("</head>\n<body>\n<main>\n<h1>").labels(page.title(), CELL_CHARACTERS);
    html.tags("</h1>\n");
    for (var verdict : page.verdicts()) {
      html.tags("<p class=\"verdict\">").labels(verdict, 2 * CELL_CHARACTERS).tags("</p>\n");
    }
    page.sections().forEach(this::section);
    html.tags("</main>\n</body>\n</html>\n");
  }

  private void section(Page.Section section) {
    html.tags("<h2>").text(section.heading(), CELL_CHARACTERS).tags("</h2>\n");
    switch (section) {
      case Page.Picture(var heading, var graph) -> {
        startWide(heading);
        SvgWriter.draw(graph, html, false);
        html.tags("\n</div>\n");
      }
      case Page.Rows rows -> rows(rows);
      case Page.Bars(var ignored, var bars) -> bars(bars);
      case Page.Facts(var ignored, var facts) -> {
        html.tags("<dl>\n");
        for (var fact : facts) {
          html.tags("<dt>").text(fact.name(), CELL_CHARACTERS).tags("</dt><dd>");
          html.labels(fact.value(), CELL_CHARACTERS).tags("</dd>\n");
        }
        html.tags("</dl>\n");
      }
    }
  }

  /// A box that scrolls by itself, with the keyboard as well.
  private void startWide(String heading) {
    html.tags("<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"");
    html.text(heading, CELL_CHARACTERS).tags("\">\n");
  }

  private void rows(Page.Rows rows) {
    startWide(rows.heading());
    html.tags("<table>\n<thead><tr>");
    for (String column : rows.columns()) {
      html.tags("<th scope=\"col\">").text(column, CELL_CHARACTERS).tags("</th>");
    }
    html.tags("</tr></thead>\n<tbody>\n");
    var written = new int[1];
    rows.rows()
        .forEach(row -> {
          if (written[0] < ROWS_MOST && hasRoomFor(row.size())) {
            row(row);
            written[0]++;
          }
        });
    html.tags("</tbody>\n</table>\n</div>\n");
    if (written[0] < rows.count()) {
      html.tags("<p>and " + (rows.count() - written[0]) + " more</p>\n");
    }
  }

  private boolean hasRoomFor(int cells) {
    // A character is at most four bytes, and an escaped one six.
    return html.byteCount() + 6 * CELL_CHARACTERS * cells < BYTES_MOST - RESERVE;
  }

  private void row(List<List<Label>> cells) {
    html.tags("<tr>");
    for (var cell : cells) {
      html.tags("<td>").labels(cell, CELL_CHARACTERS).tags("</td>");
    }
    html.tags("</tr>\n");
  }

  private void bars(List<Page.Bar> bars) {
    long most = Math.max(1, bars.stream().mapToLong(Page.Bar::number).max().orElse(0));
    html.tags("<table>\n<tbody>\n");
    for (var bar : bars) {
      html.tags("<tr><th scope=\"row\">").text(bar.label(), CELL_CHARACTERS).tags("</th><td>");
      html.text(bar.words(), CELL_CHARACTERS).tags("</td><td>");
      html.tags("<svg").number("width", BAR_WIDTH).number("height", BAR_HEIGHT);
      html.tags(" aria-hidden=\"true\"><rect class=\"bar\"").number("height", BAR_HEIGHT);
      html.number("width", BAR_WIDTH * bar.number() / most).tags("/></svg></td></tr>\n");
    }
    html.tags("</tbody>\n</table>\n");
  }
}
