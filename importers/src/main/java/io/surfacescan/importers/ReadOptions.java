package io.surfacescan.importers;

/// How strictly an input is read.
///
/// @param ignoreUnknownKeys whether keys that would change what a VM or a rule means are warned of
///   like other unknown keys, rather than refused
public record ReadOptions(boolean ignoreUnknownKeys) {
  public static final ReadOptions STRICT = new ReadOptions(false);
}
