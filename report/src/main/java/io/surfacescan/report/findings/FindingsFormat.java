package io.surfacescan.report.findings;

import io.surfacescan.report.format.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The forms in which findings are written, always as UTF-8.
public enum FindingsFormat {
  TEXT("text", (report, out) -> new FindingsDocument(report).write(out, Format.TEXT)),
  JSON("json", (report, out) -> new FindingsDocument(report).write(out, Format.JSON)),
  NDJSON("ndjson", (report, out) -> new FindingsDocument(report).write(out, Format.NDJSON)),
  CSV("csv", (report, out) -> new FindingsDocument(report).write(out, Format.CSV)),
  /// SARIF 2.1.0, which code hosts show beside the lines.
  SARIF("sarif", SarifLog::write),
  /// JUnit's XML, a case for each rule of the policy.
  JUNIT("junit", JUnitReport::write),
  /// For a comment on a change.
  MARKDOWN("markdown", MarkdownComment::write),
  /// Commands that annotate lines in a run of GitHub Actions.
  GITHUB("github", GithubAnnotations::write),
  /// A page that needs no other file.
  HTML("html", HtmlPage::write);

  @FunctionalInterface
  private interface Writer {
    void write(CheckReport report, OutputStream out) throws IOException;
  }

  private final String word;

  /// A static method.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Writer writer;

  FindingsFormat(String word, Writer writer) {
    this.word = word;
    this.writer = writer;
  }

  /// The word for `-o`.
  public String word() {
    return word;
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(FindingsFormat::word).toList();
  }

  public static Optional<FindingsFormat> named(String word) {
    return Arrays.stream(values()).filter(format -> format.word.equals(word)).findFirst();
  }

  /// Writes what a check came to.
  ///
  /// @throws IOException if the stream does
  public void write(CheckReport report, OutputStream out) throws IOException {
    try {
      writer.write(report, out);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
