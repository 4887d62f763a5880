package io.surfacescan.cli.options;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Failure;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.SpreadsheetCsv;
import io.surfacescan.text.TerminalText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
    var out = buffered(run.out(), format);
    writing.to(out);
    if (format == Format.JSON && run.around().outIsTerminal()) {
      out.write('\n');
    }
    out.flush();
  }

  /// Writes an answer in a format to a file, over what may be there.
  void write(Path file, Format format, OutputOption.Writing writing) {
    OutputStream opened;
    try {
      opened = Files.newOutputStream(file);
    } catch (IOException e) {
      throw new Failure(Exit.USAGE, named(file, "cannot be written", e) + "; name another file");
    }
    try (var out = buffered(opened, format)) {
      writing.to(out);
    } catch (IOException e) {
      throw new Failure(Exit.INTERNAL, named(file, "is incomplete", e));
    }
  }

  private OutputStream buffered(OutputStream out, Format format) {
    var buffered = new BufferedOutputStream(out, 1 << 16);
    return safe && format == Format.CSV ? new SpreadsheetCsv(buffered) : buffered;
  }

  private static String named(Path file, String what, IOException e) {
    String why =
        switch (e) {
          case NoSuchFileException _ -> " (its folder does not exist)";
          case AccessDeniedException _ -> " (access denied)";
          case FileSystemException other when other.getReason() != null ->
              " (" + other.getReason() + ")";
          default -> "";
        };
    return TerminalText.plain(file.toString()) + ": the output " + what + why;
  }
}
