package io.surfacescan.report.format;

/// Text of the environment inside the quotes of a label, so that the picture shows what a line of
/// plain text would.
public final class DrawnText {
  private DrawnText() {}

  /// For Graphviz, where a backslash starts an escape and `&` an HTML entity, inside quotes too.
  public static String dot(String text) {
    return PlainText.of(text).replace("\\", "\\\\").replace("\"", "\\\"").replace("&", "&amp;");
  }

  /// For Mermaid, which reads some punctuation as Markdown, HTML or the end of a statement even
  /// inside quotes: all ASCII but letters, digits and the harmless is written as `#` code `;`.
  public static String mermaid(String text) {
    var drawn = new StringBuilder();
    PlainText.of(text)
        .codePoints()
        .forEach(c -> {
          if (c >= 0x80 || isHarmless(c)) {
            drawn.appendCodePoint(c);
          } else {
            drawn.append('#').append(c).append(';');
          }
        });
    return drawn.toString();
  }

  private static boolean isHarmless(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || " -./:()".indexOf(c) >= 0;
  }
}
