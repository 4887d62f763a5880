package io.surfacescan.cli.terminal;

import io.surfacescan.text.EditDistance;
import java.util.Optional;
import java.util.SequencedCollection;

/// The word that was probably meant, among a few.
public final class NearestWord {
  private NearestWord() {}

  /// The candidate with the least edits, if they are at most half of the word; of equals the first.
  public static Optional<String> of(String word, SequencedCollection<String> candidates) {
    Optional<String> nearest = Optional.empty();
    int least = Math.max(1, word.length() / 2) + 1;
    for (String candidate : candidates) {
      int edits = EditDistance.of(word, candidate);
      if (edits < least) {
        least = edits;
        nearest = Optional.of(candidate);
      }
    }
    return nearest;
  }
}
