package io.surfacescan.cli.options;

import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.report.format.ByteBody;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The flag that names the output's form, and the writing.
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
    write(run, (out, _) -> body.writeTo(out));
  }

  public void write(Invocation run, Document document) throws IOException {
    OutputStream out = csv.over(new BufferedOutputStream(run.out(), 1 << 16), format);
    document.write(out, format);
    if (format == Format.JSON && run.around().outIsTerminal()) {
      out.write('\n');
    }
    out.flush();
  }

  static final class FormatWord implements ITypeConverter<Format> {
    @Override
    public Format convert(String word) {
      return Format.named(word)
          .orElseThrow(() ->
              new TypeConversionException(
                  "'" + word + "' is not one of " + String.join(", ", new FormatWords())));
    }
  }

  static final class FormatWords implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Format.values()).map(Format::word).iterator();
    }
  }
}
