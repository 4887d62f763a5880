package io.surfacescan.cli.options;

import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.report.format.Drawing;
import io.surfacescan.report.format.Drawn;
import io.surfacescan.report.format.Form;
import io.surfacescan.report.format.Format;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// As [OutputOption], for answers that can also be drawn.
public final class DrawnOutputOption {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      converter = FormWord.class,
      completionCandidates = FormWords.class,
      description = "Output: ${COMPLETION-CANDIDATES}. Default: text.")
  Form form = Format.TEXT;

  @Mixin CsvOption csv = new CsvOption();

  public void write(Invocation run, Drawn document) throws IOException {
    OutputStream out = csv.over(new BufferedOutputStream(run.out(), 1 << 16), form);
    switch (form) {
      case Format format -> document.write(out, format);
      case Drawing drawing -> document.draw(out, drawing);
    }
    if (form == Format.JSON && run.around().outIsTerminal()) {
      out.write('\n');
    }
    out.flush();
  }

  static final class FormWord implements ITypeConverter<Form> {
    @Override
    public Form convert(String word) {
      return Form.all().stream()
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
      return Form.all().stream().map(Form::word).iterator();
    }
  }
}
