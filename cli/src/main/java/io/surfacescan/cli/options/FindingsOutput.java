package io.surfacescan.cli.options;

import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.report.findings.CheckReport;
import io.surfacescan.report.findings.FindingsFormat;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// As [OutputOption], for the formats of findings.
public final class FindingsOutput {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      arity = "1",
      converter = Word.class,
      completionCandidates = Words.class,
      description =
          "Output: ${COMPLETION-CANDIDATES}. Default: text. FORMAT=FILE writes a file, and may be"
              + " given again.")
  List<Destination<FindingsFormat>> destinations = List.of();

  @Mixin CsvOption csv = new CsvOption();

  @Spec(Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  /// Refuses two formats of standard output.
  public void check() {
    Destination.check(spec, destinations);
  }

  /// Writes to all files, and to standard output if that is named or no file is.
  public void write(Invocation run, CheckReport report) throws IOException {
    csv.write(
        run,
        destinations,
        FindingsFormat.TEXT,
        FindingsFormat::word,
        to -> out -> to.format().write(report, out));
  }

  static final class Word implements ITypeConverter<Destination<FindingsFormat>> {
    @Override
    public Destination<FindingsFormat> convert(String text) {
      return Destination.of(text, List.of(FindingsFormat.values()), FindingsFormat::word);
    }
  }

  static final class Words implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return FindingsFormat.words().iterator();
    }
  }
}
