package io.surfacescan.report.format;

import java.io.IOException;
import tools.jackson.core.JsonGenerator;

/// What rows do not show: their last lines say so, because who counts rows must not take them for
/// all there are.
///
/// @param list the list that would have it, as the JSON names it
/// @param vms how many VMs are missing
public record OmittedRows(String list, int vms) {
  private static final String WORD = "truncated";

  /// Writes the object that says what is missing.
  ///
  /// @param kind the member that says of what kind a line is
  public void json(JsonGenerator json, String kind) {
    json.writeStartObject();
    json.writeStringProperty(kind, WORD);
    json.writeStringProperty("incomplete", list);
    json.writeNumberProperty("left_out", vms);
    json.writeEndObject();
    json.writeRaw('\n');
  }

  /// A row of which only the first field is there.
  public void csv(TextLines lines, int fields) throws IOException {
    lines.field(WORD + " " + list);
    for (int field = 1; field < fields; field++) {
      lines.noField();
    }
    lines.end();
  }
}
