package io.surfacescan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.testkit.Seeds;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClassSetTest {
  private static final int CLASSES = 30_000;

  @Test
  void addAll_unitesWhatStandsInAnyChunk_andWeighsIt() {
    var graph = AttackGraph.of(classesOfManySizes());
    assertThat(graph.classes().size()).isEqualTo(CLASSES);
    var weights = ClassWeights.of(graph);
    var united = new ClassSet(0, CLASSES);
    Seeds.check(
        60,
        seed -> {
          var random = new SplittableRandom(seed);
          int first = random.nextInt(CLASSES);
          int last = random.nextInt(first, CLASSES);
          united.clear(first, last);
          var expected = new BitSet();
          for (int sets = random.nextInt(4); sets >= 0; sets--) {
            int from = random.nextInt(first, last + 1);
            int to = random.nextInt(from, last + 1);
            var some = new ClassSet(from, to);
            for (int i = random.nextInt(400); i >= 0; i--) {
              int vmClass = random.nextInt(from, to + 1);
              some.add(vmClass);
              expected.set(vmClass);
            }
            united.addAll(some);
          }
          assertThat(united.weigh(weights, first, last))
              .isEqualTo(expected.stream().map(graph::counted).sum());
          int vmClass = random.nextInt(first, last + 1);
          assertThat(united.contains(vmClass)).isEqualTo(expected.get(vmClass));
          assertThat(united.contains(first)).isEqualTo(expected.get(first));
          assertThat(united.contains(last)).isEqualTo(expected.get(last));
        });
  }

  /// Most classes have one VM; some have many.
  private static Environment classesOfManySizes() {
    var builder = new EnvironmentBuilder();
    var random = new SplittableRandom(3);
    for (int tag = 0; tag < CLASSES; tag++) {
      String name = "t" + tag;
      builder.rule(null, name, name);
      int vms = random.nextInt(40) == 0 ? random.nextInt(1, 300) : 1;
      for (int vm = 0; vm < vms; vm++) {
        builder.vm("vm-" + tag + "-" + vm, null, List.of(name));
      }
    }
    return builder.build();
  }
}
