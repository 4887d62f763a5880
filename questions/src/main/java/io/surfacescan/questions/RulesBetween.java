package io.surfacescan.questions;

import io.surfacescan.model.Environment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// The rules between the tags of two VMs: those that let the one attack the other, and those with
/// one of their ends at one of the two.
///
/// @param allowing ascending
/// @param leaving those that start at a tag of the one and end at none of the other
/// @param arriving those that end at a tag of the other and start at none of the one
public record RulesBetween(List<Integer> allowing, OneEnd leaving, OneEnd arriving) {
  private static final int LISTED_MOST = 20;

  /// Rules of which only one end is where it would have to be.
  ///
  /// @param first the first few, ascending
  public record OneEnd(int count, List<Integer> first) {
    public OneEnd {
      first = List.copyOf(first);
    }

    private static OneEnd of(List<Integer> rules) {
      return new OneEnd(rules.size(), rules.stream().limit(LISTED_MOST).toList());
    }
  }

  public RulesBetween {
    allowing = List.copyOf(allowing);
  }

  /// Cost: a look at each rule.
  static RulesBetween of(Environment environment, int from, int to) {
    var sources = tags(environment, from);
    var destinations = tags(environment, to);
    var allowing = new ArrayList<Integer>();
    var leaving = new ArrayList<Integer>();
    var arriving = new ArrayList<Integer>();
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      boolean starts = sources.get(environment.sourceTag(rule));
      boolean ends = destinations.get(environment.destTag(rule));
      if (starts && ends) {
        allowing.add(rule);
      } else if (starts) {
        leaving.add(rule);
      } else if (ends) {
        arriving.add(rule);
      }
    }
    return new RulesBetween(allowing, OneEnd.of(leaving), OneEnd.of(arriving));
  }

  private static BitSet tags(Environment environment, int vm) {
    var lists = environment.tagLists();
    int list = environment.tagListOf(vm);
    var tags = new BitSet();
    for (int i = lists.start(list); i < lists.end(list); i++) {
      tags.set(lists.value(i));
    }
    return tags;
  }
}
