package io.surfacescan.snapshot;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackSurface;
import io.surfacescan.engine.BlastRadius;
import io.surfacescan.importers.Imported;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Environment;
import io.surfacescan.reachability.Endpoint;
import io.surfacescan.reachability.lowering.Lowered;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// All that can be asked of what was read, one fact a line, so that two can be compared.
final class Facts {
  private Facts() {}

  static List<String> of(Environment environment) {
    var facts = new ArrayList<String>();
    facts.add("complete " + environment.isComplete());
    facts.add("external " + environment.externalCount());
    facts.add("details " + environment.hasVmDetails() + " " + environment.hasRuleDetails());
    facts.add("internet " + Arrays.toString(environment.internet()));
    facts.add("carried " + Arrays.toString(environment.vmsPerTag()));
    for (int tag = 0; tag < environment.tagCount(); tag++) {
      String text = environment.tag(tag);
      facts.add("tag " + text + " " + environment.findTag(text));
    }
    for (int list = 0; list < environment.tagLists().size(); list++) {
      facts.add("list " + environment.tagLists().length(list));
    }
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      var view = environment.vm(vm);
      facts.add(vm + " " + view + " " + environment.vmDetails(vm));
      facts.add("found " + environment.findVm(view.id()) + " in " + environment.tagListOf(vm));
      facts.add(
          "named "
              + Arrays.toString(
                  environment.vmsNamed(view.name().orElse(""), environment.vmCount())));
      for (String address : environment.vmDetails(vm).addresses()) {
        AddressRange.parse(address)
            .ifPresent(range ->
                facts.add("at " + Arrays.toString(environment.vmsAt(range, some -> true, 9))));
      }
    }
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      facts.add(environment.rule(rule) + " " + environment.ruleDetails(rule));
    }
    facts.add("none " + environment.findVm("no such VM") + environment.findTag("no such tag"));
    return facts;
  }

  static List<String> of(AttackGraph graph) {
    var facts = new ArrayList<String>();
    facts.add("stored " + graph.hasAllStored() + " " + graph.externals());
    for (int vm = 0; vm < graph.environment().vmCount(); vm++) {
      facts.add(
          graph.rankOf(vm)
              + " "
              + graph.isOnCycle(vm)
              + " "
              + AttackSurface.of(graph, vm).attackers()
              + " "
              + BlastRadius.of(graph, vm).victims()
              + " "
              + AttackSurface.within(graph, vm, 1).attackers());
    }
    return facts;
  }

  static List<String> of(Lowered lowered) {
    var facts = new ArrayList<String>();
    lowered.model().endpoints().forEach(endpoint -> facts.add(text(endpoint)));
    lowered.model().outsides().forEach(outside -> facts.add(outside.toString()));
    lowered.model().gates().forEach(gate -> facts.add(gate.toString()));
    lowered.model().links().forEach(link -> facts.add(link.toString()));
    facts.add(lowered.model().realRules().toString());
    facts.add(lowered.externals().toString());
    facts.add(lowered.warnings().toString());
    return facts;
  }

  private static String text(Endpoint endpoint) {
    return String.join(
        " ",
        endpoint.id(),
        endpoint.name().toString(),
        endpoint.kind().toString(),
        endpoint.scope().toString(),
        endpoint.labels().toString(),
        endpoint.addresses().toString(),
        endpoint.interfaces().toString());
  }

  static List<String> of(Imported imported) {
    var facts = new ArrayList<String>(of(imported.environment()));
    facts.add(imported.version());
    facts.add(imported.problems().toString());
    imported
        .export()
        .ifPresent(export -> {
          facts.add(export.parts().toString());
          facts.addAll(of(export.lowered()));
        });
    imported
        .locations()
        .ifPresent(places -> {
          for (int vm = 0; vm < imported.environment().vmCount(); vm++) {
            facts.add(places.ofVm(vm).toString());
          }
          for (int rule = 0; rule < imported.environment().ruleCount(); rule++) {
            facts.add(places.ofRule(rule).toString());
          }
        });
    return facts;
  }

  static List<String> of(Reading reading) {
    var facts = new ArrayList<String>(of(reading.imported()));
    facts.addAll(of(reading.graph()));
    return facts;
  }
}
