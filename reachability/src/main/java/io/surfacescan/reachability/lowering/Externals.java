package io.surfacescan.reachability.lowering;

import io.surfacescan.model.AddressRange;
import io.surfacescan.reachability.Direction;
import io.surfacescan.reachability.Outside;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.Selector;
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
    Map<Outside, Rests> rests = new HashMap<>();
    for (int number = 0; number < classes.size(); number++) {
      var outside = classes.get(number).outside();
      if (outside.isPresent()) {
        var group = new Group(outside.get(), Arrays.stream(tagsOfClass[number]).boxed().toList());
        var address = classes.example(number).address().orElseThrow();
        groups.computeIfAbsent(group, absent -> new ArrayList<>()).add(address);
        rests
            .computeIfAbsent(outside.get(), absent -> new Rests())
            .add(group, address, special.get(number));
      }
    }
    var externals = new ArrayList<External>();
    Set<String> ids = new HashSet<>();
    model.endpoints().forEach(endpoint -> ids.add(endpoint.id()));
    model.outsides().forEach(outside -> ids.add(outside.id()));
    groups.forEach((group, parts) -> {
      var outside = group.outside;
      var known = rests.getOrDefault(outside, new Rests());
      var ranges = AddressRange.joined(parts);
      if (known.usual().filter(group::equals).isPresent()) {
        externals.add(external(group, outside.id(), outside.name(), ranges));
      } else if (known.otherV6().filter(group::equals).isPresent()) {
        String id = distinct(outside.id() + "-ipv6", outside, ids);
        externals.add(external(group, id, outside.name() + ", IPv6", ranges));
      } else if (!group.tags.isEmpty()) {
        String first = ranges.getFirst().cidrs().getFirst();
        String id = outside.direction() == Direction.EGRESS ? first + "-out" : first;
        String name = new Selector.Within(ranges) + " (" + outside.name() + ")";
        externals.add(external(group, distinct(id, outside, ids), name, ranges));
      }
    });
    return externals;
  }

  /// What the addresses of one outside may do that no rule tells from others of their family.
  private static final class Rests {
    private final Map<Boolean, Group> byFamily = new HashMap<>();
    private Optional<Group> first = Optional.empty();
    private Optional<AddressRange> largestV6 = Optional.empty();
    private Optional<Group> ofLargestV6 = Optional.empty();

    void add(Group group, AddressRange address, boolean isSpecial) {
      if (!isSpecial) {
        byFamily.putIfAbsent(address.isV6(), group);
      }
      if (address.isV6() && largestV6.map(most -> most.compareSize(address) < 0).orElse(true)) {
        largestV6 = Optional.of(address);
        ofLargestV6 = Optional.of(group);
      }
      if (first.isEmpty() && !group.tags.isEmpty()) {
        first = Optional.of(group);
      }
    }

    private Optional<Group> of(boolean isV6) {
      return Optional.ofNullable(byFamily.get(isV6));
    }

    /// Those that keep the id: of IPv4, or of IPv6 if only these may do anything; if rules are
    /// about every address, the first that may.
    Optional<Group> usual() {
      var some = of(false).filter(group -> !group.tags.isEmpty()).or(() -> of(true));
      return some.filter(group -> !group.tags.isEmpty())
          .or(() -> of(false))
          .or(() -> some)
          .or(() -> first);
    }

    /// Those of IPv6, if they may do something else than the others. A network's own public range
    /// leaves rules about all but that range, which is most of the family.
    Optional<Group> otherV6() {
      return of(true)
          .filter(group -> !group.tags.isEmpty())
          .or(() -> ofLargestV6.filter(group -> !group.tags.isEmpty()))
          .filter(group -> !usual().equals(Optional.of(group)));
    }
  }

  private static String distinct(String id, Outside outside, Set<String> ids) {
    String free = ids.contains(id) ? outside.id() + "/" + id : id;
    ids.add(free);
    return free;
  }

  private static External external(Group group, String id, String name, List<AddressRange> ranges) {
    int[] tags = group.tags.stream().mapToInt(Integer::intValue).toArray();
    return new External(id, name, group.outside, ranges, tags);
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
                ignored -> {
                  var both = List.of(new ClassSet(), new ClassSet());
                  members.addAll(both);
                  return both;
                });
        boolean isV6 = classes.example(number).address().orElseThrow().isV6();
        families.get(isV6 ? 1 : 0).set(number);
      }
    }
    var special = new ClassSet();
    for (Selector.Within ranges : mentions.ranges()) {
      for (ClassSet family : members) {
        var some = sets.within(ranges, family, true);
        if (!some.equals(family)) {
          special.addAll(some);
        }
      }
    }
    return special;
  }
}
