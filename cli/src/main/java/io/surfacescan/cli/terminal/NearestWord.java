package io.surfacescan.cli.terminal;

import java.util.Optional;
import java.util.SequencedCollection;

/// The word that was probably meant, among a few.
public final class NearestWord {
  private NearestWord() {}

  /// The candidate with the least edits (Levenshtein), if they are at most half of the word; of
  /// equals the first.
  public static Optional<String> of(String word, SequencedCollection<String> candidates) {
    Optional<String> nearest = Optional.empty();
    int least = Math.max(1, word.length() / 2) + 1;
    for (String candidate : candidates) {
      int edits = edits(word, candidate);
      if (edits < least) {
        least = edits;
        nearest = Optional.of(candidate);
      }
    }
    return nearest;
  }

  private static int edits(String from, String to) {
    int[] above = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      above[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[to.length() + 1];
      current[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int replaced = above[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
        current[column] = Math.min(replaced, 1 + Math.min(above[column], current[column - 1]));
      }
      above = current;
    }
    return above[to.length()];
  }
}
