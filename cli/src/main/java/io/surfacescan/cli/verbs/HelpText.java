package io.surfacescan.cli.verbs;

/// What picocli knows of verbs and flags, as text that stands elsewhere than in its help.
final class HelpText {
  private HelpText() {}

  /// All of a description, in one line.
  static String whole(String... description) {
    return String.join(" ", description).replace("$$", "$").strip();
  }

  /// Its first sentence, without the full stop.
  static String firstSentence(String... description) {
    String all = whole(description);
    int end = all.indexOf(". ");
    String first = end < 0 ? all : all.substring(0, end);
    return first.replaceFirst("\\.$", "");
  }
}
