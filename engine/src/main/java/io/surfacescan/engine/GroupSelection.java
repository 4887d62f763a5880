package io.surfacescan.engine;

import io.surfacescan.engine.SurfaceGroups.Column;
import io.surfacescan.engine.SurfaceGroups.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Which groups are drawn one by one, and the runs of hops whose other groups are folded into one.
final class GroupSelection {
  private final GroupCounts groups;
  private final BitSet isKept = new BitSet();

  /// The groups that stay, those of one hop largest first.
  private int[] kept = {};

  /// Per group of folded ones, its first and last hop.
  private final List<int[]> foldedHops = new ArrayList<>();

  private final List<Column> columns = new ArrayList<>();

  private GroupSelection(GroupCounts groups) {
    this.groups = groups;
  }

  /// @param pinned groups that stay in any case
  static GroupSelection of(GroupCounts groups, Layout layout, int[] pinned) {
    var selection = new GroupSelection(groups);
    switch (layout) {
      case Layout.Largest(int most) -> {
        selection.keep(selection.largest(1, Integer.MAX_VALUE, 0, most));
        selection.keep(pinned);
        selection.divideHops();
        selection.keepThoseAlone();
      }
      case Layout.ByHop byHop -> {
        var runs = runs(byHop, groups.mostHops());
        int from = ownFrom(byHop, groups.mostHops());
        for (int[] hops : runs) {
          if (hops[0] >= from) {
            selection.keep(
                selection.largest(hops[0], hops[1], skipped(hops, byHop), byHop.perHop()));
          }
        }
        selection.keep(pinned);
        selection.foldRestOf(runs);
        selection.keepThoseAlone();
        selection.addColumns(runs, byHop);
      }
    }
    return selection;
  }

  int[] kept() {
    return kept;
  }

  boolean isKept(int group) {
    return isKept.get(group);
  }

  List<int[]> foldedHops() {
    return foldedHops;
  }

  List<Column> columns() {
    return columns;
  }

  /// The place in [#foldedHops] of a hop that has a folded group.
  int foldedAt(int hop) {
    int folded = 0;
    while (hop > foldedHops.get(folded)[1]) {
      folded++;
    }
    return folded;
  }

  private void keep(int... some) {
    int count = kept.length;
    kept = Arrays.copyOf(kept, count + some.length);
    for (int group : some) {
      if (!isKept.get(group)) {
        isKept.set(group);
        kept[count++] = group;
      }
    }
    kept = Arrays.copyOf(kept, count);
  }

  /// The largest groups of some hops, largest first, without the first of them.
  private int[] largest(int fromHop, int toHop, int skipped, int most) {
    Comparator<Integer> largestFirst =
        Comparator.comparingInt((Integer group) -> -groups.vmsCounted(group))
            .thenComparingInt(groups::hopOf)
            .thenComparingInt(groups::placeOf);
    long wanted = (long) skipped + most;
    var smallestFirst = new PriorityQueue<Integer>(largestFirst.reversed());
    for (int i = 0; i < groups.groupCount(); i++) {
      groups.checkDeadline(i);
      int group = groups.group(i);
      if (groups.hopOf(group) < fromHop || groups.hopOf(group) > toHop) {
        continue;
      }
      if (smallestFirst.size() < wanted) {
        smallestFirst.add(group);
      } else if (largestFirst.compare(group, smallestFirst.element()) < 0) {
        smallestFirst.remove();
        smallestFirst.add(group);
      }
    }
    return smallestFirst.stream()
        .sorted(largestFirst)
        .skip(skipped)
        .mapToInt(group -> group)
        .toArray();
  }

  private void divideHops() {
    var hops = new BitSet();
    for (int i = 0; i < groups.groupCount(); i++) {
      if (!isKept.get(groups.group(i))) {
        hops.set(groups.hopOf(groups.group(i)));
      }
    }
    for (int hop = hops.nextSetBit(0); hop >= 0; hop = hops.nextSetBit(hop + 1)) {
      if (foldedHops.size() < SurfaceGroups.FOLDED_MOST) {
        foldedHops.add(new int[] {hop, hop});
      } else {
        foldedHops.getLast()[1] = hop;
      }
    }
  }

  /// Keeps also what would be folded alone: that would hide its group for nothing.
  private void keepThoseAlone() {
    int[] foldedCount = new int[foldedHops.size()];
    int[] foldedLast = new int[foldedHops.size()];
    for (int i = 0; i < groups.groupCount(); i++) {
      int group = groups.group(i);
      if (!isKept.get(group)) {
        int folded = foldedAt(groups.hopOf(group));
        foldedCount[folded]++;
        foldedLast[folded] = group;
      }
    }
    for (int folded = foldedCount.length - 1; folded >= 0; folded--) {
      if (foldedCount[folded] == 1) {
        keep(foldedLast[folded]);
        foldedHops.remove(folded);
      }
    }
  }

  /// The hops of each column, first and last.
  private static List<int[]> runs(Layout.ByHop layout, int mostHops) {
    var runs = new ArrayList<int[]>();
    int from = ownFrom(layout, mostHops);
    if (from > 1) {
      runs.add(new int[] {1, from - 1});
    }
    while (from <= mostHops) {
      boolean isLast = runs.size() + 1 == layout.columns();
      runs.add(new int[] {from, isLast ? mostHops : from});
      from = isLast ? mostHops + 1 : from + 1;
    }
    return runs;
  }

  /// The first hop with a column of its own.
  private static int ownFrom(Layout.ByHop layout, int mostHops) {
    return Math.clamp(layout.fromHop(), 1, Math.max(1, mostHops));
  }

  private static int skipped(int[] hops, Layout.ByHop layout) {
    return hops[0] <= layout.openedHop() && layout.openedHop() <= hops[1] ? layout.start() : 0;
  }

  private void foldRestOf(List<int[]> runs) {
    for (int[] hops : runs) {
      for (int i = 0; i < groups.groupCount(); i++) {
        int group = groups.group(i);
        if (!isKept.get(group)
            && hops[0] <= groups.hopOf(group)
            && groups.hopOf(group) <= hops[1]) {
          foldedHops.add(hops);
          break;
        }
      }
    }
  }

  private void addColumns(List<int[]> runs, Layout.ByHop layout) {
    for (int[] hops : runs) {
      int vms = 0;
      int externals = 0;
      int count = 0;
      int shown = 0;
      for (int i = 0; i < groups.groupCount(); i++) {
        int group = groups.group(i);
        if (hops[0] <= groups.hopOf(group) && groups.hopOf(group) <= hops[1]) {
          vms += groups.vmsCounted(group);
          externals += groups.externalsCounted(group);
          count++;
          shown += isKept.get(group) ? 1 : 0;
        }
      }
      columns.add(
          new Column(hops[0], hops[1], vms, externals, count, skipped(hops, layout), shown));
    }
  }
}
