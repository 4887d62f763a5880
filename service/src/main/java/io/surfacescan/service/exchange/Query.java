package io.surfacescan.service.exchange;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The parameters of a request, read strictly: a parameter that would silently be dropped, merged
/// or misread could widen an answer or narrow it, so it is refused.
///
/// Read from the raw query because the usual decoders split at `;`, replace what is not UTF-8 and
/// stop at some number of parameters.
public final class Query {
  private static final int SHOWN_CODE_POINTS = 200;

  private final Map<String, List<String>> values;

  private Query(Map<String, List<String>> values) {
    this.values = values;
  }

  /// Decodes `name=value&name=value`, where `+` is a space.
  ///
  /// @param raw one char per byte that was sent, without the question mark
  /// @param known the names that may stand in it
  public static Query of(String raw, Set<String> known) throws Refusal {
    return of(raw, known, Set.of());
  }

  /// As the other, with parameters that may be given several times.
  public static Query of(String raw, Set<String> known, Set<String> repeatable) throws Refusal {
    var values = new LinkedHashMap<String, List<String>>();
    int start = 0;
    while (start <= raw.length()) {
      int end = raw.indexOf('&', start);
      if (end < 0) {
        end = raw.length();
      }
      if (end > start) {
        add(raw, start, end, known, repeatable, values);
      }
      start = end + 1;
    }
    return new Query(values);
  }

  private static void add(
      String raw,
      int start,
      int end,
      Set<String> known,
      Set<String> repeatable,
      Map<String, List<String>> values)
      throws Refusal {
    int equals = raw.indexOf('=', start);
    boolean hasValue = equals >= 0 && equals < end;
    String name = decode(raw, start, hasValue ? equals : end);
    if (!known.contains(name)) {
      throw new Refusal(
          Refusal.Kind.UNKNOWN_PARAMETER,
          "There is no parameter "
              + shown(name)
              + " here; "
              + (known.isEmpty()
                  ? "this path has none."
                  : "the parameters are " + String.join(", ", known.stream().sorted().toList()))
              + (known.isEmpty() ? "" : "."));
    }
    String value = hasValue ? decode(raw, equals + 1, end) : "";
    var before = values.put(name, List.of(value));
    if (before == null) {
      return;
    }
    if (!repeatable.contains(name)) {
      throw new Refusal(
          Refusal.Kind.REPEATED_PARAMETER,
          "The parameter " + shown(name) + " may be given only once.");
    }
    var all = new ArrayList<>(before);
    all.add(value);
    values.put(name, List.copyOf(all));
  }

  private static String decode(String raw, int start, int end) throws Refusal {
    byte[] bytes = new byte[end - start];
    int length = 0;
    for (int at = start; at < end; at++) {
      char c = raw.charAt(at);
      if (c == '+') {
        bytes[length++] = ' ';
      } else if (c != '%') {
        bytes[length++] = (byte) c;
      } else {
        int high = at + 1 < end ? Character.digit(raw.charAt(at + 1), 16) : -1;
        int low = at + 2 < end ? Character.digit(raw.charAt(at + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw new Refusal(
              Refusal.Kind.MALFORMED_QUERY,
              "A % in the query must be followed by two hexadecimal digits; write % itself as %25.");
        }
        bytes[length++] = (byte) (high << 4 | low);
        at += 2;
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new Refusal(
          Refusal.Kind.MALFORMED_QUERY,
          "The query must be UTF-8, percent-encoded; some of its bytes are not.");
    }
  }

  /// The parameters as they were given, decoded.
  public Map<String, List<String>> values() {
    return Collections.unmodifiableMap(values);
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  public Optional<String> text(String name) throws Refusal {
    var given = texts(name);
    return given.isEmpty() ? Optional.empty() : Optional.of(given.getFirst());
  }

  /// All values of a parameter that may be given several times, as they came.
  public List<String> texts(String name) throws Refusal {
    var given = values.getOrDefault(name, List.of());
    if (given.contains("")) {
      throw new Refusal(Refusal.Kind.EMPTY_PARAMETER, "The parameter " + name + " is empty.");
    }
    return given;
  }

  public String required(String name) throws Refusal {
    return text(name)
        .orElseThrow(() ->
            new Refusal(
                Refusal.Kind.MISSING_PARAMETER,
                "The parameter " + name + " is missing; add ?" + name + "=…"));
  }

  /// An integer of at least 0 or 1; what is larger than an int counts as the largest int, since
  /// neither hops nor VMs go beyond it.
  public OptionalInt number(String name, int least) throws Refusal {
    var text = text(name);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    int number = number(name, text.get(), least);
    if (number < least) {
      throw notFrom(name, text.get(), least);
    }
    return OptionalInt.of(number);
  }

  private static int number(String name, String digits, int least) throws Refusal {
    if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw notFrom(name, digits, least);
    }
    String significant = digits.replaceFirst("^0+(?=.)", "");
    return significant.length() > 18
        ? Integer.MAX_VALUE
        : (int) Math.min(Integer.MAX_VALUE, Long.parseLong(significant));
  }

  private static Refusal notFrom(String name, String value, int least) {
    return new Refusal(
        Refusal.Kind.INVALID_PARAMETER,
        "The parameter "
            + name
            + " is "
            + shown(value)
            + "; it must be an integer from "
            + least
            + ".");
  }

  /// `true` or `false`; false if it is not given.
  public boolean flag(String name) throws Refusal {
    return switch (text(name).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw notOneOf(name, List.of("true", "false"));
    };
  }

  /// One of the words of an enum, which are its constants in lower case with hyphens.
  public <E extends Enum<E>> Optional<E> word(String name, Class<E> words) throws Refusal {
    var text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    for (var constant : words.getEnumConstants()) {
      if (word(constant).equals(text.get())) {
        return Optional.of(constant);
      }
    }
    throw notOneOf(name, Arrays.stream(words.getEnumConstants()).map(Query::word).toList());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private Refusal notOneOf(String name, List<String> words) {
    return new Refusal(
        Refusal.Kind.INVALID_PARAMETER,
        "The parameter "
            + name
            + " is "
            + shown(values.getOrDefault(name, List.of("")).getFirst())
            + "; it must be one of "
            + String.join(", ", words)
            + ".");
  }

  /// A value as it stands in a query.
  public static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /// A value in quotes for a message, cut where it is too long to be read.
  public static String shown(String value) {
    if (value.codePointCount(0, value.length()) <= SHOWN_CODE_POINTS) {
      return '"' + value + '"';
    }
    return '"' + value.substring(0, value.offsetByCodePoints(0, SHOWN_CODE_POINTS)) + "…\"";
  }
}
