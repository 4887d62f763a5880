package io.surfacescan.races;

import io.surfacescan.model.Environment;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jgrapht.Graph;
import org.jgrapht.alg.util.Pair;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.builder.GraphTypeBuilder;
import org.jgrapht.opt.graph.fastutil.FastutilMapIntVertexGraph;
import org.jgrapht.opt.graph.sparse.IncomingEdgesSupport;
import org.jgrapht.opt.graph.sparse.SparseIntDirectedGraph;
import org.jgrapht.traverse.BreadthFirstIterator;
import org.jspecify.annotations.Nullable;

/// JGraphT's breadth-first iterator over the [LinkGraph] with its links turned round, so that the
/// graph needs to know no incoming edges.
final class JGraphTPeer<E> implements Peer {
  private final Function<LinkGraph, Graph<Integer, E>> turnedRound;
  private @Nullable Graph<Integer, E> graph;
  private @Nullable LinkGraph links;

  private JGraphTPeer(Function<LinkGraph, Graph<Integer, E>> turnedRound) {
    this.turnedRound = turnedRound;
  }

  /// Over a graph that can be changed, with maps from ints of fastutil.
  static JGraphTPeer<DefaultEdge> ofMaps() {
    return new JGraphTPeer<>(JGraphTPeer::maps);
  }

  /// Over a graph that cannot be changed, in compressed rows.
  static JGraphTPeer<Integer> ofRows() {
    return new JGraphTPeer<>(JGraphTPeer::rows);
  }

  private static Graph<Integer, DefaultEdge> maps(LinkGraph links) {
    var type =
        GraphTypeBuilder.<Integer, DefaultEdge>directed()
            .allowingMultipleEdges(true)
            .allowingSelfLoops(false)
            .weighted(false)
            .buildType();
    var graph = new FastutilMapIntVertexGraph<DefaultEdge>(null, DefaultEdge::new, type, false);
    for (int node = 0; node < links.nodeCount(); node++) {
      graph.addVertex(node);
    }
    for (int link = 0; link < links.linkCount(); link++) {
      graph.addEdge(links.to()[link], links.from()[link]);
    }
    return graph;
  }

  private static Graph<Integer, Integer> rows(LinkGraph links) {
    if (links.linkCount() == 0) {
      // It cannot be without edges; a loop leads nowhere.
      return new SparseIntDirectedGraph(
          links.nodeCount(), List.of(Pair.of(0, 0)), IncomingEdgesSupport.NO_INCOMING_EDGES);
    }
    return new SparseIntDirectedGraph(
        links.nodeCount(),
        links.linkCount(),
        () ->
            IntStream.range(0, links.linkCount())
                .mapToObj(link -> Pair.of(links.to()[link], links.from()[link])),
        IncomingEdgesSupport.NO_INCOMING_EDGES);
  }

  @Override
  public void load(Environment environment) {
    links = LinkGraph.of(environment);
    graph = turnedRound.apply(links);
  }

  @Override
  public List<Way> ways() {
    return List.of(
        new Way(
            "", vm -> attackers(Objects.requireNonNull(graph), Objects.requireNonNull(links), vm)));
  }

  private int[] attackers(Graph<Integer, E> graph, LinkGraph links, int vm) {
    var found = new IntBag();
    new BreadthFirstIterator<>(graph, vm)
        .forEachRemaining(node -> {
          if (links.isOtherVm(node, vm)) {
            found.add(node);
          }
        });
    return found.toArray();
  }
}
