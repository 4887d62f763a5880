package io.surfacescan.load;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Endless requests about random VMs. The same VMs, mix and seed give the same requests in the same
/// order; which user sends which of them is chance.
///
/// Gatling takes them one at a time, so nothing here need be safe for threads.
final class Requests implements Iterator<Map<String, Object>> {
  static final String QUESTION = "question";
  static final String TARGET = "target";

  private final List<String> vmIds;
  private final Mix mix;
  private final SplittableRandom random;

  /// @param vmIds as they stand in a query, percent-encoded
  Requests(List<String> vmIds, Mix mix, long seed) {
    this.vmIds = vmIds;
    this.mix = mix;
    this.random = new SplittableRandom(seed);
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public Map<String, Object> next() {
    var question = mix.draw(random);
    return Map.of(QUESTION, question, TARGET, target(question));
  }

  private String target(Question question) {
    return switch (question) {
      case ATTACK -> "/attack?vm_id=" + vmIds.get(random.nextInt(vmIds.size()));
      case STATS -> "/stats";
    };
  }
}
