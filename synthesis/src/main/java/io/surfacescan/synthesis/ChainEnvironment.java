package io.surfacescan.synthesis;

import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.Vm;
import java.util.ArrayList;
import java.util.Optional;

/// [Shape#CHAIN].
final class ChainEnvironment extends SeededEnvironment {
  private final int stations;
  private final Permutation vmOrder;
  private final Permutation ruleOrder;

  ChainEnvironment(int vms, int tags, int rules, long seed) {
    super(vms, tags, rules, seed);
    require(rules < tags, "a chain of " + tags + " tags has at most " + (tags - 1) + " rules");
    require(rules < vms, "a chain of " + vms + " VMs has at most " + (vms - 1) + " rules");
    stations = rules + 1;
    vmOrder = vmOrder();
    ruleOrder = ruleOrder();
  }

  @Override
  public Vm vm(int index) {
    int station = (int) (vmOrder.at(index) % stations);
    var tags = new ArrayList<String>();
    for (int tag = firstTag(station); tag < firstTag(station + 1); tag++) {
      tags.add(tag(tag));
    }
    return new Vm(vmId(index), Optional.of("station-" + padded(station, digits(stations))), tags);
  }

  private int firstTag(int station) {
    return (int) ((long) station * tagCount() / stations);
  }

  @Override
  public FirewallRule rule(int index) {
    int next = firstTag((int) ruleOrder.at(index) + 1);
    return rule(index, tag(next - 1), tag(next));
  }

  private String tag(int tag) {
    return "link-" + padded(tag, digits(tagCount()));
  }
}
