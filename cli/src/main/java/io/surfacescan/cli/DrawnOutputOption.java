package io.surfacescan.cli;

import io.surfacescan.report.Drawing;
import io.surfacescan.report.Drawn;
import io.surfacescan.report.Form;
import io.surfacescan.report.Format;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// As [OutputOption], for answers that can be drawn.
final class DrawnOutputOption {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      converter = FormWord.class,
      completionCandidates = FormWords.class,
      description = "Output: ${COMPLETION-CANDIDATES}. Default: text.")
  Form form = Format.TEXT;

  void write(Run run, Drawn document) throws IOException {
    switch (form) {
      case Format format -> {
        var output = new OutputOption();
        output.format = format;
        output.write(run, document);
      }
      case Drawing drawing -> {
        OutputStream out = new BufferedOutputStream(run.out(), 1 << 16);
        document.draw(out, drawing);
        out.flush();
      }
    }
  }

  private static Stream<Form> forms() {
    return Stream.concat(Stream.of(Format.values()), Stream.of(Drawing.values()));
  }

  static final class FormWord implements ITypeConverter<Form> {
    @Override
    public Form convert(String word) {
      return forms()
          .filter(form -> form.word().equals(word))
          .findFirst()
          .orElseThrow(() ->
              new TypeConversionException(
                  "'" + word + "' is not one of " + String.join(", ", new FormWords())));
    }
  }

  static final class FormWords implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return forms().map(Form::word).iterator();
    }
  }
}
