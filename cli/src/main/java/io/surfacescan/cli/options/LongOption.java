package io.surfacescan.cli.options;

import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.cli.terminal.ProgressBar;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Progress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// The flag of verbs that may take long, and their progress bar.
public final class LongOption {
  @Option(
      names = "--time-limit",
      paramLabel = "SECONDS",
      description = "Give up the search after this time. Default: no limit.")
  @Nullable Integer seconds;

  @Spec(Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  /// A deadline from now on.
  public Deadline deadline() {
    if (seconds == null) {
      return Deadline.NONE;
    }
    if (seconds < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--time-limit': " + seconds + " is below 1");
    }
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    return () -> System.nanoTime() - end > 0;
  }

  /// A bar, where one can be seen and is wanted.
  ///
  /// @param doing what takes so long, in one word
  public Progress progress(Invocation run, String doing) {
    return run.around().errIsTerminal() && !run.manners().quiet
        ? new ProgressBar(run.messages().stream(), doing)
        : Progress.NONE;
  }
}
