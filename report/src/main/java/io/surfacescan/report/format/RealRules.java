package io.surfacescan.report.format;

import io.surfacescan.model.Origin;
import io.surfacescan.model.Place;
import java.util.List;
import java.util.Optional;

/// How documents name real rules: by their id, and where they stand.
public final class RealRules {
  /// Where something stands: `file`, `line` and `column`, none of them if that is not known.
  public static final Columns<Optional<Place>> PLACE =
      new Columns<Optional<Place>>()
          .only(
              Optional::isPresent,
              one ->
                  one.text("file", place -> place.orElseThrow().file())
                      .number("line", place -> place.orElseThrow().line())
                      .number("column", place -> place.orElseThrow().column()));

  /// Those of a real rule.
  public static final Columns<Origin> COLUMNS =
      new Columns<Origin>()
          .text("id", Origin::id)
          .text("gate", Origin::gate)
          .inline(PLACE, Origin::place)
          .text("text", Origin::text);

  private RealRules() {}

  /// `sgr-1 at sg.json:4:7`, before anything is escaped.
  public static String words(Origin origin) {
    return origin.place().map(place -> origin.id() + " at " + place).orElse(origin.id());
  }

  /// `sgr-1 at sg.json:4:7, sgr-2 at sg.json:9:7`
  public static void text(TextLines lines, List<Origin> origins) {
    String before = "";
    for (var origin : origins) {
      lines.words(before).text(words(origin));
      before = ", ";
    }
  }
}
