package io.surfacescan.cli.options;

import io.surfacescan.cli.terminal.Flags;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.model.Environment;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The flag that names the format of the output, and the writing.
public final class OutputOption {
  private final OptionSpec flag;
  private final CsvOption csv;
  private final CommandSpec verb;

  /// @param formats of the answers
  public OutputOption(CommandSpec verb, List<Format> formats) {
    this.verb = verb;
    this.flag =
        flag(
            text -> Destination.of(text, formats, Format::word),
            formats.stream().map(Format::word).toList());
    verb.addOption(flag);
    this.csv = new CsvOption(verb);
  }

  static OptionSpec flag(ITypeConverter<? extends Destination<?>> converter, List<String> words) {
    return Flags.values(
            Destination.class,
            "FORMAT",
            "Output: ${COMPLETION-CANDIDATES}. Default: text. FORMAT=FILE writes a file, and may be"
                + " given again.",
            "-o",
            "--output")
        .arity("1")
        .converters(converter)
        .completionCandidates(words)
        .build();
  }

  private List<Destination<Format>> destinations() {
    return flag.getValue();
  }

  /// Writes an answer.
  @FunctionalInterface
  public interface Writing {
    void to(OutputStream out) throws IOException;
  }

  /// How an answer is written in the format of a destination.
  @FunctionalInterface
  public interface Writings {
    Writing to(Destination<Format> destination);
  }

  /// Refuses two formats of standard output.
  public void check() {
    Destination.check(verb, destinations());
  }

  /// Whether anything is written to a file.
  public boolean hasFiles() {
    return destinations().stream().anyMatch(to -> to.file().isPresent());
  }

  public void write(Invocation run, Document document) throws IOException {
    write(run, to -> out -> document.write(out, to.format()));
  }

  /// Writes to all files, and to standard output if that is named or no file is.
  public void write(Invocation run, Writings writings) throws IOException {
    csv.write(run, destinations(), Format.TEXT, Format::word, writings::to);
  }

  /// Says on standard error if the answer, which is text, is of an environment whose source lacks a
  /// layer; JSON objects say so themselves.
  public void sayWhetherIncomplete(Invocation run, Environment... environments) {
    if (format() == Format.TEXT && !Stream.of(environments).allMatch(Environment::isComplete)) {
      run.messages()
          .note(
              "The export lacks a layer, so this answer may be wrong; `surfacescan validate` names"
                  + " what is absent.");
    }
  }

  /// The format of standard output.
  public Format format() {
    return destinations().stream()
        .filter(to -> to.file().isEmpty())
        .map(Destination::format)
        .findFirst()
        .orElse(Format.TEXT);
  }
}
