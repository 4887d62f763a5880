package io.surfacescan.races;

import io.surfacescan.model.Environment;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.graphdb.Direction;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Label;
import org.neo4j.graphdb.Node;
import org.neo4j.graphdb.PathExpanders;
import org.neo4j.graphdb.RelationshipType;
import org.neo4j.graphdb.Transaction;
import org.neo4j.graphdb.traversal.Evaluators;
import org.neo4j.graphdb.traversal.Uniqueness;
import org.neo4j.io.ByteUnit;

/// Neo4j embedded, with the [LinkGraph] as nodes and relationships. VMs have a label and their
/// number as an indexed property; tags have a label of their own.
final class Neo4jPeer implements Peer {
  private static final Label VM = Label.label("Vm");
  private static final Label TAG = Label.label("Tag");
  private static final RelationshipType LEADS = RelationshipType.withName("LEADS");
  private static final String NUMBER = "number";
  private static final int PER_TRANSACTION = 50_000;

  /// The planner answers this with a breadth-first search that visits each node once.
  private static final String QUERY =
      """
      MATCH (target:Vm {number: $vm})<-[:LEADS*]-(attacker:Vm)
      WHERE attacker <> target
      RETURN DISTINCT attacker.number AS number
      """;

  private final Path folder;
  private @Nullable DatabaseManagementService server;
  private @Nullable GraphDatabaseService database;

  /// @param folder where the database keeps its files
  Neo4jPeer(Path folder) {
    this.folder = folder;
  }

  @Override
  public void load(Environment environment) {
    server =
        new DatabaseManagementServiceBuilder(folder)
            .setConfig(GraphDatabaseSettings.pagecache_memory, ByteUnit.gibiBytes(1))
            .setConfig(GraphDatabaseSettings.keep_logical_logs, "keep_none")
            .build();
    database = server.database(GraphDatabaseSettings.DEFAULT_DATABASE_NAME);
    var links = LinkGraph.of(environment);
    long[] places = create(links);
    connect(links, places);
    index();
  }

  private GraphDatabaseService database() {
    return Objects.requireNonNull(database);
  }

  private long[] create(LinkGraph links) {
    long[] places = new long[links.nodeCount()];
    inBatches(
        links.nodeCount(),
        (transaction, number) -> {
          Node node;
          if (number < links.vmCount()) {
            node = transaction.createNode(VM);
            node.setProperty(NUMBER, number);
          } else {
            node = transaction.createNode(TAG);
          }
          places[number] = place(node);
        });
    return places;
  }

  @SuppressWarnings("removal")
  private void connect(LinkGraph links, long[] places) {
    inBatches(
        links.linkCount(),
        (transaction, link) ->
            transaction
                .getNodeById(places[links.from()[link]])
                .createRelationshipTo(transaction.getNodeById(places[links.to()[link]]), LEADS));
  }

  @FunctionalInterface
  private interface Step {
    void run(Transaction transaction, int number);
  }

  private void inBatches(int count, Step step) {
    for (int start = 0; start < count; start += PER_TRANSACTION) {
      try (var transaction = database().beginTx()) {
        for (int number = start; number < Math.min(count, start + PER_TRANSACTION); number++) {
          step.run(transaction, number);
        }
        transaction.commit();
      }
    }
  }

  private void index() {
    try (var transaction = database().beginTx()) {
      transaction.schema().constraintFor(VM).assertPropertyIsUnique(NUMBER).create();
      transaction.commit();
    }
    try (var transaction = database().beginTx()) {
      transaction.schema().awaitIndexesOnline(1, TimeUnit.HOURS);
    }
  }

  @Override
  public List<Way> ways() {
    return List.of(
        new Way("search over its API", this::searched),
        new Way("traversal", this::traversed),
        new Way("Cypher", this::queried));
  }

  /// A breadth-first search by hand, over nodes and their relationships.
  private int[] searched(int vm) {
    var found = new IntBag();
    try (var transaction = database().beginTx()) {
      var target = transaction.findNode(VM, NUMBER, vm);
      var seen = new BitSet();
      seen.set(place(target));
      var queue = new ArrayDeque<Node>();
      for (var node = target; node != null; node = queue.poll()) {
        try (var links = node.getRelationships(Direction.INCOMING, LEADS)) {
          for (var link : links) {
            var before = link.getStartNode();
            if (!seen.get(place(before))) {
              seen.set(place(before));
              queue.add(before);
              if (before.hasLabel(VM)) {
                found.add(number(before));
              }
            }
          }
        }
      }
    }
    return found.toArray();
  }

  /// The traversal framework, which visits each node once too.
  private int[] traversed(int vm) {
    var found = new IntBag();
    try (var transaction = database().beginTx()) {
      var attackers =
          transaction
              .traversalDescription()
              .breadthFirst()
              .uniqueness(Uniqueness.NODE_GLOBAL)
              .expand(PathExpanders.forTypeAndDirection(LEADS, Direction.INCOMING))
              .evaluator(Evaluators.excludeStartPosition())
              .traverse(transaction.findNode(VM, NUMBER, vm));
      for (var node : attackers.nodes()) {
        if (node.hasLabel(VM)) {
          found.add(number(node));
        }
      }
    }
    return found.toArray();
  }

  private static int number(Node node) {
    return (int) node.getProperty(NUMBER);
  }

  /// The node's number in the store, small enough for a bit set. The ids that are to replace it are
  /// texts, and some times slower.
  @SuppressWarnings("removal")
  private static int place(Node node) {
    return Math.toIntExact(node.getId());
  }

  private int[] queried(int vm) {
    var found = new IntBag();
    try (var transaction = database().beginTx();
        var rows = transaction.execute(QUERY, Map.of("vm", vm))) {
      rows.<Number>columnAs(NUMBER).forEachRemaining(number -> found.add(number.intValue()));
    }
    return found.toArray();
  }

  @Override
  public void close() {
    if (server != null) {
      server.shutdown();
    }
  }
}
