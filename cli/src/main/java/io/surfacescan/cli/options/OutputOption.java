package io.surfacescan.cli.options;

import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.model.Environment;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// The flag that names the format of the output, and the writing.
public final class OutputOption {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      arity = "1",
      converter = FormatWord.class,
      completionCandidates = FormatWords.class,
      description =
          "Output: ${COMPLETION-CANDIDATES}. Default: text. FORMAT=FILE writes a file, and may be"
              + " given again.")
  List<Destination<Format>> destinations = List.of();

  @Mixin CsvOption csv = new CsvOption();

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

  @Spec(Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  /// Refuses two formats of standard output.
  public void check() {
    Destination.check(spec, destinations);
  }

  /// Whether anything is written to a file.
  public boolean hasFiles() {
    return destinations.stream().anyMatch(to -> to.file().isPresent());
  }

  public void write(Invocation run, Document document) throws IOException {
    write(run, to -> out -> document.write(out, to.format()));
  }

  /// Writes to all files, and to standard output if that is named or no file is.
  public void write(Invocation run, Writings writings) throws IOException {
    csv.write(run, destinations, Format.TEXT, Format::word, writings::to);
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

  /// Has the flag of a verb take these formats.
  public static void offer(CommandSpec verb, List<Format> formats) {
    var flag = verb.findOption("--output");
    verb.remove(flag);
    verb.addOption(
        OptionSpec.builder(flag)
            .converters(
                (ITypeConverter<Destination<Format>>)
                    text -> Destination.of(text, formats, Format::word))
            .completionCandidates(words(formats))
            .build());
  }

  /// The format of standard output.
  public Format format() {
    return destinations.stream()
        .filter(to -> to.file().isEmpty())
        .map(Destination::format)
        .findFirst()
        .orElse(Format.TEXT);
  }

  private static List<String> words(List<Format> offered) {
    return offered.stream().map(Format::word).toList();
  }

  /// The format of any answer with a word.
  static final class FormatWord implements ITypeConverter<Destination<Format>> {
    @Override
    public Destination<Format> convert(String text) {
      return Destination.of(text, Format.ofAnyAnswer(), Format::word);
    }
  }

  /// The words of the formats of any answer.
  static final class FormatWords implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return words(Format.ofAnyAnswer()).iterator();
    }
  }
}
