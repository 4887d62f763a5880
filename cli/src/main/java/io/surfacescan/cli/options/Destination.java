package io.surfacescan.cli.options;

import io.surfacescan.report.format.Format;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/// Where an answer goes, and in which format.
///
/// @param file empty for standard output
public record Destination(Format format, Optional<Path> file) {
  /// Reads `FORMAT` or `FORMAT=FILE`.
  ///
  /// @param offered the formats that the answer has
  static Destination of(String text, List<Format> offered) {
    int equals = text.indexOf('=');
    String word = equals < 0 ? text : text.substring(0, equals);
    var format =
        Format.named(word)
            .filter(offered::contains)
            .orElseThrow(() ->
                new TypeConversionException(
                    "'"
                        + word
                        + "' is not one of "
                        + offered.stream().map(Format::word).collect(Collectors.joining(", "))));
    return new Destination(
        format, equals < 0 ? Optional.empty() : Optional.of(file(text.substring(equals + 1))));
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
