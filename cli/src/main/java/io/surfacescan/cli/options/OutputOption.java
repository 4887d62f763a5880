package io.surfacescan.cli.options;

import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.report.format.ByteBody;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The flag that names the format of the output, and the writing.
public final class OutputOption {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      converter = FormatWord.class,
      completionCandidates = FormatWords.class,
      description = "Output: ${COMPLETION-CANDIDATES}. Default: text.")
  Format format = Format.TEXT;

  @Mixin CsvOption csv = new CsvOption();

  public void write(Invocation run, ByteBody body) throws IOException {
    write(run, body::writeTo);
  }

  public void write(Invocation run, Document document) throws IOException {
    write(run, out -> document.write(out, format));
  }

  void write(Invocation run, CsvOption.Writing writing) throws IOException {
    csv.write(run, format, writing);
  }

  /// The format with a word, if it is offered.
  static class FormatWord implements ITypeConverter<Format> {
    private final List<Format> offered;

    FormatWord() {
      this(Format.ofAnyAnswer());
    }

    FormatWord(List<Format> offered) {
      this.offered = offered;
    }

    @Override
    public Format convert(String word) {
      return Format.named(word)
          .filter(offered::contains)
          .orElseThrow(() ->
              new TypeConversionException(
                  "'" + word + "' is not one of " + String.join(", ", new FormatWords(offered))));
    }
  }

  /// The words of the formats that are offered.
  static class FormatWords implements Iterable<String> {
    private final List<Format> offered;

    FormatWords() {
      this(Format.ofAnyAnswer());
    }

    FormatWords(List<Format> offered) {
      this.offered = offered;
    }

    @Override
    public Iterator<String> iterator() {
      return offered.stream().map(Format::word).iterator();
    }
  }
}
