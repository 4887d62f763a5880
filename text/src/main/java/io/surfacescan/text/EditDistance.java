package io.surfacescan.text;

/// How many slips of the keyboard lie between two words: characters left out, added, replaced, and
/// neighbours swapped (optimal string alignment).
public final class EditDistance {
  private EditDistance() {}

  /// Cost: the product of both lengths.
  public static int of(String left, String right) {
    int[] beforeThat = new int[right.length() + 1];
    int[] before = new int[right.length() + 1];
    int[] current = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      current[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int[] free = beforeThat;
      beforeThat = before;
      before = current;
      current = free;
      current[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        boolean same = left.charAt(i - 1) == right.charAt(j - 1);
        int least =
            Math.min(before[j - 1] + (same ? 0 : 1), 1 + Math.min(before[j], current[j - 1]));
        if (i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1)) {
          least = Math.min(least, beforeThat[j - 2] + 1);
        }
        current[j] = least;
      }
    }
    return current[right.length()];
  }
}
