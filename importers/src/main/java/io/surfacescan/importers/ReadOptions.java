package io.surfacescan.importers;

import java.util.Optional;

/// How an input is read.
///
/// @param ignoreUnknownKeys whether keys that would change what a VM or a rule means are warned of
///   like other unknown keys, rather than refused
/// @param keepLocations whether [Imported#locations] are kept, for 8 bytes a VM and a rule and one
///   more pass over the input
/// @param format of all sources; if empty, each source's content tells
public record ReadOptions(
    boolean ignoreUnknownKeys, boolean keepLocations, Optional<InputFormat> format) {
  public static final ReadOptions STRICT = new ReadOptions(false);

  /// Without locations.
  public ReadOptions(boolean ignoreUnknownKeys) {
    this(ignoreUnknownKeys, false, Optional.empty());
  }

  /// The same with locations.
  public ReadOptions withLocations() {
    return new ReadOptions(ignoreUnknownKeys, true, format);
  }

  /// The same for sources of this format alone.
  public ReadOptions withFormat(InputFormat only) {
    return new ReadOptions(ignoreUnknownKeys, keepLocations, Optional.of(only));
  }
}
