package io.surfacescan.cli.serve;

import io.surfacescan.cli.terminal.ProcessContext;
import io.surfacescan.settings.Flag;
import io.surfacescan.settings.Given;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// The values of the flags: from the command line, a variable or the configuration file.
record GivenFlags(CommandSpec verb, ProcessContext around) implements Given {
  @Override
  public <T> Optional<T> value(Flag<T> flag) {
    Object value = verb.findOption(flag.name()).getValue();
    return Optional.ofNullable(value).map(flag.type()::cast);
  }

  @Override
  public Optional<String> variable(String name) {
    return around.variable(name);
  }
}
