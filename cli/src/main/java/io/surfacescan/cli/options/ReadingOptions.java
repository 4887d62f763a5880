package io.surfacescan.cli.options;

import io.surfacescan.importers.InputFormat;
import io.surfacescan.importers.ReadOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The flags that say how an environment is read.
public final class ReadingOptions {
  @Option(
      names = "--ignore-unknown-keys",
      description =
          "Read VMs and rules without the keys that would change what they mean, such as action,"
              + " disabled or ports, and warn of them; without it they are errors.")
  boolean ignoreUnknownKeys;

  @Option(
      names = "--input-format",
      paramLabel = "FORMAT",
      converter = FormatWord.class,
      completionCandidates = FormatWords.class,
      description =
          "Read every file as this: ${COMPLETION-CANDIDATES}. Default: what its content shows.")
  @Nullable InputFormat format;

  @Option(
      names = "--terraform-source",
      paramLabel = "DIR",
      description =
          "With a plan or a state of Terraform: the folder of its root module. Rules then have the"
              + " file and the line of their .tf block, rather than those of the JSON.")
  @Nullable Path terraformSource;

  public boolean ignoresUnknownKeys() {
    return ignoreUnknownKeys;
  }

  /// What every file is read as, if its content does not decide.
  public Optional<InputFormat> format() {
    return Optional.ofNullable(format);
  }

  /// The folder of the files that a plan or a state was made from.
  public Optional<Path> terraformSource() {
    return Optional.ofNullable(terraformSource);
  }

  public ReadOptions options() {
    var strict = new ReadOptions(ignoreUnknownKeys);
    var options = terraformSource().map(strict::withTerraformSource).orElse(strict);
    return format().map(options::withFormat).orElse(options);
  }

  private static List<String> words() {
    return Arrays.stream(InputFormat.values()).map(InputFormat::code).sorted().toList();
  }

  static final class FormatWord implements ITypeConverter<InputFormat> {
    @Override
    public InputFormat convert(String word) {
      return InputFormat.ofCode(word)
          .orElseThrow(() ->
              new TypeConversionException(
                  "'" + word + "' is not one of " + String.join(", ", words())));
    }
  }

  static final class FormatWords implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return words().iterator();
    }
  }
}
