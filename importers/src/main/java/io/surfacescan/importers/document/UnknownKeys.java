package io.surfacescan.importers.document;

import java.lang.System.Logger.Level;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The keys of a document that nobody knows. What they hold is ignored; they are reported at debug
/// level, once each.
final class UnknownKeys {
  private static final int KEPT_MAX = 100;

  private final Set<String> keys = new LinkedHashSet<>();

  void add(String key) {
    if (keys.size() < KEPT_MAX) {
      keys.add(key);
    }
  }

  void addAll(UnknownKeys others) {
    others.keys.forEach(this::add);
  }

  /// @param file the name of the source
  void report(String file) {
    if (!keys.isEmpty()) {
      var shown = keys.stream().map(Shown::value).toList();
      System.getLogger("io.surfacescan.importers")
          .log(Level.DEBUG, () -> file + ": ignored keys that nobody knows: " + shown);
    }
  }

  /// The list that a key of the document's own object may have meant. A misspelt list would be
  /// ignored as a whole, and its attackers with it.
  static Optional<String> meantList(String key) {
    String folded = key.toLowerCase(Locale.ROOT);
    if (folded.contains("rule") || folded.contains("firewall")) {
      return Optional.of(DocumentReader.FW_RULES);
    }
    return folded.contains("vm") || folded.contains("machine") || folded.contains("instance")
        ? Optional.of(DocumentReader.VMS)
        : Optional.empty();
  }
}
