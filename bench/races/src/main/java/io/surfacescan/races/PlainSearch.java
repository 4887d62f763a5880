package io.surfacescan.races;

import io.surfacescan.model.Environment;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a good engineer writes in an hour: a breadth-first search over plain arrays, from the VM
/// backwards, in which every tag is expanded once as a destination and once as a source.
final class PlainSearch implements Peer {
  /// Lists of ints: list `i` stands at `starts[i]` to `starts[i + 1]` of the values.
  private record Lists(int[] starts, int[] values) {
    /// Puts each value into the list of its key, in order.
    static Lists of(int lists, int[] keys, int[] values) {
      int[] starts = new int[lists + 1];
      for (int key : keys) {
        starts[key + 1]++;
      }
      Arrays.parallelPrefix(starts, Integer::sum);
      int[] next = starts.clone();
      int[] placed = new int[values.length];
      for (int i = 0; i < keys.length; i++) {
        placed[next[keys[i]]++] = values[i];
      }
      return new Lists(starts, placed);
    }
  }

  /// @param tagsOfVm the tags that each VM carries
  /// @param vmsOfTag the VMs that carry each tag
  /// @param sourcesOfTag the source tags of the rules that lead to each tag
  private record Indexes(int vms, int tags, Lists tagsOfVm, Lists vmsOfTag, Lists sourcesOfTag) {}

  private @Nullable Search loaded;

  @Override
  public void load(Environment environment) {
    var lists = environment.tagLists();
    var vms = new IntBag();
    var tags = new IntBag();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      int list = environment.tagListOf(vm);
      for (int place = lists.start(list); place < lists.end(list); place++) {
        vms.add(vm);
        tags.add(lists.value(place));
      }
    }
    int[] sources = new int[environment.ruleCount()];
    int[] dests = new int[environment.ruleCount()];
    for (int rule = 0; rule < sources.length; rule++) {
      sources[rule] = environment.sourceTag(rule);
      dests[rule] = environment.destTag(rule);
    }
    int tagCount = environment.tagCount();
    int[] vmOfPair = vms.toArray();
    int[] tagOfPair = tags.toArray();
    loaded =
        new Search(
            new Indexes(
                environment.vmCount(),
                tagCount,
                Lists.of(environment.vmCount(), vmOfPair, tagOfPair),
                Lists.of(tagCount, tagOfPair, vmOfPair),
                Lists.of(tagCount, dests, sources)));
  }

  @Override
  public List<Way> ways() {
    return List.of(new Way("", vm -> Objects.requireNonNull(loaded).attackers(vm)));
  }

  /// What the search has met, marked with the number of the question, so that nothing needs to be
  /// wiped between two questions.
  private static final class Search {
    private final Indexes indexes;
    private final int[] entered;
    private final int[] left;
    private final int[] seen;
    private final int[] queue;
    private int question;
    private int end;

    Search(Indexes indexes) {
      this.indexes = indexes;
      entered = new int[indexes.tags()];
      left = new int[indexes.tags()];
      seen = new int[indexes.vms()];
      queue = new int[indexes.vms()];
    }

    int[] attackers(int target) {
      question++;
      seen[target] = question;
      queue[0] = target;
      end = 1;
      for (int next = 0; next < end; next++) {
        enter(queue[next]);
      }
      return Arrays.copyOfRange(queue, 1, end);
    }

    private void enter(int vm) {
      var tagsOfVm = indexes.tagsOfVm();
      for (int i = tagsOfVm.starts()[vm]; i < tagsOfVm.starts()[vm + 1]; i++) {
        int dest = tagsOfVm.values()[i];
        if (entered[dest] != question) {
          entered[dest] = question;
          leave(dest);
        }
      }
    }

    private void leave(int dest) {
      var sourcesOfTag = indexes.sourcesOfTag();
      for (int i = sourcesOfTag.starts()[dest]; i < sourcesOfTag.starts()[dest + 1]; i++) {
        int source = sourcesOfTag.values()[i];
        if (left[source] != question) {
          left[source] = question;
          see(source);
        }
      }
    }

    private void see(int source) {
      var vmsOfTag = indexes.vmsOfTag();
      for (int i = vmsOfTag.starts()[source]; i < vmsOfTag.starts()[source + 1]; i++) {
        int attacker = vmsOfTag.values()[i];
        if (seen[attacker] != question) {
          seen[attacker] = question;
          queue[end++] = attacker;
        }
      }
    }
  }
}
