package io.surfacescan.cli.options;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Failure;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.report.findings.CheckReport;
import io.surfacescan.report.findings.FindingsFormat;
import io.surfacescan.text.TerminalText;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// The flag that names the formats of findings, each for standard output or a file, and the
/// writing.
public final class FindingsOutput {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT[=FILE]",
      completionCandidates = Words.class,
      description =
          "Output: ${COMPLETION-CANDIDATES}; with =FILE into a file. May be given again. Default:"
              + " text.")
  List<String> outputs = List.of();

  @Spec(Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  /// A format and where it goes; standard output if that is empty.
  private record Output(FindingsFormat format, Optional<String> file) {}

  /// Checks the flag before anything is read.
  public void check() {
    outputs();
  }

  private List<Output> outputs() {
    var all = new ArrayList<Output>();
    for (String given : outputs) {
      int equals = given.indexOf('=');
      String word = equals < 0 ? given : given.substring(0, equals);
      var format =
          FindingsFormat.named(word)
              .orElseThrow(
                  () -> invalid("'" + word + "' is not one of " + String.join(", ", words())));
      String file = equals < 0 ? "-" : given.substring(equals + 1);
      if (file.isEmpty()) {
        throw invalid("'" + given + "' names no file");
      }
      all.add(new Output(format, Optional.of(file).filter(name -> !name.equals("-"))));
    }
    if (all.stream().filter(output -> output.file.isEmpty()).count() > 1) {
      throw invalid("two formats go to standard output; write one as FORMAT=FILE");
    }
    return all.isEmpty() ? List.of(new Output(FindingsFormat.TEXT, Optional.empty())) : all;
  }

  private ParameterException invalid(String why) {
    return new ParameterException(
        spec.commandLine(), "Invalid value for option '--output': " + why);
  }

  /// Writes all that was asked for, files first.
  public void write(Invocation run, CheckReport report) throws IOException {
    for (var output : outputs()) {
      if (output.file.isPresent()) {
        write(output.format, output.file.get(), report);
      }
    }
    for (var output : outputs()) {
      if (output.file.isEmpty()) {
        var out = new BufferedOutputStream(run.out(), 1 << 16);
        output.format.write(report, out);
        if (output.format == FindingsFormat.JSON && run.around().outIsTerminal()) {
          out.write('\n');
        }
        out.flush();
      }
    }
  }

  /// Half a file would be taken for all findings: so it is written once all of it is there.
  private static void write(FindingsFormat format, String file, CheckReport report) {
    try {
      var bytes = new ByteArrayOutputStream();
      format.write(report, bytes);
      Files.write(Path.of(file), bytes.toByteArray());
    } catch (IOException | InvalidPathException e) {
      throw new Failure(
          Exit.INTERNAL,
          TerminalText.plain(file) + ": the findings cannot be written here; name another file");
    }
  }

  private static List<String> words() {
    return FindingsFormat.words();
  }

  /// The words of the formats.
  static final class Words extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Words() {
      super(words());
    }
  }
}
