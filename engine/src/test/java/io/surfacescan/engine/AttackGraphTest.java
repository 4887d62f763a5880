package io.surfacescan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class AttackGraphTest {
  private static final int THREADS = 4;
  private static final int QUESTIONS = 20_000;

  @Test
  void answers_areTheSameFromManyThreads_whileTheMemoDropsThem() throws Exception {
    var environment = random(400, 120, 240);
    var alone = AttackGraph.of(environment);
    var shared = AttackGraph.of(environment, new MemoryBudget(64, 200));
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      var asked = new ArrayList<Callable<Integer>>();
      for (int thread = 0; thread < THREADS; thread++) {
        int seed = thread;
        asked.add(() -> ask(alone, shared, seed));
      }
      for (var answered : threads.invokeAll(asked)) {
        assertThat(answered.get()).isEqualTo(QUESTIONS);
      }
    }
  }

  private static int ask(AttackGraph alone, AttackGraph shared, int seed) {
    var random = new SplittableRandom(seed);
    int same = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      int vm = random.nextInt(alone.environment().vmCount());
      same += AttackSurface.of(shared, vm).equals(AttackSurface.of(alone, vm)) ? 1 : 0;
    }
    return same;
  }

  private static Environment random(int vms, int tags, int rules) {
    var random = new SplittableRandom(7);
    var builder = new EnvironmentBuilder();
    for (int vm = 0; vm < vms; vm++) {
      builder.vm("vm-" + vm, "t" + random.nextInt(tags), "u" + random.nextInt(tags));
    }
    for (int rule = 0; rule < rules; rule++) {
      builder.rule(
          "fw-" + rule,
          (random.nextBoolean() ? "t" : "u") + random.nextInt(tags),
          (random.nextBoolean() ? "t" : "u") + random.nextInt(tags));
    }
    return builder.build();
  }
}
