package io.surfacescan.engine;

/// Whether a rule can be done without: whether each VM with its source tag attacks each VM with its
/// destination tag without it too. Then no attack surface shrinks without it, because a way over
/// the rule goes over a VM of each. Not thread-safe.
final class Detours {
  private final AttackGraph graph;

  /// Per destination role and per class, the search that met it last.
  private final int[] searchOfTag;

  private final int[] searchOfClass;
  private int search;

  /// The destination roles met.
  private final int[] met;

  private int metCount;
  private int stepsLeft;

  Detours(AttackGraph graph) {
    this.graph = graph;
    searchOfTag = new int[graph.environment().tagCount()];
    searchOfClass = new int[graph.classes().size()];
    met = new int[graph.environment().tagCount()];
  }

  /// Whether that was found within so many steps over rules, tags and classes; if not, it may still
  /// be so.
  ///
  /// Tried first is a way from source role to destination role, which all can use; then, for each
  /// class that carries the source tag, ways from any of its roles to any of those of each class
  /// that carries the destination tag.
  boolean areFound(int source, int dest, int steps) {
    stepsLeft = steps;
    start();
    meet(source, source, dest);
    walk(source, dest);
    if (searchOfTag[dest] == search) {
      return true;
    }
    var holders = graph.classesPerTag();
    for (int i = holders.start(source); i < holders.end(source) && stepsLeft > 0; i++) {
      start();
      enter(holders.target(i), source, dest);
      walk(source, dest);
      if (!isEachMet(dest)) {
        return false;
      }
    }
    return stepsLeft > 0;
  }

  private void start() {
    search++;
    metCount = 0;
  }

  private void walk(int source, int dest) {
    var holders = graph.classesPerTag();
    for (int next = 0; next < metCount && searchOfTag[dest] != search; next++) {
      for (int i = holders.start(met[next]); i < holders.end(met[next]); i++) {
        if (--stepsLeft < 0) {
          return;
        }
        enter(holders.target(i), source, dest);
      }
    }
  }

  /// Goes on from a class, once.
  private void enter(int vmClass, int source, int dest) {
    if (searchOfClass[vmClass] != search) {
      searchOfClass[vmClass] = search;
      var tags = graph.classes().tags();
      for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
        meet(tags.value(i), source, dest);
      }
    }
  }

  /// Whether every class that holds the tag is attacked through one of its tags.
  private boolean isEachMet(int dest) {
    if (searchOfTag[dest] == search) {
      return true;
    }
    var holders = graph.classesPerTag();
    for (int i = holders.start(dest); i < holders.end(dest); i++) {
      if (!isMet(holders.target(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean isMet(int vmClass) {
    var tags = graph.classes().tags();
    for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
      stepsLeft--;
      if (searchOfTag[tags.value(i)] == search) {
        return true;
      }
    }
    return false;
  }

  /// Meets the destination roles of all rules from a source role, but for the pair asked about.
  private void meet(int from, int source, int dest) {
    var rules = graph.rules().bySource();
    stepsLeft -= rules.end(from) - rules.start(from) + 1;
    for (int i = rules.start(from); i < rules.end(from); i++) {
      int tag = rules.otherTag(i);
      if (searchOfTag[tag] != search && (from != source || tag != dest)) {
        searchOfTag[tag] = search;
        met[metCount++] = tag;
      }
    }
  }
}
