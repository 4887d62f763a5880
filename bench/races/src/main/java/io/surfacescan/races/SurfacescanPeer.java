package io.surfacescan.races;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackSurface;
import io.surfacescan.engine.Ranks;
import io.surfacescan.model.Environment;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// surfacescan's own engine. Its answers are intervals of ranks; here they are written out as
/// numbers of VMs, as those of all other peers.
final class SurfacescanPeer implements Peer {
  private @Nullable AttackGraph loaded;

  @Override
  public void load(Environment environment) {
    loaded = AttackGraph.of(environment);
  }

  @Override
  public List<Way> ways() {
    return List.of(
        new Way("first asked", this::attackers, this::forget),
        new Way("asked again", this::attackers));
  }

  private AttackGraph graph() {
    return Objects.requireNonNull(loaded);
  }

  private void forget() {
    loaded = AttackGraph.of(graph().environment());
  }

  private int[] attackers(int vm) {
    var graph = graph();
    Ranks ranks = AttackSurface.of(graph, vm).attackers();
    int[] found = new int[ranks.size()];
    int count = 0;
    for (int interval = 0; interval < ranks.intervalCount(); interval++) {
      for (int rank = ranks.from(interval); rank < ranks.to(interval); rank++) {
        found[count++] = graph.vmAt(rank);
      }
    }
    return found;
  }
}
