package io.surfacescan.reachability.lowering;

import io.surfacescan.model.Services;
import io.surfacescan.reachability.Direction;
import io.surfacescan.reachability.Link;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Links that lead from each of some sources to each of some destinations, for addresses of one
/// family.
///
/// @param link one of them
/// @param parts the ways that it unites; none if it is one link
record Way(Link link, ClassSet sources, ClassSet destinations, List<Way> parts) {
  Way(Link link, ClassSet sources, ClassSet destinations) {
    this(link, sources, destinations, List.of());
  }

  /// @param ways of the same sources, or the same destinations
  static Way united(List<Way> ways) {
    var first = ways.getFirst();
    if (ways.size() == 1) {
      return first;
    }
    var sources = new ClassSet();
    var destinations = new ClassSet();
    var parts = new ArrayList<Way>();
    for (Way way : ways) {
      sources.addAll(way.sources);
      destinations.addAll(way.destinations);
      parts.addAll(way.parts.isEmpty() ? List.of(way) : way.parts);
    }
    return new Way(first.link, sources, destinations, parts);
  }

  /// The part of it between some classes, without what it unites.
  Way between(ClassSet some, ClassSet others) {
    return new Way(link, sources.and(some), destinations.and(others));
  }

  boolean isEmpty() {
    return sources.isEmpty() || destinations.isEmpty();
  }

  /// What ways have in common that are united.
  ///
  /// @param whys what their links leave open
  private record WayKey(ClassSet end, Services services, Set<String> whys) {
    static WayKey of(Way way, ClassSet end) {
      var whys = new HashSet<String>();
      Mentions.addUnknowns(way.link.sources(), whys);
      Mentions.addUnknowns(way.link.destinations(), whys);
      return new WayKey(end, way.link.services(), whys);
    }
  }

  /// As few ways as links come to: a VPC that a hundred others are joined with is the end of one.
  static List<Way> all(List<Link> links, LoweringPass pass) {
    var classes = pass.classes();
    var attackers = classes.withoutOutside(Direction.EGRESS);
    var targets = classes.withoutOutside(Direction.INGRESS);
    var v4 = family(classes, false);
    var v6 = family(classes, true);
    var ways = new ArrayList<Way>();
    for (Link link : links) {
      pass.check().run();
      var sources = pass.picked(link.sources()).and(attackers);
      var destinations = pass.picked(link.destinations()).and(targets);
      // Interfaces without an address are in both families.
      boolean isMixed = !v4.contains(sources) || !v4.contains(destinations);
      if (isMixed) {
        ways.add(new Way(link, sources.and(v4), destinations.and(v4)));
        ways.add(new Way(link, sources.and(v6), destinations.and(v6)));
      } else {
        ways.add(new Way(link, sources, destinations));
      }
    }
    ways.removeIf(Way::isEmpty);
    return united(united(ways, Way::destinations), Way::sources);
  }

  /// @param end which end equal ways have in common
  private static List<Way> united(List<Way> ways, Function<Way, ClassSet> end) {
    Map<WayKey, List<Way>> alike = new LinkedHashMap<>();
    for (Way way : ways) {
      alike.computeIfAbsent(WayKey.of(way, end.apply(way)), absent -> new ArrayList<>(1)).add(way);
    }
    return alike.values().stream().map(Way::united).toList();
  }

  /// The classes that may speak this family of addresses.
  private static ClassSet family(InterfaceClasses classes, boolean isV6) {
    var set = new ClassSet();
    for (int number = 0; number < classes.size(); number++) {
      if (classes.example(number).address().map(range -> range.isV6() == isV6).orElse(true)) {
        set.set(number);
      }
    }
    return set;
  }
}
