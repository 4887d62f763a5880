package io.surfacescan.cli.config;

import io.surfacescan.cli.terminal.ProcessContext;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The value of a flag that was not given: from its environment variable, else from the
/// configuration file.
public record DefaultValues(ProcessContext around, ConfigFile config)
    implements IDefaultValueProvider {
  /// Flags that cannot be preset: the first says where presets are, the others ask for a text.
  private static final Set<String> NEVER_PRESET = Set.of("config", "help", "version");

  /// Where a preset came from, and what it is.
  ///
  /// @param source as in a message: the variable's name, or `FILE:LINE`
  public record Preset(String value, String source) {}

  @Override
  public @Nullable String defaultValue(ArgSpec flag) {
    // A value is taken as it stands: without this, picocli would look `${…}` up.
    return preset(flag).map(preset -> preset.value().replace("${", "$${")).orElse(null);
  }

  public Optional<Preset> preset(ArgSpec flag) {
    if (!(flag instanceof OptionSpec option)) {
      return Optional.empty();
    }
    String key = key(option);
    if (key.equals("help") || key.equals("version")) {
      return Optional.empty();
    }
    String variable = variable(key);
    return around
        .variable(variable)
        .map(value -> new Preset(value, variable))
        .or(() -> config.setting(key).map(set -> new Preset(set.value(), set.place())));
  }

  /// The keys a configuration file may have.
  public static SequencedSet<String> keys(CommandLine program) {
    var keys = new TreeSet<String>();
    for (var verb : program.getSubcommands().values()) {
      for (var option : verb.getCommandSpec().options()) {
        if (!NEVER_PRESET.contains(key(option))) {
          keys.add(key(option));
        }
      }
    }
    return keys;
  }

  /// For each flag picocli writes this into a trace that nobody sees.
  @Override
  public String toString() {
    return "variables and configuration file";
  }

  private static String key(OptionSpec option) {
    String name = option.longestName();
    int dashes = 0;
    while (name.charAt(dashes) == '-') {
      dashes++;
    }
    return name.substring(dashes);
  }

  private static String variable(String key) {
    return key.equals("data")
        ? "SURFACESCAN_DATADIR"
        : "SURFACESCAN_" + key.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
