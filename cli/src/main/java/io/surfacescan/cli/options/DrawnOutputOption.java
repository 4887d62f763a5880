package io.surfacescan.cli.options;

import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// As [OutputOption], for answers that can also be drawn.
public final class DrawnOutputOption {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      converter = DrawnWord.class,
      completionCandidates = DrawnWords.class,
      description = "Output: ${COMPLETION-CANDIDATES}. Default: text.")
  Format format = Format.TEXT;

  @Mixin CsvOption csv = new CsvOption();

  public void write(Invocation run, Document document) throws IOException {
    csv.write(run, format, out -> document.write(out, format));
  }

  static final class DrawnWord extends OutputOption.FormatWord {
    DrawnWord() {
      super(Format.all());
    }
  }

  static final class DrawnWords extends OutputOption.FormatWords {
    DrawnWords() {
      super(Format.all());
    }
  }
}
