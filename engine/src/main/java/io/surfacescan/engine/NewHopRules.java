package io.surfacescan.engine;

import java.util.BitSet;

/// The rules after that may allow a hop that was none before: those of new pairs of tags and those
/// on a tag that some VM got. No other does. Not to be changed.
///
/// @param rules the rules
/// @param classes the classes after that hold a tag of one of them
record NewHopRules(BitSet rules, BitSet classes) {
  /// Cost: one pass over the rules and over the tags of VMs that changed.
  static NewHopRules of(Comparison comparison) {
    var graph = comparison.after();
    var gotTags = new BitSet();
    comparison.forEachNewTag((carrier, tag) -> gotTags.set(tag));
    var live = graph.rules().bySource();
    var rules = new BitSet();
    var tags = new BitSet();
    for (int source = 0; source < graph.environment().tagCount(); source++) {
      for (int place = live.start(source); place < live.end(source); place++) {
        int dest = live.otherTag(place);
        if (gotTags.get(source) || gotTags.get(dest) || comparison.isNewPair(source, dest)) {
          rules.set(live.rule(place));
          tags.set(source);
          tags.set(dest);
        }
      }
    }
    var holders = graph.classesPerTag();
    var classes = new BitSet();
    tags.stream()
        .forEach(tag -> {
          for (int i = holders.start(tag); i < holders.end(tag); i++) {
            classes.set(holders.target(i));
          }
        });
    return new NewHopRules(rules, classes);
  }
}
