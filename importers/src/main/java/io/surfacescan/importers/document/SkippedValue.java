package io.surfacescan.importers.document;

/// What a value that is not read turned out to be.
///
/// @param says whether it holds anything: null, false, "", [] and {} do not
/// @param isList whether it is a list, be it empty
/// @param list the list that it is by the keys of its objects: `vms`, `fw_rules`, or empty
/// @param goesOn whether it is an object with a key `continue` that holds something
record SkippedValue(boolean says, boolean isList, String list, boolean goesOn) {
  /// Before it is skipped.
  static final SkippedValue NOTHING = new SkippedValue(false, false, "", false);
}
