package io.surfacescan.engine;

/// Whether a rule can be done without: whether another way leads from its source role to its
/// destination role, over other rules and VMs in between. Then nobody's attack surface shrinks
/// without it. Not thread-safe.
final class Detours {
  private final AttackGraph graph;

  /// Per destination role and per class, the search that met it last.
  private final int[] searchOfTag;

  private final int[] searchOfClass;
  private int search;

  /// The destination roles met.
  private final int[] met;

  private int metCount;

  Detours(AttackGraph graph) {
    this.graph = graph;
    searchOfTag = new int[graph.environment().tagCount()];
    searchOfClass = new int[graph.classes().size()];
    met = new int[graph.environment().tagCount()];
  }

  /// Whether a way round the rules of the tag pair was found within so many steps over rules, tags
  /// and classes; if not, there may still be one.
  boolean isFound(int source, int dest, int steps) {
    search++;
    metCount = 0;
    int left = steps;
    meet(source, source, dest);
    for (int next = 0; next < metCount && left > 0 && searchOfTag[dest] != search; next++) {
      left -= goOn(met[next], source, dest);
    }
    return searchOfTag[dest] == search;
  }

  /// Meets the destination roles of all rules from a source role, but for the pair asked about.
  private int meet(int from, int source, int dest) {
    var rules = graph.rules().bySource();
    for (int i = rules.start(from); i < rules.end(from); i++) {
      int tag = rules.otherTag(i);
      if (searchOfTag[tag] != search && (from != source || tag != dest)) {
        searchOfTag[tag] = search;
        met[metCount++] = tag;
      }
    }
    return rules.end(from) - rules.start(from);
  }

  private int goOn(int from, int source, int dest) {
    var holders = graph.classesPerTag();
    var tags = graph.classes().tags();
    int steps = 0;
    for (int i = holders.start(from); i < holders.end(from); i++) {
      int vmClass = holders.target(i);
      steps++;
      if (searchOfClass[vmClass] != search) {
        searchOfClass[vmClass] = search;
        for (int j = tags.start(vmClass); j < tags.end(vmClass); j++) {
          steps += 1 + meet(tags.value(j), source, dest);
        }
      }
    }
    return steps;
  }
}
