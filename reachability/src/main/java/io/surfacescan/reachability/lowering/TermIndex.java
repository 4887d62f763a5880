package io.surfacescan.reachability.lowering;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Terms by their targets, so that those of one network are found without a look at all others.
final class TermIndex {
  private final List<Term> terms;
  private final Map<Integer, List<Integer>> numbersOfBlock = new HashMap<>();

  TermIndex(List<Term> terms) {
    this.terms = terms;
    for (int i = 0; i < terms.size(); i++) {
      int number = i;
      terms
          .get(i)
          .targets()
          .blocks()
          .forEach(block ->
              numbersOfBlock.computeIfAbsent(block, absent -> new ArrayList<>()).add(number));
    }
  }

  /// Those whose targets meet a set, in their order.
  List<Term> about(ClassSet set) {
    var near = new BitSet();
    set.blocks().forEach(block -> numbersOfBlock.getOrDefault(block, List.of()).forEach(near::set));
    return near.stream()
        .mapToObj(terms::get)
        .filter(term -> term.targets().intersects(set))
        .toList();
  }
}
