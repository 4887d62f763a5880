package io.surfacescan.report;

import io.surfacescan.report.format.Json;
import io.surfacescan.report.format.TextLines;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// What became of the surface of one VM, in numbers.
record SurfaceRow(
    String vmId,
    Optional<String> name,
    int attackersBefore,
    int attackersAfter,
    int gained,
    int lost) {
  static final List<String> HEADER =
      List.of("vm_id", "attackers_before", "attackers_after", "gained", "lost", "name");

  /// Writes the members of an object that is open.
  void json(JsonGenerator json) {
    json.writeStringProperty("vm_id", vmId);
    Json.stringOrNull(json, "name", name);
    json.writeNumberProperty("attackers_before", attackersBefore);
    json.writeNumberProperty("attackers_after", attackersAfter);
    json.writeNumberProperty("gained", gained);
    json.writeNumberProperty("lost", lost);
  }

  void fields(TextLines row) {
    row.field(vmId);
    numbers(row);
    row.fieldOrNone(name);
  }

  /// The fields between the id and the name.
  void numbers(TextLines row) {
    for (int number : new int[] {attackersBefore, attackersAfter, gained, lost}) {
      row.field(Integer.toString(number));
    }
  }

  /// `3 attackers before, 4 after (+2 -1)`
  void text(TextLines line) {
    line.words(attackersBefore == 1 ? "1 attacker" : attackersBefore + " attackers");
    line.words(" before, " + attackersAfter + " after (" + signed(gained, lost) + ")");
  }

  /// `+2 -1`, without what is none; `no change` if nothing is.
  static String signed(int gained, int lost) {
    String more = gained > 0 ? "+" + gained : "";
    String less = lost > 0 ? "-" + lost : "";
    return gained == 0 && lost == 0 ? "no change" : (more + " " + less).strip();
  }
}
