package io.surfacescan.questions;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.VmsByHop;
import io.surfacescan.model.TextOrder;
import io.surfacescan.testkit.NaiveOracle;
import io.surfacescan.testkit.RandomEnvironments;
import io.surfacescan.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class VmSequenceTest {
  @Test
  void orders_areThoseOfSortedLists_andPagesAreTheirParts() {
    Seeds.check(
        1_000,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var graph = AttackGraph.of(environment);
          int vm = (int) (seed % environment.vmCount());
          var hopsOf = NaiveOracle.of(environment).attackers(vm);
          var found = VmsByHop.attackers(graph, vm, Integer.MAX_VALUE);
          Comparator<Integer> byRank = Comparator.comparingInt(graph::rankOf);
          Comparator<Integer> byHops =
              Comparator.comparingInt(other -> hopsOf.getOrDefault(other, 0));
          Comparator<Integer> byId =
              (a, b) ->
                  Arrays.compareUnsigned(bytes(environment.vmId(a)), bytes(environment.vmId(b)));
          check(VmSequence.inEngineOrder(graph, found.ranks()), sorted(hopsOf.keySet(), byRank));
          check(
              VmSequence.inInputOrder(graph, found.ranks()),
              sorted(hopsOf.keySet(), Comparator.naturalOrder()));
          check(
              VmSequence.byHops(graph, found),
              sorted(hopsOf.keySet(), byHops.thenComparing(byRank)));
          check(
              VmSequence.by(graph, found.ranks(), TextOrder.of(environment.vmIds())),
              sorted(hopsOf.keySet(), byId));
        });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Integer> sorted(Iterable<Integer> vms, Comparator<Integer> order) {
    var sorted = new ArrayList<Integer>();
    vms.forEach(sorted::add);
    sorted.sort(order);
    return sorted;
  }

  private static void check(VmSequence sequence, List<Integer> expected) {
    assertThat(listed(sequence)).isEqualTo(expected);
    assertThat(sequence.size()).isEqualTo(expected.size());
    for (int from = 0; from <= expected.size() + 1; from++) {
      int start = Math.min(from, expected.size());
      int end = Math.min(start + 3, expected.size());
      assertThat(listed(sequence.page(from, 3))).isEqualTo(expected.subList(start, end));
    }
    assertThat(listed(sequence.page(1, 5).page(1, 2)))
        .isEqualTo(expected.stream().skip(2).limit(2).toList());
    assertThat(listed(sequence.page(0, 0))).isEmpty();
  }

  private static List<Integer> listed(VmSequence sequence) {
    var listed = new ArrayList<Integer>();
    sequence.forEach(listed::add);
    return listed;
  }
}
