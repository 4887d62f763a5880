package io.surfacescan.cli.serve;

import io.surfacescan.cli.options.InputOption;
import io.surfacescan.cli.options.PathArguments;
import io.surfacescan.cli.terminal.GlobalOptions;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.importers.InputFormat;
import io.surfacescan.settings.Input;
import io.surfacescan.settings.InvalidSetting;
import io.surfacescan.settings.Logs.Verbosity;
import io.surfacescan.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Its flags are those of [Settings#FLAGS].
@Command(
    name = "serve",
    description = "Answer over HTTP until stopped; changed files are loaded while serving.",
    footer = {"", "Example: surfacescan serve --data prod/ --port 8001"})
public final class ServeVerb {
  @Mixin PathArguments paths = new PathArguments();

  @Mixin CommandSpec flags = FlagOptions.mixin();

  @Spec CommandSpec spec = CommandSpec.create();

  private final Server server;

  public ServeVerb(Server server) {
    this.server = server;
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
        paths.reading().terraformSource());
  }

  private static Verbosity verbosity(GlobalOptions manners) {
    if (manners.debug) {
      return Verbosity.DEBUG;
    }
    return manners.quiet ? Verbosity.QUIET : Verbosity.NORMAL;
  }
}
