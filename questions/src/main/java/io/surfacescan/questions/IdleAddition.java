package io.surfacescan.questions;

import io.surfacescan.model.EditedEnvironment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/// A rule that edits add and that allows no direct attack that is not allowed without it: most
/// often that is a slip of the pen.
///
/// @param rule the rule, as an index in the edited environment
public record IdleAddition(int rule, Cause cause) {
  /// Why such a rule changes nothing.
  public enum Cause {
    NOT_CARRIED("allows nothing: no VM carries one of its tags"),
    ONLY_ITSELF("allows nothing: only one VM carries its tags, and no VM attacks itself"),
    ALREADY_THERE("changes nothing: a rule from the one tag to the other is there already");

    private final String words;

    Cause(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }

    /// How JSON names it.
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// All of them, in the order of the rules. Cost: a pass over the rules and over the tag lists, if
  /// a rule was added.
  static List<IdleAddition> of(EditedEnvironment edited) {
    var idle = new ArrayList<IdleAddition>();
    if (edited.addedRules() == 0) {
      return idle;
    }
    var after = edited.after();
    int firstAdded = after.ruleCount() - edited.addedRules();
    var added = new HashSet<Long>();
    for (int rule = firstAdded; rule < after.ruleCount(); rule++) {
      added.add(tagPair(edited, rule));
    }
    var there = new HashSet<Long>();
    for (int rule = 0; rule < firstAdded; rule++) {
      long pair = tagPair(edited, rule);
      if (added.contains(pair)) {
        there.add(pair);
      }
    }
    int[] vmsPerTag = after.vmsPerTag();
    int[] listOfTag = lastListPerTag(edited);
    for (int rule = firstAdded; rule < after.ruleCount(); rule++) {
      int source = after.sourceTag(rule);
      int dest = after.destTag(rule);
      if (vmsPerTag[source] == 0 || vmsPerTag[dest] == 0) {
        idle.add(new IdleAddition(rule, Cause.NOT_CARRIED));
      } else if (vmsPerTag[source] == 1
          && vmsPerTag[dest] == 1
          && listOfTag[source] == listOfTag[dest]) {
        // A tag on one VM is in one tag list, and that list is of this VM alone.
        idle.add(new IdleAddition(rule, Cause.ONLY_ITSELF));
      } else if (!there.add(tagPair(edited, rule))) {
        idle.add(new IdleAddition(rule, Cause.ALREADY_THERE));
      }
    }
    return idle;
  }

  private static long tagPair(EditedEnvironment edited, int rule) {
    return (long) edited.after().sourceTag(rule) << 32 | edited.after().destTag(rule);
  }

  private static int[] lastListPerTag(EditedEnvironment edited) {
    int[] listOfTag = new int[edited.after().tagCount()];
    Arrays.fill(listOfTag, -1);
    var lists = edited.after().tagLists();
    for (int list = 0; list < lists.size(); list++) {
      for (int i = lists.start(list); i < lists.end(list); i++) {
        listOfTag[lists.value(i)] = list;
      }
    }
    return listOfTag;
  }
}
