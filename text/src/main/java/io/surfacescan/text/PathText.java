package io.surfacescan.text;

import java.util.Optional;

/// The text that Java makes of a path on the command line or in a variable.
///
/// Java decodes it before the program starts. Bytes that are no text in the encoding of the locale
/// become U+FFFD, and no file has the path that is left.
public final class PathText {
  private static final int REPLACEMENT = 0xFFFD;

  /// Why a path cannot be opened.
  public record Fault(String what, String remedy) {
    @Override
    public String toString() {
      return what + "; " + remedy;
    }
  }

  private PathText() {}

  /// Why no file is found under this path though there may be one. To ask when opening it has
  /// failed, for U+FFFD may stand in a name too.
  public static Optional<Fault> undecoded(String path) {
    return undecoded(path, System.getProperty("sun.jnu.encoding", "UTF-8"));
  }

  static Optional<Fault> undecoded(String path, String encoding) {
    if (encoding.equals("UTF-8")) {
      return path.indexOf(REPLACEMENT) < 0
          ? Optional.empty()
          : Optional.of(
              new Fault(
                  "the path is not UTF-8, so that Java cannot open it",
                  "rename it, or name the folder that it is in"));
    }
    return path.codePoints().allMatch(point -> point < 0x80)
        ? Optional.empty()
        : Optional.of(
            new Fault(
                "Java reads paths as " + encoding + " in this locale, and cannot open this one",
                "set LC_ALL=C.UTF-8"));
  }
}
