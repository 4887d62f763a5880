package io.surfacescan.cli.options;

import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.SpreadsheetCsv;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import picocli.CommandLine.Option;

/// The flag for CSV that spreadsheets open, and the writing of all output.
final class CsvOption {
  @Option(
      names = "--csv-safe",
      description =
          "In csv, put ' before what a spreadsheet would run as a formula, and escape control"
              + " characters.")
  boolean safe;

  /// Writes an answer in a format to standard output.
  void write(Invocation run, Format format, OutputOption.Writing writing) throws IOException {
    OutputStream out = new BufferedOutputStream(run.out(), 1 << 16);
    if (safe && format == Format.CSV) {
      out = new SpreadsheetCsv(out);
    }
    writing.to(out);
    if (format == Format.JSON && run.around().outIsTerminal()) {
      out.write('\n');
    }
    out.flush();
  }
}
