package io.surfacescan.cli.options;

import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.model.Environment;
import io.surfacescan.report.format.ByteBody;
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
import picocli.CommandLine.TypeConversionException;

/// The flag that names the format of the output, and the writing.
public final class OutputOption {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      converter = FormatWord.class,
      completionCandidates = FormatWords.class,
      description = "Output: ${COMPLETION-CANDIDATES}. Default: text.")
  Format format = Format.TEXT;

  @Mixin CsvOption csv = new CsvOption();

  /// Writes an answer.
  @FunctionalInterface
  public interface Writing {
    void to(OutputStream out) throws IOException;
  }

  public void write(Invocation run, ByteBody body) throws IOException {
    write(run, body::writeTo);
  }

  public void write(Invocation run, Document document) throws IOException {
    write(run, out -> document.write(out, format));
  }

  /// Says on standard error if the answer, which is text, is of an environment whose source lacks a
  /// layer; JSON objects say so themselves.
  public void sayWhetherIncomplete(Invocation run, Environment... environments) {
    if (format == Format.TEXT && !Stream.of(environments).allMatch(Environment::isComplete)) {
      run.messages()
          .note(
              "The export lacks a layer, so this answer may be wrong; `surfacescan validate` names"
                  + " what is absent.");
    }
  }

  /// Writes what is no document.
  public void write(Invocation run, Writing writing) throws IOException {
    csv.write(run, format, writing);
  }

  /// Has the flag of a verb take every format, for an answer that can be drawn.
  public static void allowDrawings(CommandSpec verb) {
    var flag = verb.findOption("--output");
    verb.remove(flag);
    verb.addOption(
        OptionSpec.builder(flag)
            .converters((ITypeConverter<Format>) word -> meant(word, Format.all()))
            .completionCandidates(words(Format.all()))
            .build());
  }

  public Format format() {
    return format;
  }

  private static List<String> words(List<Format> offered) {
    return offered.stream().map(Format::word).toList();
  }

  private static Format meant(String word, List<Format> offered) {
    return Format.named(word)
        .filter(offered::contains)
        .orElseThrow(() ->
            new TypeConversionException(
                "'" + word + "' is not one of " + String.join(", ", words(offered))));
  }

  /// The format of any answer with a word.
  static final class FormatWord implements ITypeConverter<Format> {
    @Override
    public Format convert(String word) {
      return meant(word, Format.ofAnyAnswer());
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
