package io.surfacescan.reachability;

import io.surfacescan.model.Services;
import io.surfacescan.model.TooLarge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// All that links and gates let through together, as rectangles: each of the sources may talk with
/// each of the destinations by these services.
///
/// For an egress term e and an ingress term i it is, along each link,
///
/// ```
/// [targets(e) and peers(i)] x [targets(i) and peers(e)] x [services(e) and services(i)]
/// ```
final class Rectangles {
  /// @param sourceWords who the sources are, for people
  record Rectangle(
      ClassSet sources,
      ClassSet destinations,
      Services services,
      List<Term.Source> why,
      Link link,
      String sourceWords,
      String destinationWords) {
    /// A part of it.
    Rectangle of(ClassSet someSources, ClassSet someDestinations) {
      return new Rectangle(
          someSources, someDestinations, services, why, link, sourceWords, destinationWords);
    }
  }

  private record Key(ClassSet sources, ClassSet destinations, Services services) {}

  /// Links that lead from each of some sources to each of some destinations, for addresses of one
  /// family.
  ///
  /// @param link one of them
  /// @param parts the ways that it unites; none if it is one link
  private record Way(Link link, ClassSet sources, ClassSet destinations, List<Way> parts) {
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

  private final Map<Key, Rectangle> found = new LinkedHashMap<>();

  /// Equal sets, each kept once.
  private final Map<ClassSet, ClassSet> sets = new HashMap<>();

  private final ReachabilityModel model;
  private final Lowering.Limits limits;
  private long setBytes;

  private Rectangles(ReachabilityModel model, Lowering.Limits limits) {
    this.model = model;
    this.limits = limits;
  }

  /// @throws TooLarge if there are more than the limits allow
  static List<Rectangle> of(
      ReachabilityModel model,
      ClassSets sets,
      InterfaceClasses classes,
      boolean atMost,
      Lowering.Limits limits) {
    var out = DirectionTerms.of(gates(model, Direction.EGRESS), sets, classes, atMost);
    var in = DirectionTerms.of(gates(model, Direction.INGRESS), sets, classes, atMost);
    var denials = new ArrayList<>(out.denials());
    denials.addAll(in.denials());
    var egress = DirectionTerms.united(out.terms());
    var leaving = new TermIndex(egress);
    var entering = new TermIndex(in.terms());
    var rectangles = new Rectangles(model, limits);
    for (Way way : ways(model, sets, classes, atMost)) {
      var touching =
          denials.stream()
              .filter(denial -> denial.meets(way.sources, way.destinations, way.link.services()))
              .toList();
      rectangles.combine(
          way, leaving.about(way.sources), entering.about(way.destinations), touching);
    }
    return new ArrayList<>(rectangles.found.values());
  }

  private static List<Gate> gates(ReachabilityModel model, Direction direction) {
    return model.gates().stream().filter(gate -> gate.direction() == direction).toList();
  }

  /// As few ways as links come to: a VPC that a hundred others are joined with is the end of one.
  private static List<Way> ways(
      ReachabilityModel model, ClassSets sets, InterfaceClasses classes, boolean atMost) {
    var attackers = classes.withoutOutside(Direction.EGRESS);
    var targets = classes.withoutOutside(Direction.INGRESS);
    var v4 = family(classes, false);
    var v6 = family(classes, true);
    var ways = new ArrayList<Way>();
    for (Link link : model.links()) {
      var sources = sets.picked(link.sources(), atMost).and(attackers);
      var destinations = sets.picked(link.destinations(), atMost).and(targets);
      // Interfaces without an address are in both families.
      boolean isMixed = !v4.contains(sources) || !v4.contains(destinations);
      if (isMixed) {
        ways.add(new Way(link, sources.and(v4), destinations.and(v4)));
        ways.add(new Way(link, sources.and(v6), destinations.and(v6)));
      } else {
        ways.add(new Way(link, sources, destinations));
      }
    }
    ways.removeIf(way -> way.sources.isEmpty() || way.destinations.isEmpty());
    return united(united(ways, Way::destinations), Way::sources);
  }

  /// @param end which end equal ways have in common
  private static List<Way> united(List<Way> ways, Function<Way, ClassSet> end) {
    Map<WayKey, List<Way>> alike = new LinkedHashMap<>();
    for (Way way : ways) {
      alike.computeIfAbsent(WayKey.of(way, end.apply(way)), _ -> new ArrayList<>(1)).add(way);
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

  private void combine(Way way, List<Term> leaving, List<Term> entering, List<Denial> denials) {
    for (Term in : entering) {
      if (!in.peers().intersects(way.sources)) {
        continue;
      }
      var services = in.services().and(way.link.services());
      if (services.isEmpty()) {
        continue;
      }
      var sources = in.peers().and(way.sources);
      var destinations = in.targets().and(way.destinations);
      for (Term out : leaving) {
        var common = services.and(out.services());
        if (!common.isEmpty()
            && out.targets().intersects(sources)
            && out.peers().intersects(destinations)) {
          add(way, denials, in, out, sources, destinations, common);
        }
      }
    }
  }

  private void add(
      Way way,
      List<Denial> denials,
      Term in,
      Term out,
      ClassSet sources,
      ClassSet destinations,
      Services services) {
    var from = sources.and(out.targets());
    var to = destinations.and(out.peers());
    var why = Term.joined(in.why(), out.why());
    if (why.isEmpty() && !way.parts.isEmpty()) {
      // No real rule names it, so its links do.
      for (Way part : way.parts) {
        if (part.sources.intersects(from) && part.destinations.intersects(to)) {
          add(
              part,
              denials,
              in,
              out,
              sources.and(part.sources),
              destinations.and(part.destinations),
              services);
        }
      }
      return;
    }
    String sourceWords =
        from.equals(sources) ? in.peerWords() : Term.words(in.peerWords(), out.targetWords());
    String destinationWords =
        to.equals(destinations) ? in.targetWords() : Term.words(in.targetWords(), out.peerWords());
    List<Denial.Part> parts = List.of(new Denial.Part(from, to, services));
    for (Denial denial : denials) {
      if (denial.meets(from, to, services)) {
        parts = parts.stream().flatMap(part -> denial.cutOutOf(part).stream()).toList();
      }
    }
    for (var part : parts) {
      add(
          new Rectangle(
              kept(part.sources()),
              kept(part.destinations()),
              part.services(),
              why,
              way.link,
              sourceWords,
              destinationWords));
    }
  }

  private ClassSet kept(ClassSet set) {
    var known = sets.putIfAbsent(set, set);
    if (known != null) {
      return known;
    }
    setBytes += set.bytes();
    if (setBytes > limits.setBytes()) {
      throw new TooLarge(
          "the rules of the real environment distinguish more sets of VMs than fit into memory; most"
              + " of them come from "
              + LargestList.of(model, List.of()));
    }
    return set;
  }

  private void add(Rectangle rectangle) {
    found.merge(
        new Key(rectangle.sources, rectangle.destinations, rectangle.services),
        rectangle,
        (known, more) ->
            new Rectangle(
                known.sources,
                known.destinations,
                known.services,
                Term.joined(known.why, more.why),
                known.link,
                known.sourceWords,
                known.destinationWords));
    if (found.size() > limits.rules()) {
      throw new TooLarge(
          "the rules of the real environment come to more than "
              + limits.rules()
              + " rules between tags; most of them come from "
              + LargestList.of(model, List.of()));
    }
  }
}
