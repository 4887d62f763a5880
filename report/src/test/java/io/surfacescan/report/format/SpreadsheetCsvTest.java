package io.surfacescan.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpreadsheetCsvTest {
  private static String written(String csv) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var safe = new SpreadsheetCsv(out)) {
      safe.write(csv.getBytes(StandardCharsets.UTF_8));
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String row(String... fields) throws IOException {
    var out = new ByteArrayOutputStream();
    var lines = new TextLines(out);
    for (String field : fields) {
      lines.field(field);
    }
    lines.end();
    lines.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "vm-1, vm-1",
        "=1+1, '=1+1",
        "+1, '+1",
        "-1, '-1",
        "@SUM(A1), '@SUM(A1)",
        "＝1, '＝1",
        "a=1, a=1",
        "'=1, '=1",
      })
  void write_putsAQuoteBeforeAFormula(String text, String safe) throws IOException {
    assertThat(written(row("x", text, "y"))).isEqualTo("x," + safe + ",y\n");
  }

  @Test
  void write_keepsRowsAndFieldsApart() throws IOException {
    assertThat(written(row("=a,\"b\"", "c\nd", "e\u001b\u0000", "\t=f", " ")))
        .isEqualTo("\"'=a,\"\"b\"\"\",c\\nd,e\\u001b\\u0000,\\t=f,\" \"\n");
    assertThat(written("a,b\n,\"\"\n")).isEqualTo("a,b\n,\"\"\n");
  }

  @Test
  void write_isTheSameInPiecesOfAnySize() throws IOException {
    String csv = row("=\"é\",\n", "-", "ü\u0007") + row("a", "", "\"");
    String whole = written(csv);
    var random = new Random(1);
    byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
    for (int run = 0; run < 50; run++) {
      var out = new ByteArrayOutputStream();
      var safe = new SpreadsheetCsv(out);
      for (int at = 0; at < bytes.length; ) {
        int length = Math.min(bytes.length - at, 1 + random.nextInt(4));
        safe.write(bytes, at, length);
        at += length;
      }
      assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(whole);
    }
  }
}
