package io.surfacescan.testkit;

import io.surfacescan.model.Environment;
import io.surfacescan.model.Services;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Who may talk with whom directly, worked out from an environment's rules one by one.
///
/// @param sure by `FROM -> TO`, what rules that are not assumed let through
/// @param atMost what all rules let through
public record DirectPairs(Map<String, Services> sure, Map<String, Services> atMost) {
  public static DirectPairs of(Environment environment) {
    var vmsOfTag = new ArrayList<List<String>>();
    for (int tag = 0; tag < environment.tagCount(); tag++) {
      vmsOfTag.add(new ArrayList<>());
    }
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      var id = environment.vmId(vm);
      for (String tag : environment.vm(vm).tags()) {
        vmsOfTag.get(environment.findTag(tag).orElseThrow()).add(id);
      }
    }
    Map<String, Services> sure = new TreeMap<>();
    Map<String, Services> atMost = new TreeMap<>();
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      var details = environment.ruleDetails(rule);
      for (String from : vmsOfTag.get(environment.sourceTag(rule))) {
        for (String to : vmsOfTag.get(environment.destTag(rule))) {
          if (!from.equals(to)) {
            String pair = from + " -> " + to;
            atMost.merge(pair, details.services(), Services::or);
            if (details.assumed().isEmpty()) {
              sure.merge(pair, details.services(), Services::or);
            }
          }
        }
      }
    }
    return new DirectPairs(sure, atMost);
  }
}
