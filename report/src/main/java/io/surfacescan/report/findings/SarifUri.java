package io.surfacescan.report.findings;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/// The names of files as URIs.
///
/// @param isRelative whether it is relative to the root
record SarifUri(String uri, boolean isRelative) {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /// The URI of a file; empty if the name is none of a file, such as that of standard input.
  ///
  /// @param file relative to the working directory, or absolute
  static Optional<SarifUri> of(Path root, String file) {
    if (file.startsWith("<") || file.startsWith("pack:")) {
      return Optional.empty();
    }
    try {
      var base = root.toAbsolutePath().normalize();
      var path = Path.of(file).toAbsolutePath().normalize();
      return Optional.of(
          path.startsWith(base)
              ? new SarifUri(escaped(slashed(base.relativize(path))), true)
              : new SarifUri("file://" + escaped(slashed(path)), false));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /// The name of a file relative to the root, if it lies there; empty if it is none of a file.
  static String relative(Path root, String file) {
    if (of(root, file).isEmpty()) {
      return "";
    }
    var base = root.toAbsolutePath().normalize();
    var path = Path.of(file).toAbsolutePath().normalize();
    return slashed(path.startsWith(base) ? base.relativize(path) : path);
  }

  /// The URI of a folder, with a slash at its end.
  static String ofFolder(Path folder) {
    String path = slashed(folder.toAbsolutePath().normalize());
    return "file://" + escaped(path.endsWith("/") ? path : path + "/");
  }

  private static String slashed(Path path) {
    String text = path.toString().replace('\\', '/');
    return !path.isAbsolute() || text.startsWith("/") ? text : "/" + text;
  }

  /// A path of which only letters, digits and a few signs stand for themselves.
  private static String escaped(String path) {
    return escaped(path, "/-._~");
  }

  /// A link as it is, but for what may not stand in one.
  static String ofLink(String link) {
    return escaped(link, "/-._~:?#[]@!$&'()*+,;=%");
  }

  private static String escaped(String text, String plain) {
    var uri = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (b & 0xFF);
      boolean isAlphanumeric =
          (character >= 'a' && character <= 'z')
              || (character >= 'A' && character <= 'Z')
              || (character >= '0' && character <= '9');
      if (isAlphanumeric || plain.indexOf(character) >= 0) {
        uri.append(character);
      } else {
        uri.append('%').append(HEX.toHexDigits(b));
      }
    }
    return uri.toString();
  }
}
