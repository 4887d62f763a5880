package io.surfacescan.importers.terraform;

import io.surfacescan.importers.json.SourceOffset;

/// An instance of a resource or a data source, at one time.
///
/// @param text the address as the document has it
/// @param values what is known of it
/// @param unknown true where the values are known only after a plan was applied; the same shape as
///   the values
/// @param sensitive true where they must not be shown, likewise
/// @param source the number of the source that it stands in
/// @param offset where it starts there
/// @param action what the plan does with it: `create`, `update`, `replace`, …; empty in a state
record TerraformResource(
    ResourceAddress address,
    String text,
    JsonValue values,
    JsonValue unknown,
    JsonValue sensitive,
    int source,
    long offset,
    String action) {
  String type() {
    return address.type();
  }

  SourceOffset spot() {
    return new SourceOffset(source, offset);
  }

  /// What identifies it at the provider; empty if it is not known yet.
  String id() {
    return values.get("id").text();
  }

  /// Whether a plan makes or changes it.
  boolean isChanged() {
    return isNew() || action.equals("update");
  }

  /// Whether what there was before the plan is gone after it.
  boolean isGone() {
    return action.equals("delete") || action.equals("replace");
  }

  boolean isNew() {
    return action.equals("create") || action.equals("replace");
  }
}
