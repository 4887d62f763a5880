package io.surfacescan.cli.options;

import io.surfacescan.cli.terminal.Flags;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.cli.terminal.ProgressBar;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Progress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// The flag of verbs that may take long, and their progress bar.
public final class LongOption {
  public static final String TIME_LIMIT = "--time-limit";

  private final OptionSpec timeLimit =
      Flags.value(
              Integer.class,
              "SECONDS",
              "Give up the search after this time. Default: no limit.",
              TIME_LIMIT)
          .build();

  private final CommandSpec verb;

  private LongOption(CommandSpec verb) {
    this.verb = verb;
  }

  /// Adds it to a verb.
  public static LongOption of(CommandSpec verb) {
    var option = new LongOption(verb);
    verb.addOption(option.timeLimit);
    return option;
  }

  /// For a verb that cannot be stopped.
  public static LongOption without(CommandSpec verb) {
    return new LongOption(verb);
  }

  /// A deadline from now on.
  public Deadline deadline() {
    @Nullable Integer seconds = timeLimit.getValue();
    if (seconds == null) {
      return Deadline.NONE;
    }
    if (seconds < 1) {
      throw new ParameterException(
          verb.commandLine(),
          "Invalid value for option '--time-limit': " + seconds + " is below 1");
    }
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    return () -> System.nanoTime() - end > 0;
  }

  /// A bar, where one can be seen and is wanted.
  ///
  /// @param doing what takes so long, in one word
  public Progress progress(Invocation run, String doing) {
    return run.around().errIsTerminal() && !run.manners().quiet()
        ? new ProgressBar(run.messages().stream(), doing)
        : Progress.NONE;
  }
}
