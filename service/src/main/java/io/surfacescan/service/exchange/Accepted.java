package io.surfacescan.service.exchange;

import io.surfacescan.report.format.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a client says it can take (RFC 9110, section 12).
public final class Accepted {
  /// One element of an `Accept` or `Accept-Encoding` list.
  private record Choice(String value, double quality) {}

  private static final int IN_NO_RANGE = -1;

  private Accepted() {}

  /// The format that the client likes best. Among those it likes the same, one that it names beats
  /// one that only a wildcard covers, then the one named first wins, then the first offered.
  ///
  /// @param header all `Accept` values joined by commas, or null, which accepts everything
  /// @param offered not empty
  public static Optional<Format> format(@Nullable String header, List<Format> offered) {
    if (header == null || header.isBlank()) {
      return Optional.of(offered.getFirst());
    }
    var choices = choices(header);
    Format best = null;
    double bestQuality = 0;
    int bestRank = Integer.MAX_VALUE;
    for (var format : offered) {
      int place = mostSpecific(choices, format.mediaType());
      if (place == IN_NO_RANGE) {
        continue;
      }
      double quality = choices.get(place).quality();
      int rank = (2 - specificity(choices.get(place).value())) * choices.size() + place;
      if (quality > bestQuality || (quality > 0 && quality == bestQuality && rank < bestRank)) {
        best = format;
        bestQuality = quality;
        bestRank = rank;
      }
    }
    return Optional.ofNullable(best);
  }

  /// Whether the client names a media type as one that it takes; a wildcard names none.
  ///
  /// @param header all `Accept` values joined by commas, or null
  public static boolean names(@Nullable String header, String mediaType) {
    return header != null
        && choices(header).stream()
            .anyMatch(choice -> choice.value().equals(mediaType) && choice.quality() > 0);
  }

  private static int mostSpecific(List<Choice> choices, String mediaType) {
    int found = IN_NO_RANGE;
    for (int i = 0; i < choices.size(); i++) {
      String range = choices.get(i).value();
      if (covers(range, mediaType)
          && (found == IN_NO_RANGE
              || specificity(range) > specificity(choices.get(found).value()))) {
        found = i;
      }
    }
    return found;
  }

  private static boolean covers(String range, String mediaType) {
    return switch (specificity(range)) {
      case 0 -> true;
      case 1 -> mediaType.startsWith(range.substring(0, range.length() - 1));
      default -> range.equals(mediaType);
    };
  }

  private static int specificity(String range) {
    if (range.equals("*/*")) {
      return 0;
    }
    return range.endsWith("/*") ? 1 : 2;
  }

  /// Whether gzip is welcome, at least as much as no coding at all.
  ///
  /// @param header all `Accept-Encoding` values joined by commas, or null, which asks for none
  public static boolean gzip(@Nullable String header) {
    if (header == null) {
      return false;
    }
    double gzip = -1;
    double identity = -1;
    double any = -1;
    for (var choice : choices(header)) {
      switch (choice.value()) {
        case "gzip", "x-gzip" -> gzip = choice.quality();
        case "identity" -> identity = choice.quality();
        case "*" -> any = choice.quality();
        default -> {}
      }
    }
    double wanted = gzip >= 0 ? gzip : any;
    return wanted > 0 && wanted >= identity;
  }

  private static List<Choice> choices(String header) {
    var choices = new ArrayList<Choice>();
    for (String element : header.split(",", -1)) {
      String[] parts = element.split(";", -1);
      String value = parts[0].strip().toLowerCase(Locale.ROOT);
      if (!value.isEmpty()) {
        choices.add(new Choice(value, quality(parts)));
      }
    }
    return choices;
  }

  /// The `q` of an element; what is no number from 0 to 1 makes the element unacceptable.
  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
      if (parameter.startsWith("q=")) {
        String number = parameter.substring(2).strip();
        return number.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(number) : 0;
      }
    }
    return 1;
  }
}
