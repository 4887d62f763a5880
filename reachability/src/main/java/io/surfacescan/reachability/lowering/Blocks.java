package io.surfacescan.reachability.lowering;

import io.surfacescan.reachability.lowering.Rectangles.Rectangle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Large sets of classes as unions of few *blocks* that many sets share.
///
/// Where each of many rules is about *everything but a few*, each class is in nearly every set, and
/// so carries a tag for nearly every rule. Blocks are the nodes of a binary tree over the classes,
/// in the order of their addresses: a class is in one block of each level, and everything but one
/// class is a block of each level at most.
///
/// ```
/// all but c   =   {a b} + {d} + {e f g h}         {a b c d e f g h}
///                                                {a b c d} {e f g h}
///                                                {a b} {c d} {e f} {g h}
/// ```
///
/// A set costs each of its classes a tag, blocks cost rules: a rectangle becomes as many rules as
/// its sets have blocks. So this is done only if classes would carry many tags, and for the sets
/// that gain most.
final class Blocks {
  /// A rule costs as much as so many memberships.
  private static final int MEMBERSHIPS_OF_RULE = 4;

  /// Sets that are in more parts are left as they are.
  private static final int PARTS_MOST = 64;

  /// A node of the tree, by the first of its places and its height.
  private record Node(int start, int level) {}

  private final Map<ClassSet, List<ClassSet>> partsOf = new HashMap<>();
  private final Map<Node, ClassSet> blocks = new HashMap<>();
  private final int[] classes;
  private final int[] places;

  private Blocks(InterfaceClasses all) {
    classes =
        IntStream.range(0, all.size())
            .boxed()
            .sorted(Comparator.comparing(all::get, InterfaceClasses.ORDER).thenComparing(i -> i))
            .mapToInt(Integer::intValue)
            .toArray();
    places = new int[classes.length];
    for (int place = 0; place < classes.length; place++) {
      places[classes[place]] = place;
    }
  }

  /// Blocks for sets of these rectangles.
  ///
  /// @param membershipsMost how many tags classes may carry together without any blocks
  /// @param rulesMost how many rules blocks may add
  static Blocks of(
      InterfaceClasses classes, List<Rectangle> rectangles, long membershipsMost, long rulesMost) {
    var blocks = new Blocks(classes);
    Map<ClassSet, List<Integer>> uses = new LinkedHashMap<>();
    for (int i = 0; i < rectangles.size(); i++) {
      int number = i;
      uses.computeIfAbsent(rectangles.get(i).sources(), absent -> new ArrayList<>(1)).add(number);
      uses.computeIfAbsent(rectangles.get(i).destinations(), absent -> new ArrayList<>(1))
          .add(number);
    }
    long memberships = uses.keySet().stream().mapToLong(ClassSet::cardinality).sum();
    if (memberships > membershipsMost) {
      blocks.choose(uses, rectangles.size(), rulesMost);
    }
    return blocks;
  }

  /// @param uses by set, the numbers of its rectangles
  private void choose(Map<ClassSet, List<Integer>> uses, int rectangleCount, long rulesMost) {
    long[] rulesOf = new long[rectangleCount];
    Arrays.fill(rulesOf, 1);
    long left = rulesMost;
    var largestFirst =
        uses.keySet().stream().sorted(Comparator.comparingInt(set -> -set.cardinality())).toList();
    for (ClassSet set : largestFirst) {
      var numbers = uses.getOrDefault(set, List.of());
      long rules = numbers.stream().mapToLong(number -> rulesOf[number]).sum();
      var parts = parts(set);
      if (parts.isEmpty()) {
        continue;
      }
      int count = parts.get().size();
      long more = rules * (count - 1);
      if (more > 0 && more * MEMBERSHIPS_OF_RULE <= set.cardinality() && more <= left) {
        left -= more;
        numbers.forEach(number -> rulesOf[number] *= count);
        partsOf.put(set, parts.get());
      }
    }
  }

  /// What a set is written as: itself, or parts that do not meet.
  List<ClassSet> of(ClassSet set) {
    return partsOf.getOrDefault(set, List.of(set));
  }

  /// A set as blocks; empty if these are too many.
  private Optional<List<ClassSet>> parts(ClassSet set) {
    var own = new BitSet(classes.length);
    set.stream().forEach(number -> own.set(places[number]));
    var parts = new ArrayList<ClassSet>();
    int end = 0;
    for (int start = own.nextSetBit(0); start >= 0; start = own.nextSetBit(end)) {
      end = own.nextClearBit(start);
      for (int at = start; at < end; ) {
        int level = level(at, end);
        parts.add(block(at, level));
        at += 1 << level;
      }
      if (parts.size() > PARTS_MOST) {
        return Optional.empty();
      }
    }
    return Optional.of(parts);
  }

  /// The height of the largest block that starts at a place and ends before another. Behind the
  /// last class blocks go on, empty, so that the last ones are large too.
  private int level(int start, int end) {
    int level = 0;
    while ((start & (2 << level) - 1) == 0
        && start + (1 << level) < classes.length
        && (start + (2 << level) <= end || end == classes.length)) {
      level++;
    }
    return level;
  }

  private ClassSet block(int start, int level) {
    return blocks.computeIfAbsent(
        new Node(start, level),
        ignored -> {
          var block = new ClassSet();
          for (int place = start; place < Math.min(start + (1 << level), classes.length); place++) {
            block.set(classes[place]);
          }
          return block;
        });
  }
}
