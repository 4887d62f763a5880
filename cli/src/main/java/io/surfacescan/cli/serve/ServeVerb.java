package io.surfacescan.cli.serve;

import io.surfacescan.cli.options.InputOption;
import io.surfacescan.cli.options.PathArguments;
import io.surfacescan.cli.terminal.Flags;
import io.surfacescan.cli.terminal.GlobalOptions;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.importers.InputFormat;
import io.surfacescan.settings.Input;
import io.surfacescan.settings.InvalidSetting;
import io.surfacescan.settings.Logs.Verbosity;
import io.surfacescan.settings.Settings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// Its flags are those of [Settings#FLAGS].
public final class ServeVerb {
  private final Server server;

  private final CommandSpec spec =
      Flags.verb(
          this,
          "serve",
          "Answer over HTTP until stopped; changed files are loaded while serving.",
          "",
          "Example: surfacescan serve --data prod/ --port 8001");
  private final PathArguments paths = PathArguments.of(spec);

  public ServeVerb(Server server) {
    this.server = server;
    FlagOptions.addTo(spec);
  }

  /// The verb as picocli takes it.
  public CommandSpec described() {
    return spec;
  }

  /// Unlike other verbs it ends as the service does.
  ///
  /// @return the exit code
  public int serve(Invocation run) {
    var settings = settings(run);
    settings.warning().ifPresent(run.messages()::warning);
    return server.serve(settings, InputOption.progress(run));
  }

  private Settings settings(Invocation run) {
    try {
      return Settings.of(
          new GivenFlags(spec, run.around()), verbosity(run.manners()), () -> input(run));
    } catch (InvalidSetting e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Input input(Invocation run) {
    return new Input(
        paths.input().paths(run.around()),
        paths.reading().ignoresUnknownKeys(),
        paths.reading().format().map(InputFormat::code),
        paths.reading().terraformSource(),
        paths.reading().cache(run.around()));
  }

  private static Verbosity verbosity(GlobalOptions manners) {
    if (manners.debug()) {
      return Verbosity.DEBUG;
    }
    return manners.quiet() ? Verbosity.QUIET : Verbosity.NORMAL;
  }
}
