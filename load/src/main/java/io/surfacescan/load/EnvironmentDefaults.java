package io.surfacescan.load;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Presets of flags: that of `--warm-up` is `SURFACESCAN_LOAD_WARM_UP`. An empty variable presets
/// nothing, because Compose sets those that it was not given to nothing.
record EnvironmentDefaults(Map<String, String> environment) implements IDefaultValueProvider {
  @Override
  public @Nullable String defaultValue(ArgSpec arg) {
    if (!(arg instanceof OptionSpec option)) {
      return null;
    }
    String value = environment.get(variable(option));
    return value == null || value.isBlank() ? null : value;
  }

  static String variable(OptionSpec option) {
    return "SURFACESCAN_LOAD_"
        + option.longestName().substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
