package io.surfacescan.engine;

import io.surfacescan.model.Environment;
import io.surfacescan.model.IntLists;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Every direct attack: two VMs of which the first can attack the second by a rule, with all rules
/// that allow it.
///
/// The rules of a pair depend on the tag lists of its two VMs only, so they are found once for each
/// list of a source and serve all VMs that carry the lists. Memory: what the pairs of one source
/// take. Cost: the pairs given, times a logarithm, and a pass over rules and tag lists.
public final class DirectPairs {
  /// Takes one pair after the other.
  @FunctionalInterface
  public interface Taker {
    /// Takes a pair.
    ///
    /// @param rules ascending, at least one
    /// @return whether more pairs are wanted
    boolean take(int from, int to, List<Integer> rules);
  }

  private final Environment environment;
  private final IntLists tagLists;

  /// The rules by their source tag, those of tag `t` from `ruleStarts[t]` on.
  private final int[] rulesBySource;

  private final int[] ruleStarts;

  /// The tag lists by the tags in them, likewise.
  private final int[] listsByTag;

  private final int[] listStarts;

  /// The VMs by their tag list, likewise.
  private final int[] vmsByList;

  private final int[] vmStarts;

  private DirectPairs(Environment environment) {
    this.environment = environment;
    tagLists = environment.tagLists();
    int[] sources =
        IntStream.range(0, environment.ruleCount()).map(environment::sourceTag).toArray();
    ruleStarts = starts(sources, environment.tagCount());
    rulesBySource = grouped(sources, ruleStarts);
    int entries = tagLists.valueCount();
    int[] tags = new int[entries];
    int[] owners = new int[entries];
    for (int list = 0; list < tagLists.size(); list++) {
      for (int i = tagLists.start(list); i < tagLists.end(list); i++) {
        tags[i] = tagLists.value(i);
        owners[i] = list;
      }
    }
    listStarts = starts(tags, environment.tagCount());
    int[] places = grouped(tags, listStarts);
    listsByTag = Arrays.stream(places).map(place -> owners[place]).toArray();
    int[] lists = IntStream.range(0, environment.vmCount()).map(environment::tagListOf).toArray();
    vmStarts = starts(lists, tagLists.size());
    vmsByList = grouped(lists, vmStarts);
  }

  public static DirectPairs of(Environment environment) {
    return new DirectPairs(environment);
  }

  /// For each group where it starts among all that are grouped, and where the last ends.
  private static int[] starts(int[] groups, int count) {
    int[] starts = new int[count + 1];
    for (int group : groups) {
      starts[group + 1]++;
    }
    for (int group = 0; group < count; group++) {
      starts[group + 1] += starts[group];
    }
    return starts;
  }

  /// The indexes 0, 1, … by their groups, ascending within each.
  private static int[] grouped(int[] groups, int[] starts) {
    int[] next = starts.clone();
    int[] grouped = new int[groups.length];
    for (int index = 0; index < groups.length; index++) {
      grouped[next[groups[index]]++] = index;
    }
    return grouped;
  }

  /// Gives all pairs of a VM of `from` and another of `to`, until no more are wanted: in input
  /// order of the first VM, then of the second.
  public void forEach(BitSet from, BitSet to, Taker taker) {
    int found = -1;
    var reached = new Reached(new int[0], new int[0], List.of());
    for (int source = from.nextSetBit(0); source >= 0; source = from.nextSetBit(source + 1)) {
      int list = environment.tagListOf(source);
      if (list != found) {
        reached = reached(list, to);
        found = list;
      }
      for (int i = 0; i < reached.vms.length; i++) {
        int target = reached.vms[i];
        if (target != source
            && !taker.take(source, target, reached.rules.get(reached.ruleSets[i]))) {
          return;
        }
      }
    }
  }

  /// What VMs with a tag list reach.
  ///
  /// @param vms ascending
  /// @param ruleSets for each of them, which of the `rules`
  private record Reached(int[] vms, int[] ruleSets, List<List<Integer>> rules) {}

  private Reached reached(int sourceList, BitSet to) {
    long[] listsAndRules = listsAndRules(sourceList);
    var rules = new ArrayList<List<Integer>>();
    LongStream.Builder vmsAndSets = LongStream.builder();
    for (int i = 0; i < listsAndRules.length; ) {
      int list = (int) (listsAndRules[i] >>> 32);
      int end = i;
      while (end < listsAndRules.length && (int) (listsAndRules[end] >>> 32) == list) {
        end++;
      }
      rules.add(
          Arrays.stream(listsAndRules, i, end).mapToInt(entry -> (int) entry).boxed().toList());
      for (int place = vmStarts[list]; place < vmStarts[list + 1]; place++) {
        if (to.get(vmsByList[place])) {
          vmsAndSets.add((long) vmsByList[place] << 32 | (rules.size() - 1));
        }
      }
      i = end;
    }
    long[] sorted = vmsAndSets.build().sorted().toArray();
    return new Reached(
        Arrays.stream(sorted).mapToInt(entry -> (int) (entry >>> 32)).toArray(),
        Arrays.stream(sorted).mapToInt(entry -> (int) entry).toArray(),
        rules);
  }

  /// Each tag list that is reached from one, with each rule that leads there, ascending.
  private long[] listsAndRules(int sourceList) {
    var found = LongStream.builder();
    for (int i = tagLists.start(sourceList); i < tagLists.end(sourceList); i++) {
      int tag = tagLists.value(i);
      for (int r = ruleStarts[tag]; r < ruleStarts[tag + 1]; r++) {
        int rule = rulesBySource[r];
        int dest = environment.destTag(rule);
        for (int l = listStarts[dest]; l < listStarts[dest + 1]; l++) {
          found.add((long) listsByTag[l] << 32 | rule);
        }
      }
    }
    return found.build().sorted().distinct().toArray();
  }
}
