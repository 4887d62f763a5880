package io.surfacescan.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.report.format.ByteBody;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.SpreadsheetCsv;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/// What one question answered when its file was written, in every format: bytes that clients rely
/// on. A section starts with its title; control and invisible characters stand as `⟦1b⟧`, and a
/// section that lacks its last line end says so.
///
/// To renew the files after a wanted change, run the tests with `-Dsurfacescan.golden=renew` and
/// read the difference.
final class GoldenFile {
  private static final Path FOLDER = Path.of("src/test/resources/golden");
  private static final boolean RENEW = "renew".equals(System.getProperty("surfacescan.golden"));
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Z}&&[^\n ]]");

  private final Path file;
  private final StringBuilder text = new StringBuilder();

  GoldenFile(String name) {
    this.file = FOLDER.resolve(name + ".txt");
  }

  /// Writes an answer.
  @FunctionalInterface
  interface Writing {
    void to(OutputStream out) throws IOException;
  }

  GoldenFile add(String title, Writing writing) throws IOException {
    var out = new ByteArrayOutputStream();
    writing.to(out);
    String written =
        UNSEEN
            .matcher(out.toString(StandardCharsets.UTF_8))
            .replaceAll(found -> "⟦" + Integer.toHexString(found.group().codePointAt(0)) + "⟧");
    boolean isEnded = written.isEmpty() || written.endsWith("\n");
    text.append("=== ").append(title).append('\n');
    text.append(written).append(isEnded ? "" : "\n(no line end)\n");
    return this;
  }

  /// The document in every format that it has.
  GoldenFile add(String title, Document document) throws IOException {
    for (var format : Format.ofAnyAnswer()) {
      add(title + ", " + format.word(), out -> document.write(out, format));
    }
    add(
        title + ", csv for spreadsheets",
        out -> document.write(new SpreadsheetCsv(out), Format.CSV));
    if (document.picture().isPresent()) {
      for (var format : List.of(Format.DOT, Format.MERMAID)) {
        add(title + ", " + format.word(), out -> document.write(out, format));
      }
    }
    return this;
  }

  /// Bytes that are made for one format.
  GoldenFile addBodies(String title, Function<Format, ByteBody> bodies) throws IOException {
    for (var format : Format.ofAnyAnswer()) {
      add(title + ", " + format.word(), out -> bodies.apply(format).writeTo(out));
    }
    return this;
  }

  /// Compares with the file, or writes it.
  void check() throws IOException {
    if (RENEW) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, text);
    }
    assertThat(text.toString()).isEqualTo(Files.readString(file));
  }
}
