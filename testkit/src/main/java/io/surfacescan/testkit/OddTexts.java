package io.surfacescan.testkit;

import java.util.List;
import java.util.random.RandomGenerator;

/// Texts that break what escapes, joins, splits, folds or normalises them carelessly.
///
/// Made of few pieces, so that near-duplicates come up often: `a` and `A`, an accented letter in
/// one code point and in two, a separator inside a text and two texts with it between them.
public final class OddTexts {
  /// The pieces that odd texts are joined from; each is a valid text by itself.
  public static final List<String> PIECES =
      List.of(
          "a",
          "A",
          "b",
          "vm-1",
          "0",
          "null",
          "true",
          " ",
          "  ",
          "\"",
          "\\",
          "/",
          "'",
          "`",
          "<",
          ">",
          "&",
          "|",
          ",",
          ";",
          ":",
          "=",
          "+",
          "%",
          "%2F",
          "?",
          "#",
          "{",
          "]",
          "$",
          "../",
          "\n",
          "\r\n",
          "\t",
          "\b",
          "\u0000",
          "\u001b[31m",
          "\u007f",
          "\u0085",
          "\u2028",
          "\ufeff",
          "\u200d",
          "\u202e",
          "é",
          "e\u0301",
          "ß",
          "İ",
          "Ａ",
          "ﬁ",
          "日本",
          "\uffff",
          "😀",
          "👩\u200d🚀",
          "𝄞",
          "\udbff\udfff");

  private OddTexts() {}

  /// One to four random pieces; never empty, never with a lone surrogate.
  public static String of(RandomGenerator random) {
    var text = new StringBuilder();
    for (int pieces = 1 + random.nextInt(4); pieces > 0; pieces--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }
}
