package io.surfacescan.reachability;

import io.surfacescan.model.Services;
import io.surfacescan.model.TooLarge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
      String destinationWords) {}

  private record Key(ClassSet sources, ClassSet destinations, Services services) {}

  /// One link, for addresses of one family.
  ///
  /// @param denials those that may touch what goes along it
  private record Way(Link link, ClassSet sources, ClassSet destinations, List<Denial> denials) {}

  private final Map<Key, Rectangle> found = new LinkedHashMap<>();
  private final int most;

  private Rectangles(int most) {
    this.most = most;
  }

  /// @param most how many there may be
  /// @throws TooLarge if there are more
  static List<Rectangle> of(
      ReachabilityModel model, ClassSets sets, InterfaceClasses classes, boolean atMost, int most) {
    var out = DirectionTerms.of(gates(model, Direction.EGRESS), sets, classes, atMost);
    var in = DirectionTerms.of(gates(model, Direction.INGRESS), sets, classes, atMost);
    var denials = new ArrayList<>(out.denials());
    denials.addAll(in.denials());
    var egress = DirectionTerms.united(out.terms());
    var rectangles = new Rectangles(most);
    for (Way way : ways(model, sets, classes, atMost, denials)) {
      rectangles.combine(way, egress, in.terms());
    }
    return new ArrayList<>(rectangles.found.values());
  }

  private static List<Gate> gates(ReachabilityModel model, Direction direction) {
    return model.gates().stream().filter(gate -> gate.direction() == direction).toList();
  }

  private static List<Way> ways(
      ReachabilityModel model,
      ClassSets sets,
      InterfaceClasses classes,
      boolean atMost,
      List<Denial> denials) {
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
        add(ways, link, sources.and(v4), destinations.and(v4), denials);
        add(ways, link, sources.and(v6), destinations.and(v6), denials);
      } else {
        add(ways, link, sources, destinations, denials);
      }
    }
    return ways;
  }

  private static void add(
      List<Way> ways, Link link, ClassSet sources, ClassSet destinations, List<Denial> denials) {
    if (!sources.isEmpty() && !destinations.isEmpty()) {
      var touching =
          denials.stream()
              .filter(denial -> denial.meets(sources, destinations, link.services()))
              .toList();
      ways.add(new Way(link, sources, destinations, touching));
    }
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

  private void combine(Way way, List<Term> egress, List<Term> ingress) {
    var leaving = egress.stream().filter(term -> term.targets().intersects(way.sources)).toList();
    for (Term in : ingress) {
      if (!in.targets().intersects(way.destinations) || !in.peers().intersects(way.sources)) {
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
          add(way, in, out, sources, destinations, common);
        }
      }
    }
  }

  private void add(
      Way way, Term in, Term out, ClassSet sources, ClassSet destinations, Services services) {
    var from = sources.and(out.targets());
    var to = destinations.and(out.peers());
    var why = Term.joined(in.why(), out.why());
    String sourceWords =
        from.equals(sources) ? in.peerWords() : Term.words(in.peerWords(), out.targetWords());
    String destinationWords =
        to.equals(destinations) ? in.targetWords() : Term.words(in.targetWords(), out.peerWords());
    List<Denial.Part> parts = List.of(new Denial.Part(from, to, services));
    for (Denial denial : way.denials) {
      if (denial.meets(from, to, services)) {
        parts = parts.stream().flatMap(part -> denial.cutOutOf(part).stream()).toList();
      }
    }
    for (var part : parts) {
      add(
          new Rectangle(
              part.sources(),
              part.destinations(),
              part.services(),
              why,
              way.link,
              sourceWords,
              destinationWords));
    }
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
    if (found.size() > most) {
      throw new TooLarge(
          "the rules of the real environment come to more than " + most + " rules between tags");
    }
  }
}
