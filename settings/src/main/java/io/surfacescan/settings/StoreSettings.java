package io.surfacescan.settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where statistics are kept.
///
/// @param folder the state directory; empty keeps nothing beyond the process
/// @param sharedUrl the database that instances share, `jdbc:postgresql://…`; it needs a folder, in
///   which what the database does not take waits
/// @param name what the operator calls this instance
public record StoreSettings(Optional<Path> folder, Optional<String> sharedUrl, String name) {
  public static final Flag<Path> STATE_DIR =
      Flag.path("--state-dir", "DIR", "Where statistics are kept.")
          .otherwise("$XDG_STATE_HOME/surfacescan, else ~/.local/state/surfacescan");

  public static final Flag<String> STATS_URL =
      Flag.text(
          "--stats-url",
          "URL",
          "The PostgreSQL database that several instances keep their statistics in, as"
              + " jdbc:postgresql://HOST/DATABASE.");

  public static final Flag<String> INSTANCE =
      Flag.text("--instance", "NAME", "What this instance is called in statistics.")
          .otherwise("the name of the host");

  static final List<Flag<?>> FLAGS = List.of(STATE_DIR, STATS_URL, INSTANCE);

  private static final Pattern POSTGRESQL =
      Pattern.compile("jdbc:postgresql://[^/?#]+/[^/?#]+(\\?.*)?");

  public StoreSettings {
    sharedUrl.ifPresent(StoreSettings::check);
    if (sharedUrl.isPresent() && folder.isEmpty()) {
      throw new InvalidSetting(
          "'--stats-url' needs a directory in which what the database does not take can wait; name"
              + " one with --state-dir");
    }
  }

  /// A URL is never shown, because it may hold a password.
  private static void check(String url) {
    if (!POSTGRESQL.matcher(url).matches()) {
      throw new InvalidSetting(STATS_URL, "it must begin with jdbc:postgresql://HOST/DATABASE");
    }
    try {
      var _ = URLDecoder.decode(url, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new InvalidSetting(
          STATS_URL, "a % in it must be followed by two hexadecimal digits; write % itself as %25");
    }
  }

  static StoreSettings of(Given given) {
    return new StoreSettings(
        given.find(STATE_DIR).or(() -> usualFolder(given)),
        given.find(STATS_URL),
        given.find(INSTANCE).orElseGet(() -> HostName.of(given)));
  }

  private static Optional<Path> usualFolder(Given given) {
    return given
        .variable("XDG_STATE_HOME")
        .map(Path::of)
        .filter(Path::isAbsolute)
        .or(() -> given.variable("HOME").map(home -> Path.of(home, ".local", "state")))
        .map(folder -> folder.resolve("surfacescan"));
  }
}
