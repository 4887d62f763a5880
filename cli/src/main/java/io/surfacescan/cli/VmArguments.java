package io.surfacescan.cli;

import io.surfacescan.model.Environment;
import io.surfacescan.report.NearestIds;
import io.surfacescan.report.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// VM ids as the user wrote them, looked up.
final class VmArguments {
  /// A person waits: long enough to look through millions.
  private static final long SEARCH_NANOS = 500_000_000L;

  private VmArguments() {}

  /// The VMs in the order of their ids.
  ///
  /// @throws Failure that names every unknown id, so that none is taken for a VM without attackers
  static List<Integer> find(Environment environment, List<String> ids) {
    var vms = new ArrayList<Integer>();
    var unknown = new ArrayList<String>();
    for (String id : ids) {
      var vm = environment.findVm(id);
      if (vm.isPresent()) {
        vms.add(vm.getAsInt());
      } else {
        unknown.add("no VM has the id `" + PlainText.of(id) + "`; " + remedy(environment, id));
      }
    }
    if (!unknown.isEmpty()) {
      throw new Failure(Exit.VM_NOT_FOUND, unknown);
    }
    return vms;
  }

  private static String remedy(Environment environment, String id) {
    long end = System.nanoTime() + SEARCH_NANOS;
    var near = NearestIds.of(environment, id, () -> System.nanoTime() - end < 0);
    return near.isEmpty()
        ? "nothing like it is in the environment"
        : near.stream()
            .map(PlainText::of)
            .collect(Collectors.joining("`, `", "did you mean `", "`?"));
  }
}
