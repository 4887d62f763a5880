package io.surfacescan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AttackSurfaceTest {
  @Test
  void of_goesOverAVmThatHoldsBothTags() {
    var environment =
        new EnvironmentBuilder()
            .vm("A", "a")
            .vm("M", "b", "c")
            .vm("X", "d")
            .rule("r1", "a", "b")
            .rule("r2", "c", "d")
            .build();
    assertThat(surface(environment, "X")).containsExactly("A", "M");
    assertThat(surface(environment, "M")).containsExactly("A");
    assertThat(surface(environment, "A")).isEmpty();
  }

  @Test
  void of_leavesOutTheVmItselfButNotItsSiblings_onACycle() {
    var environment =
        new EnvironmentBuilder()
            .vm("v0", "a")
            .vm("v1", "a")
            .vm("v2", "b")
            .rule("r1", "a", "b")
            .rule("r2", "b", "a")
            .build();
    assertThat(surface(environment, "v0")).containsExactly("v1", "v2");
    assertThat(surface(environment, "v1")).containsExactly("v0", "v2");
    assertThat(surface(environment, "v2")).containsExactly("v0", "v1");
  }

  @Test
  void of_doesNotGoOverATagThatNobodyCarries() {
    var environment =
        new EnvironmentBuilder()
            .vm("A", "a")
            .vm("C", "c")
            .rule("r1", "a", "b")
            .rule("r2", "b", "c")
            .build();
    assertThat(surface(environment, "C")).isEmpty();
  }

  @Test
  void of_namesAForkOnceInEachSurface() {
    var environment =
        new EnvironmentBuilder()
            .vm("M", "a", "b")
            .vm("X", "x")
            .vm("Y", "y")
            .rule("r1", "a", "x")
            .rule("r2", "b", "y")
            .build();
    assertThat(surface(environment, "X")).containsExactly("M");
    assertThat(surface(environment, "Y")).containsExactly("M");
  }

  @Test
  void of_classWithManyRoles_goesThroughItsHub() {
    // The hub VM carries 10,000 tags: 5,000 that attackers reach and 5,000 that it attacks through.
    var builder = new EnvironmentBuilder();
    var carried = new TreeSet<String>();
    for (int i = 0; i < 5_000; i++) {
      carried.add("in" + i);
      carried.add("out" + i);
      builder.rule("r" + i, "a" + i, "in" + i).rule("s" + i, "out" + i, "b" + i);
    }
    builder.vm("hub", null, carried);
    for (int i = 0; i < 5_000; i += 100) {
      builder.vm("from" + i, "a" + i).vm("to" + i, "b" + i);
    }
    var environment = builder.build();
    assertThat(surface(environment, "to4900")).hasSize(51).contains("hub", "from0", "from4900");
    assertThat(surface(environment, "from0")).isEmpty();
  }

  @Test
  void of_millionVmChain_needsNoRecursion() {
    int vms = 1_000_000;
    var builder = new EnvironmentBuilder();
    for (int i = 0; i < vms; i++) {
      builder.vm("vm-" + i, "t" + i);
    }
    for (int i = 1; i < vms; i++) {
      builder.rule("fw-" + i, "t" + (i - 1), "t" + i);
    }
    var environment = builder.build();
    var graph = AttackGraph.of(environment);
    int last = vms - 1;
    assertThat(AttackSurface.of(graph, last).attackers().size()).isEqualTo(last);
    assertThat(AttackSurface.of(graph, 500_000).attackers().size()).isEqualTo(500_000);
    assertThat(AttackSurface.within(graph, last, 3).attackers().size()).isEqualTo(3);
    assertThat(AttackSurface.within(graph, last, Integer.MAX_VALUE).attackers())
        .isEqualTo(AttackSurface.of(graph, last).attackers());
    assertThat(AttackPath.of(graph, 0, last).orElseThrow().hops()).hasSize(last);
    assertThat(AttackSurface.of(graph, 0).attackers().isEmpty()).isTrue();

    var noBudget = AttackGraph.of(environment, new MemoryBudget(0, 0));
    assertThat(AttackSurface.of(noBudget, last).attackers().size()).isEqualTo(last);
  }

  @Test
  void of_oneGiantCycle_isEveryOtherVm() {
    int vms = 100_000;
    var builder = new EnvironmentBuilder();
    for (int i = 0; i < vms; i++) {
      builder.vm("vm-" + i, "t" + i).rule("fw-" + i, "t" + i, "t" + (i + 1) % vms);
    }
    var graph = AttackGraph.of(builder.build());
    for (int vm : new int[] {0, 1, vms / 2, vms - 1}) {
      var attackers = AttackSurface.of(graph, vm).attackers();
      assertThat(attackers.size()).isEqualTo(vms - 1);
      assertThat(attackers.contains(graph.rankOf(vm))).isFalse();
    }
  }

  private static Set<String> surface(Environment environment, String id) {
    var graph = AttackGraph.of(environment);
    int vm = environment.findVm(id).orElseThrow();
    var attackers = AttackSurface.of(graph, vm).attackers();
    var ids = new TreeSet<String>();
    for (int rank = 0; rank < environment.vmCount(); rank++) {
      if (attackers.contains(rank)) {
        ids.add(environment.vmId(graph.vmAt(rank)));
      }
    }
    return ids;
  }
}
