package io.surfacescan.importers.cloud;

import io.surfacescan.text.EditDistance;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The keys of one document of an export: those that are read, and those that look like one of them
/// which decides what a rule means. Each key is looked at once; vendors write many that nobody
/// reads.
public final class ExportKeys {
  /// So many keys are remembered; a document may be full of others.
  private static final int REMEMBERED_MAX = 10_000;

  private static final int LENGTH_MAX = 60;
  private static final int LENGTH_LEAST = 4;
  private static final int LENGTH_FOR_TWO_EDITS = 8;

  /// Words for what the keys of a vendor say otherwise, too far from them to be a slip.
  private static final Map<String, String> WORDS = Map.of("deny", "denied", "allow", "allowed");

  private final Set<String> kept;
  private final Set<String> meaningful;
  private final Map<String, String> meant = new HashMap<>();

  /// @param kept every key that is asked for, at any depth
  /// @param meaningful those of them that decide what a rule means
  public ExportKeys(Set<String> kept, Set<String> meaningful) {
    this.kept = kept;
    this.meaningful = meaningful;
  }

  boolean isKept(String key) {
    return kept.contains(key);
  }

  /// The key that this one, which is not read, looks like: but for case and for what separates
  /// words it is the same, or one slip away, in a long word two; empty if there is none.
  public String meant(String key) {
    String known = meant.get(key);
    if (known == null) {
      known = nearest(key);
      if (meant.size() < REMEMBERED_MAX) {
        meant.put(key, known);
      }
    }
    return known;
  }

  private String nearest(String key) {
    String folded = folded(key);
    if (folded.length() < LENGTH_LEAST || folded.length() > LENGTH_MAX) {
      return "";
    }
    String word = WORDS.getOrDefault(folded, "");
    if (meaningful.contains(word)) {
      return word;
    }
    String best = "";
    int bestEdits = Integer.MAX_VALUE;
    for (String some : meaningful) {
      String other = folded(some);
      int most = Math.min(other.length(), folded.length()) < LENGTH_FOR_TWO_EDITS ? 1 : 2;
      int edits =
          Math.abs(other.length() - folded.length()) > most
              ? Integer.MAX_VALUE
              : EditDistance.of(folded, other);
      boolean isBetter = edits < bestEdits || (edits == bestEdits && some.compareTo(best) < 0);
      if (edits <= most && isBetter) {
        best = some;
        bestEdits = edits;
      }
    }
    return best;
  }

  private static String folded(String key) {
    return key.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }
}
