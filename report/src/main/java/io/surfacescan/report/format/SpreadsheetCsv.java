package io.surfacescan.report.format;

import io.surfacescan.text.TerminalText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// CSV that a spreadsheet shows and does not run: whatever it would take for a formula gets a `'`
/// in front, and control and invisible characters are escaped as in plain text. Takes the CSV that
/// the other documents write, and passes it on row by row.
///
/// Fields that are left out stay left out.
public final class SpreadsheetCsv extends OutputStream {
  /// What begins a formula, also as wide as a Chinese character.
  private static final String FORMULA = "=+-@＝＋－＠";

  private final OutputStream out;
  private final ByteArrayOutputStream field = new ByteArrayOutputStream();
  private boolean isQuoted;
  private boolean inQuotes;

  public SpreadsheetCsv(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    if (b == '"') {
      if (isQuoted && !inQuotes) {
        field.write(b);
      }
      inQuotes = !inQuotes;
      isQuoted = true;
    } else if (!inQuotes && (b == ',' || b == '\n')) {
      endField();
      out.write(b);
    } else {
      field.write(b);
    }
  }

  private void endField() throws IOException {
    if (isQuoted || field.size() > 0) {
      String text = TerminalText.plain(field.toString(StandardCharsets.UTF_8));
      boolean isFormula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
      byte[] safe = ((isFormula ? "'" : "") + text).getBytes(StandardCharsets.UTF_8);
      byte[] escaped = new byte[safe.length * Escapes.MAX_GROWTH + 2];
      out.write(escaped, 0, Escapes.csvField(safe, 0, safe.length, escaped, 0));
    }
    field.reset();
    isQuoted = false;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
