package io.surfacescan.report.status;

import io.surfacescan.model.Environment;
import io.surfacescan.report.format.Json;
import io.surfacescan.report.format.JsonDocument;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// What could have been meant where what was asked for is not there, or is there several times.
///
/// @param nearest VMs whose id or name is spelled like the one asked for, nearest first
/// @param nearestTags tags spelled like the one asked for, nearest first
/// @param candidates VMs that have the name asked for
public record Alternatives(
    List<NamedVm> nearest, List<String> nearestTags, List<NamedVm> candidates) {
  public static final Alternatives NONE = new Alternatives(List.of(), List.of(), List.of());

  /// A VM apart from its environment.
  public record NamedVm(String id, Optional<String> name) {
    public static List<NamedVm> of(Environment environment, Collection<Integer> vms) {
      return vms.stream()
          .map(vm -> new NamedVm(environment.vmId(vm), environment.vmName(vm)))
          .toList();
    }
  }

  public Alternatives {
    nearest = List.copyOf(nearest);
    nearestTags = List.copyOf(nearestTags);
    candidates = List.copyOf(candidates);
  }

  public static Alternatives nearest(List<NamedVm> vms) {
    return new Alternatives(vms, List.of(), List.of());
  }

  public static Alternatives nearestTags(List<String> tags) {
    return new Alternatives(List.of(), tags, List.of());
  }

  public static Alternatives candidates(List<NamedVm> vms) {
    return new Alternatives(List.of(), List.of(), vms);
  }

  /// The members of a problem document, each only if there is something in it.
  void json(JsonGenerator json) {
    if (!nearest.isEmpty()) {
      JsonDocument.strings(json, "nearest", nearest.stream().map(NamedVm::id).toList());
      vms(json, "nearest_vms", nearest);
    }
    if (!nearestTags.isEmpty()) {
      JsonDocument.strings(json, "nearest_tags", nearestTags);
    }
    if (!candidates.isEmpty()) {
      vms(json, "candidates", candidates);
    }
  }

  private static void vms(JsonGenerator json, String member, List<NamedVm> vms) {
    json.writeArrayPropertyStart(member);
    for (var vm : vms) {
      json.writeStartObject();
      json.writeStringProperty("vm_id", vm.id());
      Json.stringOrNull(json, "name", vm.name());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
