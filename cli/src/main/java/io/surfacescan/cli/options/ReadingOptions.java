package io.surfacescan.cli.options;

import static java.util.Objects.requireNonNull;

import io.surfacescan.cli.terminal.Flags;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.cli.terminal.ProcessContext;
import io.surfacescan.importers.InputFormat;
import io.surfacescan.importers.ReadOptions;
import io.surfacescan.settings.CacheSettings;
import io.surfacescan.snapshot.Reading;
import io.surfacescan.snapshot.Snapshots;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
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

  private final OptionSpec noCache =
      Flags.toggle(
              "Read the input anew, and keep nothing of it; else what was read is kept in"
                  + " $$XDG_CACHE_HOME/surfacescan, or ~/.cache/surfacescan.",
              "--no-cache")
          .build();

  private final OptionSpec verifyCache =
      Flags.toggle(
              "Compare the content of the input with what was read before, even if size and times"
                  + " are the same.",
              "--verify-cache")
          .build();

  private final OptionSpec cacheMegabytes =
      Flags.value(
              Integer.class,
              "MB",
              "Keep at most so much of what was read; what was used least recently goes."
                  + " Default: "
                  + CacheSettings.MEGABYTES_USUAL
                  + ".",
              "--cache-mb")
          .build();

  private @Nullable CommandSpec reader;

  public void addTo(CommandSpec verb) {
    reader = verb;
    verb.addOption(ignoreUnknownKeys).addOption(format).addOption(terraformSource);
    verb.addOption(noCache).addOption(verifyCache).addOption(cacheMegabytes);
  }

  /// Where what is read is kept.
  public CacheSettings cache(ProcessContext around) {
    @Nullable Integer given = cacheMegabytes.getValue();
    int most = given == null ? CacheSettings.MEGABYTES_USUAL : given;
    if (most < 0) {
      throw new ParameterException(
          requireNonNull(reader).commandLine(),
          "Invalid value for option '--cache-mb': " + most + " is below 0");
    }
    return Flags.isOn(noCache) || most == 0
        ? CacheSettings.NONE
        : new CacheSettings(
            around.cacheFolder(),
            Flags.isOn(verifyCache),
            (long) most << 20,
            CacheSettings.INPUT_LEAST);
  }

  /// Reads an input, or brings back what was read of it. What was read is kept when the answer is
  /// out.
  Reading read(Invocation run, List<String> paths, ReadOptions options) {
    var reading =
        new Snapshots(cache(run.around()))
            .read(paths, run.around().in(), InputOption.progress(run), options);
    run.atEnd(reading::keep);
    return reading;
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
