package io.surfacescan.report;

import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.text.Counted;
import java.util.Optional;

/// What became of the surface of one VM, in numbers.
record SurfaceRow(
    String vmId,
    Optional<String> name,
    int attackersBefore,
    int attackersAfter,
    int gained,
    int lost) {
  /// The columns between the id and the name.
  static final Columns<SurfaceRow> NUMBERS =
      new Columns<SurfaceRow>()
          .number("attackers_before", SurfaceRow::attackersBefore)
          .number("attackers_after", SurfaceRow::attackersAfter)
          .number("gained", SurfaceRow::gained)
          .number("lost", SurfaceRow::lost);

  static final Columns<SurfaceRow> COLUMNS =
      new Columns<SurfaceRow>()
          .text("vm_id", SurfaceRow::vmId)
          .lastName("name", SurfaceRow::name)
          .inline(NUMBERS, row -> row);

  /// `3 attackers before, 4 after (+2 -1)`
  void text(TextLines line) {
    line.words(Counted.of(attackersBefore, "attacker"));
    line.words(" before, " + attackersAfter + " after (" + signed(gained, lost) + ")");
  }

  /// `+2 -1`, without what is none; `no change` if nothing is.
  static String signed(int gained, int lost) {
    String more = gained > 0 ? "+" + gained : "";
    String less = lost > 0 ? "-" + lost : "";
    return gained == 0 && lost == 0 ? "no change" : (more + " " + less).strip();
  }
}
