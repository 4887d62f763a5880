package io.surfacescan.cli.options;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Failure;
import io.surfacescan.cli.terminal.Flags;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The flag for CSV that spreadsheets open, and the writing of all output.
final class CsvOption {
  private final OptionSpec safe =
      Flags.toggle(
              "In csv, put ' before what a spreadsheet would run as a formula, and escape control"
                  + " characters.",
              "--csv-safe")
          .build();

  CsvOption(CommandSpec verb) {
    verb.addOption(safe);
  }

  /// Writes an answer to all files, and to standard output if that is named or no file is.
  ///
  /// @param usual the format of standard output if none is named
  /// @param word what a format is called
  /// @param writings how the answer is written to a destination
  <F> void write(
      Invocation run,
      List<Destination<F>> all,
      F usual,
      Function<F, String> word,
      Function<Destination<F>, OutputOption.Writing> writings)
      throws IOException {
    for (var to : all) {
      if (to.file().isPresent()) {
        write(to.file().get(), word.apply(to.format()), writings.apply(to));
      }
    }
    var out = all.stream().filter(to -> to.file().isEmpty()).findFirst();
    if (out.isPresent() || all.isEmpty()) {
      var to = out.orElseGet(() -> new Destination<>(usual, Optional.empty()));
      write(run, word.apply(to.format()), writings.apply(to));
    }
  }

  private void write(Invocation run, String word, OutputOption.Writing writing) throws IOException {
    var out = buffered(run.out(), word);
    writing.to(out);
    if (word.equals(Format.JSON.word()) && run.around().outIsTerminal()) {
      out.write('\n');
    }
    out.flush();
  }

  /// Writes to a file, over what may be there.
  private void write(Path file, String word, OutputOption.Writing writing) {
    OutputStream opened;
    try {
      opened = Files.newOutputStream(file);
    } catch (IOException e) {
      throw new Failure(Exit.USAGE, named(file, "cannot be written", e) + "; name another file");
    }
    try (var out = buffered(opened, word)) {
      writing.to(out);
    } catch (IOException e) {
      throw new Failure(Exit.INTERNAL, named(file, "is incomplete", e));
    }
  }

  private OutputStream buffered(OutputStream out, String word) {
    var buffered = new BufferedOutputStream(out, 1 << 16);
    return Flags.isOn(safe) && word.equals(Format.CSV.word())
        ? new SpreadsheetCsv(buffered)
        : buffered;
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
