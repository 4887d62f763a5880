package io.surfacescan.engine;

import io.surfacescan.model.ColumnSink;
import io.surfacescan.model.ColumnSource;
import java.util.Arrays;

/// The edges of a graph over dense nodes, packed row by row (compressed sparse rows).
///
/// @param starts per node, where its row starts in `targets`; one more element closes the last row
record Adjacency(int[] starts, int[] targets) {
  /// Hands the columns over, under names that start with this one.
  void write(ColumnSink sink, String name) {
    sink.ints(name + ".starts", starts);
    sink.ints(name + ".targets", targets);
  }

  /// What [#write] handed over.
  static Adjacency read(ColumnSource source, String name) {
    return new Adjacency(source.ints(name + ".starts"), source.ints(name + ".targets"));
  }

  int nodeCount() {
    return starts.length - 1;
  }

  int start(int node) {
    return starts[node];
  }

  int end(int node) {
    return starts[node + 1];
  }

  int target(int edge) {
    return targets[edge];
  }

  /// The same edges the other way round, rows ascending.
  Adjacency reversed() {
    var builder = new Builder(nodeCount());
    for (int target : targets) {
      builder.announce(target);
    }
    builder.startAdding();
    for (int node = 0; node < nodeCount(); node++) {
      for (int edge = starts[node]; edge < starts[node + 1]; edge++) {
        builder.add(targets[edge], node);
      }
    }
    return builder.build();
  }

  /// Fills rows in two passes over the same edges: first each edge is announced, then each is
  /// added, in the same order.
  static final class Builder {
    private final int[] starts;
    private int[] targets = {};
    private int[] next = {};

    Builder(int nodeCount) {
      starts = new int[nodeCount + 1];
    }

    void announce(int from) {
      announce(from, 1);
    }

    void announce(int from, int count) {
      starts[from + 1] = Math.addExact(starts[from + 1], count);
    }

    void startAdding() {
      for (int node = 1; node < starts.length; node++) {
        starts[node] = Math.addExact(starts[node], starts[node - 1]);
      }
      targets = new int[starts[starts.length - 1]];
      next = Arrays.copyOf(starts, starts.length - 1);
    }

    void add(int from, int to) {
      targets[next[from]++] = to;
    }

    Adjacency build() {
      return new Adjacency(starts, targets);
    }
  }
}
