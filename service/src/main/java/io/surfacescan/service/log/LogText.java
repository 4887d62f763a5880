package io.surfacescan.service.log;

import io.surfacescan.text.TerminalText;
import io.surfacescan.text.TokenFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Text on its way into a line of the log. Whatever it holds, it neither ends the line nor turns a
/// terminal or an order of reading around, is not longer than so much, and gives no token away.
final class LogText {
  private static final int LENGTH_MOST = 16 * 1024;
  private static final String CUT = "...";

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._:/@+,-]+");

  private static final Pattern PASSWORD =
      Pattern.compile("(?i)(password|passwd|pwd|access_token)=[^&\\s\"']*");

  private LogText() {}

  /// As it is, with what is not to be printed escaped.
  static String plain(String text) {
    return TerminalText.message(shortened(text));
  }

  /// In quotes.
  static String quoted(String text) {
    return TerminalText.quoted(shortened(text));
  }

  /// A value of a fact in a line for people.
  static String word(Object value) {
    String text =
        value instanceof List<?> list
            ? list.stream().map(Object::toString).collect(Collectors.joining(","))
            : value.toString();
    return text.length() <= LENGTH_MOST && WORD.matcher(text).matches()
        ? withoutSecrets(text)
        : quoted(text);
  }

  /// Without secrets, and not longer than a line may be.
  static String shortened(String text) {
    // A secret must not be half in and half out.
    String safe = withoutSecrets(text);
    return safe.length() <= LENGTH_MOST ? safe : safe.substring(0, LENGTH_MOST) + CUT;
  }

  private static String withoutSecrets(String text) {
    String safe = TokenFormat.withoutTokens(text);
    return safe.indexOf('=') < 0 ? safe : PASSWORD.matcher(safe).replaceAll("$1=***");
  }
}
