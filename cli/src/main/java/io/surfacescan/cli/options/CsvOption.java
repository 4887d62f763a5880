package io.surfacescan.cli.options;

import io.surfacescan.report.format.Form;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.SpreadsheetCsv;
import java.io.OutputStream;
import picocli.CommandLine.Option;

/// The flag that has CSV written for spreadsheets.
final class CsvOption {
  @Option(
      names = "--csv-safe",
      description =
          "In csv, put ' before what a spreadsheet would run as a formula, and escape control"
              + " characters.")
  boolean safe;

  /// Where to write an answer in this form.
  OutputStream over(OutputStream out, Form form) {
    return safe && form == Format.CSV ? new SpreadsheetCsv(out) : out;
  }
}
