package io.surfacescan.cli.serve;

import io.surfacescan.settings.Flag;
import io.surfacescan.settings.Settings;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Makes picocli's options of the flags of the settings.
final class FlagOptions {
  private FlagOptions() {}

  static void addTo(CommandSpec verb) {
    Settings.FLAGS.forEach(flag -> verb.addOption(option(flag)));
  }

  private static OptionSpec option(Flag<?> flag) {
    var option = OptionSpec.builder(flag.name()).type(flag.type()).description(description(flag));
    if (!flag.label().isEmpty()) {
      option.paramLabel(flag.label());
    }
    if (flag.type() == List.class) {
      option.auxiliaryTypes(String.class).splitRegex(",");
    }
    flag.usual().ifPresent(option::initialValue);
    return option.build();
  }

  /// In picocli's spelling: a `$` is doubled, and a default may be a preset.
  private static String description(Flag<?> flag) {
    if (!flag.otherwise().isEmpty()) {
      return flag.help() + " Default: " + flag.otherwise().replace("$", "$$") + ".";
    }
    return flag.usual().isPresent() ? flag.help() + " Default: ${DEFAULT-VALUE}." : flag.help();
  }
}
