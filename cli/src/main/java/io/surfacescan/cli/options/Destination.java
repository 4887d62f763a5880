package io.surfacescan.cli.options;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/// Where an answer goes, and in which format.
///
/// @param file empty for standard output
/// @param <F> the formats of the answer
public record Destination<F>(F format, Optional<Path> file) {
  /// Reads `FORMAT` or `FORMAT=FILE`.
  ///
  /// @param offered the formats that the answer has
  /// @param word what a format is called
  static <F> Destination<F> of(String text, List<F> offered, Function<F, String> word) {
    int equals = text.indexOf('=');
    String named = equals < 0 ? text : text.substring(0, equals);
    var format =
        offered.stream()
            .filter(each -> word.apply(each).equals(named))
            .findFirst()
            .orElseThrow(() ->
                new TypeConversionException(
                    "'"
                        + named
                        + "' is not one of "
                        + offered.stream().map(word).collect(Collectors.joining(", "))));
    return new Destination<>(
        format, equals < 0 ? Optional.empty() : Optional.of(file(text.substring(equals + 1))));
  }

  /// Refuses two formats of standard output.
  static <F> void check(CommandSpec spec, List<Destination<F>> all) {
    if (all.stream().filter(to -> to.file.isEmpty()).count() > 1) {
      throw new ParameterException(
          spec.commandLine(), "option '--output' (FORMAT) should be specified only once");
    }
  }

  private static Path file(String name) {
    if (name.isEmpty()) {
      throw new TypeConversionException("the name of a file is missing behind =");
    }
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("'" + name + "' is no name of a file");
    }
  }
}
