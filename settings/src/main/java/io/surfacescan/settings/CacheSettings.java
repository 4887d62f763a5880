package io.surfacescan.settings;

import java.nio.file.Path;
import java.util.Optional;

/// Where snapshots of inputs are kept, and how far they are trusted.
///
/// @param folder none if nothing is kept
/// @param verifies whether the content of each input is compared, however old it is
/// @param bytesMost how much all snapshots may take together
/// @param inputLeast how many bytes an input has at least that is worth a snapshot
public record CacheSettings(
    Optional<Path> folder, boolean verifies, long bytesMost, long inputLeast) {
  /// How many MB snapshots may take unless the user says otherwise.
  public static final int MEGABYTES_USUAL = 4096;

  /// Reading less takes no longer than a look at a snapshot.
  public static final long INPUT_LEAST = 1 << 20;

  /// Nothing is kept.
  public static final CacheSettings NONE =
      new CacheSettings(Optional.empty(), false, 0, INPUT_LEAST);
}
