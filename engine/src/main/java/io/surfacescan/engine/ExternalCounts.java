package io.surfacescan.engine;

/// How many of the attackers and victims of each VM stand for addresses outside.
///
/// There are few of these, so that a question is asked of each: who it attacks, and who attacks it.
/// The intervals of the answers are added up by rank, a difference for each end of one.
final class ExternalCounts {
  private final AttackGraph graph;
  private final int[] attackers;
  private final int[] directAttackers;
  private final int[] victims;
  private final int[] directVictims;

  private ExternalCounts(AttackGraph graph) {
    int ranks = graph.externals().isEmpty() ? 0 : graph.environment().vmCount() + 1;
    this.graph = graph;
    attackers = new int[ranks];
    directAttackers = new int[ranks];
    victims = new int[ranks];
    directVictims = new int[ranks];
  }

  /// Cost: four questions for each of them, and a pass over the VMs if there are any.
  ///
  /// @throws DeadlinePassed if it does
  static ExternalCounts of(AttackGraph graph, Deadline deadline) {
    var counts = new ExternalCounts(graph);
    var externals = graph.externals();
    for (int interval = 0; interval < externals.intervalCount(); interval++) {
      for (int rank = externals.from(interval); rank < externals.to(interval); rank++) {
        deadline.check();
        counts.add(graph.vmAt(rank));
      }
    }
    for (int[] count :
        new int[][] {
          counts.attackers, counts.directAttackers, counts.victims, counts.directVictims
        }) {
      for (int rank = 1; rank < count.length; rank++) {
        count[rank] += count[rank - 1];
      }
    }
    return counts;
  }

  private void add(int external) {
    add(attackers, BlastRadius.of(graph, external).victims());
    add(directAttackers, BlastRadius.within(graph, external, 1).victims());
    add(victims, AttackSurface.of(graph, external).attackers());
    add(directVictims, AttackSurface.within(graph, external, 1).attackers());
  }

  private static void add(int[] differences, Ranks ranks) {
    for (int interval = 0; interval < ranks.intervalCount(); interval++) {
      differences[ranks.from(interval)]++;
      differences[ranks.to(interval)]--;
    }
  }

  private int at(int[] counts, int vm) {
    return counts.length == 0 ? 0 : counts[graph.rankOf(vm)];
  }

  int attackers(int vm) {
    return at(attackers, vm);
  }

  int directAttackers(int vm) {
    return at(directAttackers, vm);
  }

  int victims(int vm) {
    return at(victims, vm);
  }

  int directVictims(int vm) {
    return at(directVictims, vm);
  }
}
