package io.surfacescan.reachability;

import io.surfacescan.model.AddressRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Addresses outside in as few groups as tags tell apart.
final class Externals {
  /// Addresses with equal tags.
  ///
  /// @param ranges joined
  record External(String id, String name, Outside outside, List<AddressRange> ranges, int[] tags) {}

  private record Group(Outside outside, List<Integer> tags) {}

  private final ReachabilityModel model;
  private final Mentions mentions;
  private final InterfaceClasses classes;
  private final ClassSets sets;

  private Externals(
      ReachabilityModel model, Mentions mentions, InterfaceClasses classes, ClassSets sets) {
    this.model = model;
    this.mentions = mentions;
    this.classes = classes;
    this.sets = sets;
  }

  /// Those that rules are about, and of each outside the rest, whatever it may do.
  static List<External> of(
      ReachabilityModel model,
      Mentions mentions,
      InterfaceClasses classes,
      ClassSets sets,
      int[][] tagsOfClass) {
    return new Externals(model, mentions, classes, sets).find(tagsOfClass);
  }

  private List<External> find(int[][] tagsOfClass) {
    var special = special();
    Map<Group, List<AddressRange>> groups = new LinkedHashMap<>();
    Map<Outside, Group> rests = new HashMap<>();
    Map<Outside, Group> firsts = new LinkedHashMap<>();
    for (int number = 0; number < classes.size(); number++) {
      var outside = classes.get(number).outside();
      if (outside.isPresent()) {
        var group = new Group(outside.get(), Arrays.stream(tagsOfClass[number]).boxed().toList());
        groups
            .computeIfAbsent(group, _ -> new ArrayList<>())
            .add(classes.example(number).address().orElseThrow());
        if (!special.get(number)) {
          rests.putIfAbsent(outside.get(), group);
        }
        if (!group.tags.isEmpty()) {
          firsts.putIfAbsent(outside.get(), group);
        }
      }
    }
    firsts.forEach(rests::putIfAbsent);
    var externals = new ArrayList<External>();
    Set<String> ids = new HashSet<>();
    model.endpoints().forEach(endpoint -> ids.add(endpoint.id()));
    model.outsides().forEach(outside -> ids.add(outside.id()));
    groups.forEach((group, parts) -> {
      boolean isRest = group.equals(rests.get(group.outside));
      if (isRest || !group.tags.isEmpty()) {
        externals.add(external(group, AddressRange.joined(parts), isRest, ids));
      }
    });
    return externals;
  }

  private static External external(
      Group group, List<AddressRange> ranges, boolean isRest, Set<String> ids) {
    var outside = group.outside;
    int[] tags = group.tags.stream().mapToInt(Integer::intValue).toArray();
    if (isRest) {
      return new External(outside.id(), outside.name(), outside, ranges, tags);
    }
    String first = ranges.getFirst().cidrs().getFirst();
    String id = outside.direction() == Direction.EGRESS ? first + "-out" : first;
    if (!ids.add(id)) {
      id = outside.id() + "/" + first;
      ids.add(id);
    }
    String name = new Selector.Within(ranges) + " (" + outside.name() + ")";
    return new External(id, name, outside, ranges, tags);
  }

  /// The classes that a range in some rule tells from others of their outside and family.
  private ClassSet special() {
    var members = new ArrayList<ClassSet>();
    Map<Outside, List<ClassSet>> known = new HashMap<>();
    for (int number = 0; number < classes.size(); number++) {
      Optional<Outside> outside = classes.get(number).outside();
      if (outside.isPresent()) {
        var families =
            known.computeIfAbsent(
                outside.get(),
                _ -> {
                  var both = List.of(new ClassSet(), new ClassSet());
                  members.addAll(both);
                  return both;
                });
        boolean isV6 = classes.example(number).address().orElseThrow().isV6();
        families.get(isV6 ? 1 : 0).set(number);
      }
    }
    var special = new ClassSet();
    for (Selector ranges : mentions.ranges()) {
      var picked = sets.picked(ranges, true);
      for (ClassSet family : members) {
        if (picked.intersects(family)) {
          var some = picked.and(family);
          if (!some.equals(family)) {
            special.addAll(some);
          }
        }
      }
    }
    return special;
  }
}
