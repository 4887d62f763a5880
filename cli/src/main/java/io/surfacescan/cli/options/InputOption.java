package io.surfacescan.cli.options;

import io.surfacescan.cli.options.DataPaths.DataPath;
import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Failure;
import io.surfacescan.cli.terminal.Flags;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.cli.terminal.ProcessContext;
import io.surfacescan.cli.terminal.ProgressBar;
import io.surfacescan.importers.Imported;
import io.surfacescan.importers.Importers;
import io.surfacescan.importers.ReadOptions;
import io.surfacescan.importers.ReadProgress;
import io.surfacescan.model.Environment;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.model.Problems;
import io.surfacescan.questions.arguments.Parameter.Role;
import io.surfacescan.questions.arguments.Resolution;
import io.surfacescan.snapshot.Reading;
import io.surfacescan.text.TerminalText;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// The flag that names the environment, and its reading.
public final class InputOption {
  private static final String USUAL = "data";

  private final OptionSpec flag =
      Flags.values(
              DataPath.class,
              "PATH",
              "Files, folders with JSON files (also NDJSON and gzip), or - for standard input. Default: $$SURFACESCAN_DATADIR, else data.",
              "--data")
          .parameterConsumer(new DataPaths())
          .build();

  final ReadingOptions reading;
  private @Nullable CommandSpec verb;

  public InputOption() {
    this(new ReadingOptions());
  }

  private InputOption(ReadingOptions reading) {
    this.reading = reading;
  }

  /// An environment that was named without the flag.
  static InputOption of(List<String> arguments, ReadingOptions reading) {
    var input = new InputOption(reading);
    input.flag.setValue(arguments.stream().map(path -> new DataPath(path, false)).toList());
    return input;
  }

  public void addTo(CommandSpec to) {
    verb = to;
    to.addOption(flag);
    reading.addTo(to);
  }

  private List<DataPath> paths() {
    return flag.getValue();
  }

  /// How what the flag names is to be read.
  public ReadOptions options() {
    return reading.options();
  }

  /// Whether standard input is among the paths.
  public boolean readsStdin() {
    return paths().stream().anyMatch(path -> path.text().equals(DataPaths.STDIN));
  }

  /// The paths to read; those by default must exist, so that the message can say what to do.
  public List<String> paths(ProcessContext around) {
    if (!paths().isEmpty()) {
      return paths().stream().map(DataPath::text).toList();
    }
    if (!Files.exists(Path.of(USUAL))) {
      String sample = around.sample().map(path -> " (a sample is in " + path + ")").orElse("");
      throw new Failure(
          Exit.INPUT,
          USUAL
              + ": there is no such file or folder here; name the environment with --data "
              + argumentThatIsAFile().orElse("PATH" + sample));
    }
    return List.of(USUAL);
  }

  private Optional<String> argumentThatIsAFile() {
    var spec = verb;
    if (spec == null) {
      return Optional.empty();
    }
    return spec.commandLine().getParseResult().matchedPositionals().stream()
        .flatMap(argument -> argument.originalStringValues().stream())
        .filter(DataPaths::exists)
        .map(TerminalText::plain)
        .findFirst();
  }

  /// Reads an environment to ask questions of: errors end the run, warnings are counted in a line.
  public Environment read(Invocation run) {
    return reading(run).imported().environment();
  }

  /// As [#read(Invocation)], with all that was read.
  public Reading reading(Invocation run) {
    var read = accepted(run, reading.read(run, paths(run.around()), reading.options()));
    var environment = read.imported().environment();
    for (var path : paths()) {
      if (path.follows()
          && Resolution.ofArgument(environment, path.text(), Role.ATTACKER)
              instanceof Resolution.Found) {
        throw new Failure(Exit.USAGE, ambiguous(path.text()));
      }
    }
    return read;
  }

  /// What to say beside a missing argument that may have been taken for a path.
  public static String taken(ParameterException e) {
    var flag = e.getCommandLine().getCommandSpec().findOption("--data");
    if (!(e instanceof MissingParameterException) || flag == null) {
      return "";
    }
    List<DataPath> paths = flag.getValue();
    boolean isTaken = !paths.isEmpty() && paths.getLast().follows();
    return isTaken
        ? "; `"
            + TerminalText.plain(paths.getLast().text())
            + "` was taken as a path of --data, write -- before it if it is a VM"
        : "";
  }

  private static String ambiguous(String argument) {
    String shown = TerminalText.plain(argument);
    return "`"
        + shown
        + "` behind --data is a file here and names a VM too; write -- before it for the VM, or"
        + " --data before it for the file";
  }

  /// Reads the environment at these paths as [#reading(Invocation)] does.
  public static Reading read(Invocation run, List<String> paths, ReadingOptions reading) {
    return accepted(run, reading.read(run, paths, reading.options()));
  }

  /// Reads the environment at these paths as [#read(Invocation)] does, and keeps nothing of it.
  ///
  /// @param in stands for standard input
  public static Environment read(
      Invocation run, List<String> paths, InputStream in, ReadOptions options) {
    var imported = Importers.read(paths, in, progress(run), options);
    tell(run, imported);
    return imported.environment();
  }

  /// Reads the environment as [#read(Run)] does, with the places of its rules. Standard input,
  /// which cannot be read twice, has none.
  public Reading readWithLocations(Invocation run) {
    var options = reading.options();
    return accepted(
        run,
        reading.read(run, paths(run.around()), readsStdin() ? options : options.withLocations()));
  }

  /// Reads another environment as this one is to be read, such as the one before.
  public Reading readAnother(Invocation run, String path) {
    return read(run, List.of(path), reading);
  }

  private static Reading accepted(Invocation run, Reading read) {
    tell(run, read.imported());
    return read;
  }

  /// Tells what is wrong with an input, which ends the run if it cannot be used.
  private static void tell(Invocation run, Imported imported) {
    if (imported.problems().refused()) {
      throw new Failure(Exit.INPUT, errors(imported.problems()));
    }
    if (imported.problems().warningCount() > 0) {
      run.messages().warning(summary(imported.problems()));
    }
  }

  /// Reads an environment with all that is wrong with it.
  public Imported readAll(Invocation run) {
    return reading.read(run, paths(run.around()), reading.options()).imported();
  }

  /// A bar, where one can be seen and is wanted.
  public static ReadProgress progress(Invocation run) {
    return run.around().errIsTerminal() && !run.manners().quiet()
        ? new ProgressBar(run.messages().stream(), "reading")
        : ReadProgress.NONE;
  }

  private static List<String> errors(Problems problems) {
    var errors = new ArrayList<String>();
    problems.errors().forEach(problem -> errors.add(problem.toString()));
    long more = problems.unlistedErrors();
    if (more > 0) {
      errors.add(more + " more errors in the input; repair these first");
    }
    return errors;
  }

  private static String summary(Problems problems) {
    String kinds =
        problems.counts().entrySet().stream()
            .filter(entry -> entry.getKey().severity() == ProblemKind.Severity.WARNING)
            .map(entry -> entry.getValue() + " " + entry.getKey().code())
            .collect(Collectors.joining(", "));
    long count = problems.warningCount();
    return "the input has %d warning%s (%s); `surfacescan validate` lists %s"
        .formatted(count, count == 1 ? "" : "s", kinds, count == 1 ? "it" : "them");
  }
}
