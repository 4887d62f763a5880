package io.surfacescan.report;

import io.surfacescan.model.Environment;
import io.surfacescan.report.format.Json;
import io.surfacescan.report.format.JsonDocument;
import io.surfacescan.report.format.RowFormat;
import io.surfacescan.report.format.TextLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// How VMs with their exposure are written.
///
/// A JSON object is `{"vm_id", "name", "tags", "attackers", "direct_attackers", "blast_radius",
/// "direct_blast_radius", "on_cycle"}`; a CSV row has the same fields, in which `tags` is a JSON
/// array, because a tag may hold any separator.
///
/// @param withTags whether the tags are told
/// @param withAlike whether a row stands for several VMs and says so as `vms`
/// @param withHops whether the hops of the farthest attacker are told as `farthest_hops`, which is
///   null where they were not found in time
record ExposureListing(
    Environment environment, boolean withTags, boolean withAlike, boolean withHops)
    implements RowFormat<ExposedVm> {
  @Override
  public List<String> header() {
    var header = new ArrayList<>(List.of("vm_id", "name"));
    if (withTags) {
      header.add("tags");
    }
    header.addAll(
        List.of(
            "attackers", "direct_attackers", "blast_radius", "direct_blast_radius", "on_cycle"));
    if (withHops) {
      header.add("farthest_hops");
    }
    if (withAlike) {
      header.add("vms");
    }
    return header;
  }

  @Override
  public void json(JsonGenerator json, ExposedVm row) {
    var vm = environment.vm(row.vm());
    var exposure = row.exposure();
    json.writeStartObject();
    json.writeStringProperty("vm_id", vm.id());
    Json.stringOrNull(json, "name", vm.name());
    if (withTags) {
      JsonDocument.strings(json, "tags", vm.tags());
    }
    json.writeNumberProperty("attackers", exposure.attackers());
    json.writeNumberProperty("direct_attackers", exposure.directAttackers());
    json.writeNumberProperty("blast_radius", exposure.victims());
    json.writeNumberProperty("direct_blast_radius", exposure.directVictims());
    json.writeBooleanProperty("on_cycle", exposure.onCycle());
    if (withHops && row.farthestHops().isPresent()) {
      json.writeNumberProperty("farthest_hops", row.farthestHops().getAsInt());
    } else if (withHops) {
      json.writeNullProperty("farthest_hops");
    }
    if (withAlike) {
      json.writeNumberProperty("vms", row.alike().orElse(1));
    }
    json.writeEndObject();
  }

  @Override
  public void fields(TextLines line, ExposedVm row) {
    var vm = environment.vm(row.vm());
    var exposure = row.exposure();
    line.field(vm.id());
    if (vm.name().isPresent()) {
      line.field(vm.name().get());
    } else {
      line.noField();
    }
    if (withTags) {
      line.field(jsonArray(vm.tags()));
    }
    line.field(Integer.toString(exposure.attackers()));
    line.field(Integer.toString(exposure.directAttackers()));
    line.field(Integer.toString(exposure.victims()));
    line.field(Integer.toString(exposure.directVictims()));
    line.field(Boolean.toString(exposure.onCycle()));
    if (withHops && row.farthestHops().isPresent()) {
      line.field(Integer.toString(row.farthestHops().getAsInt()));
    } else if (withHops) {
      line.noField();
    }
    if (withAlike) {
      line.field(Integer.toString(row.alike().orElse(1)));
    }
  }

  private static String jsonArray(List<String> tags) {
    var bytes = new ByteArrayOutputStream();
    try {
      Json.write(
          bytes,
          json -> {
            json.writeStartArray();
            tags.forEach(json::writeString);
            json.writeEndArray();
          });
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes every byte", e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void text(TextLines line, ExposedVm row) {
    var exposure = row.exposure();
    line.vm(environment, row.vm());
    int alike = row.alike().orElse(1);
    if (withAlike && alike > 1) {
      line.words(" and " + (alike - 1) + " like it");
    }
    line.words(": " + counted(exposure.attackers(), exposure.directAttackers(), "attacker"));
    line.words(", " + counted(exposure.victims(), exposure.directVictims(), "victim"));
    if (withHops) {
      line.words(
          row.farthestHops().isPresent()
              ? ", farthest attacker " + counted(row.farthestHops().getAsInt(), "hop")
              : ", farthest attacker not found in time");
    }
    if (exposure.onCycle()) {
      line.words(", on a cycle");
    }
  }

  private static String counted(int count, int direct, String noun) {
    return counted(count, noun) + (count == 0 ? "" : " (" + direct + " direct)");
  }

  /// `no attackers`, `1 attacker`, `2 attackers`.
  static String counted(long count, String noun) {
    if (count == 0) {
      return "no " + noun + "s";
    }
    return count == 1 ? "1 " + noun : count + " " + noun + "s";
  }
}
