package io.surfacescan.importers;

/// How an input is read.
///
/// @param ignoreUnknownKeys whether keys that would change what a VM or a rule means are warned of
///   like other unknown keys, rather than refused
/// @param keepLocations whether [Imported#locations] are kept, for 8 bytes a VM and a rule and one
///   more pass over the input
public record ReadOptions(boolean ignoreUnknownKeys, boolean keepLocations) {
  public static final ReadOptions STRICT = new ReadOptions(false);

  /// Without locations.
  public ReadOptions(boolean ignoreUnknownKeys) {
    this(ignoreUnknownKeys, false);
  }

  /// The same with locations.
  public ReadOptions withLocations() {
    return new ReadOptions(ignoreUnknownKeys, true);
  }
}
