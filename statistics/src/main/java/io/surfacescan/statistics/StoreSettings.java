package io.surfacescan.statistics;

import java.nio.file.Path;
import java.util.Optional;

/// Where statistics are kept.
///
/// @param folder the state directory; empty keeps nothing beyond the process
/// @param sharedUrl the database that instances share, `jdbc:postgresql://…`; it needs a folder, in
///   which what the database does not take waits
/// @param name what the operator calls this program
public record StoreSettings(Optional<Path> folder, Optional<String> sharedUrl, String name) {
  public StoreSettings {
    if (sharedUrl.isPresent() && folder.isEmpty()) {
      throw new IllegalArgumentException("a shared database needs a state directory");
    }
  }
}
