package io.surfacescan.cli.options;

import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.report.findings.CheckReport;
import io.surfacescan.report.findings.FindingsFormat;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// As [OutputOption], for the formats of findings.
public final class FindingsOutput {
  private final OptionSpec flag =
      OutputOption.flag(
          text -> Destination.of(text, List.of(FindingsFormat.values()), FindingsFormat::word),
          FindingsFormat.words());

  private final CsvOption csv;
  private final CommandSpec verb;

  public FindingsOutput(CommandSpec verb) {
    this.verb = verb;
    verb.addOption(flag);
    this.csv = new CsvOption(verb);
  }

  private List<Destination<FindingsFormat>> destinations() {
    return flag.getValue();
  }

  /// Refuses two formats of standard output.
  public void check() {
    Destination.check(verb, destinations());
  }

  /// Writes to all files, and to standard output if that is named or no file is.
  public void write(Invocation run, CheckReport report) throws IOException {
    csv.write(
        run,
        destinations(),
        FindingsFormat.TEXT,
        FindingsFormat::word,
        to -> out -> to.format().write(report, out));
  }
}
