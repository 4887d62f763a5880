package io.surfacescan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.EditedEnvironment;
import io.surfacescan.model.Edits;
import io.surfacescan.model.Environment;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.Vm;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Edits that share columns against an environment built anew from texts.
class EditedEnvironmentTest {
  @Test
  void of_isWhatAnEnvironmentBuiltAnewHolds() {
    Seeds.check(
        4_000,
        seed -> {
          var before = RandomEnvironments.of(seed);
          var beforeVms = vms(before, new BitSet());
          var beforeRules = before.rules();
          var edits = RandomEdits.of(before, seed);
          var edited = EditedEnvironment.of(before, edits);
          var rebuilt = RandomEdits.rebuilt(before, edits);

          assertThat(vms(edited.after(), edited.removedVms()))
              .isEqualTo(vms(rebuilt, new BitSet()));
          assertThat(edited.after().rules()).isEqualTo(rebuilt.rules());
          assertThat(vms(before, new BitSet())).isEqualTo(beforeVms);
          assertThat(before.rules()).isEqualTo(beforeRules);
          checkColumns(edited);
        });
  }

  private static List<Vm> vms(Environment environment, BitSet without) {
    var vms = new ArrayList<Vm>();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      if (!without.get(vm)) {
        vms.add(environment.vm(vm));
      }
    }
    return vms;
  }

  private static void checkColumns(EditedEnvironment edited) {
    var after = edited.after();
    var held = new HashSet<Integer>();
    for (int vm = 0; vm < after.vmCount(); vm++) {
      assertThat(after.vmId(vm)).isEqualTo(edited.before().vmId(vm));
      assertThat(after.findVm(after.vmId(vm))).hasValue(vm);
      held.add(after.tagListOf(vm));
      if (edited.removedVms().get(vm)) {
        assertThat(after.vm(vm).tags()).isEmpty();
      }
    }
    // A list without a VM would be a class without a VM: attacks would pass through nobody.
    if (!after.sharesVmsWith(edited.before())) {
      assertThat(held).hasSize(after.tagLists().size());
    }
    for (int tag = 0; tag < after.tagCount(); tag++) {
      assertThat(after.findTag(after.tag(tag))).hasValue(tag);
    }
    for (int tag = 0; tag < edited.before().tagCount(); tag++) {
      assertThat(after.tag(tag)).isEqualTo(edited.before().tag(tag));
    }
    var removed = edited.removedRules();
    var left = new ArrayList<>(edited.before().rules());
    removed.reversed().forEach(rule -> left.remove((int) rule));
    assertThat(after.rules().subList(0, after.ruleCount() - edited.addedRules())).isEqualTo(left);
  }

  @Test
  void of_rulesOnly_sharesTheColumnsOfVms() throws Exception {
    var before = RandomEnvironments.of(1);
    var edits =
        new Edits(
            List.of(),
            List.of(new FirewallRule(Optional.empty(), "x", "y")),
            List.of(),
            List.of(),
            List.of());
    var after = EditedEnvironment.of(before, edits).after();
    assertThat(after.sharesVmsWith(before)).isTrue();
    assertThat(after.vmIds()).isSameAs(before.vmIds());
    assertThat(after.ruleCount()).isEqualTo(before.ruleCount() + 1);
  }
}
