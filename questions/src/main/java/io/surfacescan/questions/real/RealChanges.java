package io.surfacescan.questions.real;

import io.surfacescan.model.Edits.RuleScope;
import io.surfacescan.model.Origin;
import java.util.List;

/// What edits change in a real environment.
///
/// @param removed real rules that are gone
/// @param narrowed real rules that are left for a part of what they allowed
/// @param added rules that came beside real ones
public record RealChanges(List<Origin> removed, List<Changed> narrowed, List<Changed> added) {
  public static final RealChanges NONE = new RealChanges(List.of(), List.of(), List.of());

  /// A real rule, and what it is to be about, or what one beside it is.
  public record Changed(Origin rule, RuleScope scope) {}

  public RealChanges {
    removed = List.copyOf(removed);
    narrowed = List.copyOf(narrowed);
    added = List.copyOf(added);
  }

  public boolean areNone() {
    return removed.isEmpty() && narrowed.isEmpty() && added.isEmpty();
  }
}
