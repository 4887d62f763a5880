package io.surfacescan.cli.options;

import io.surfacescan.cli.terminal.Flags;
import io.surfacescan.importers.InputFormat;
import io.surfacescan.importers.ReadOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/// The flags that say how an environment is read.
public final class ReadingOptions {
  private final OptionSpec ignoreUnknownKeys =
      Flags.toggle(
              "Read VMs and rules without the keys that would change what they mean, such as"
                  + " action, disabled or ports, and warn of them; without it they are errors.",
              "--ignore-unknown-keys")
          .build();

  private final OptionSpec format =
      Flags.value(
              InputFormat.class,
              "FORMAT",
              "Read every file as this: ${COMPLETION-CANDIDATES}. Default: what its content shows.",
              "--input-format")
          .converters((ITypeConverter<InputFormat>) ReadingOptions::format)
          .completionCandidates(words())
          .build();

  private final OptionSpec terraformSource =
      Flags.value(
              Path.class,
              "DIR",
              "With a plan or a state of Terraform: the folder of its root module. Rules then have"
                  + " the file and the line of their .tf block, rather than those of the JSON.",
              "--terraform-source")
          .build();

  public void addTo(CommandSpec verb) {
    verb.addOption(ignoreUnknownKeys).addOption(format).addOption(terraformSource);
  }

  public boolean ignoresUnknownKeys() {
    return Flags.isOn(ignoreUnknownKeys);
  }

  /// What every file is read as, if its content does not decide.
  public Optional<InputFormat> format() {
    return Optional.ofNullable(format.getValue());
  }

  /// The folder of the files that a plan or a state was made from.
  public Optional<Path> terraformSource() {
    return Optional.ofNullable(terraformSource.getValue());
  }

  public ReadOptions options() {
    var strict = new ReadOptions(ignoresUnknownKeys());
    var options = terraformSource().map(strict::withTerraformSource).orElse(strict);
    return format().map(options::withFormat).orElse(options);
  }

  private static List<String> words() {
    return Arrays.stream(InputFormat.values()).map(InputFormat::code).sorted().toList();
  }

  private static InputFormat format(String word) {
    return InputFormat.ofCode(word)
        .orElseThrow(() ->
            new TypeConversionException(
                "'" + word + "' is not one of " + String.join(", ", words())));
  }
}
