package io.surfacescan.reachability.lowering;

import io.surfacescan.model.Services;
import io.surfacescan.model.TooLarge;
import io.surfacescan.reachability.Direction;
import io.surfacescan.reachability.Gate;
import io.surfacescan.reachability.Link;
import io.surfacescan.reachability.ReachabilityModel;
import java.util.ArrayList;
import java.util.HashMap;
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
      String destinationWords) {
    /// A part of it.
    Rectangle of(ClassSet someSources, ClassSet someDestinations) {
      return new Rectangle(
          someSources, someDestinations, services, why, link, sourceWords, destinationWords);
    }
  }

  private record Key(ClassSet sources, ClassSet destinations, Services services) {}

  private final Map<Key, Rectangle> found = new LinkedHashMap<>();

  /// Equal sets, each kept once.
  private final Map<ClassSet, ClassSet> sets = new HashMap<>();

  private final ReachabilityModel model;
  private final Lowering.Limits limits;
  private final Runnable check;
  private long setBytes;

  private Rectangles(ReachabilityModel model, Lowering.Limits limits, Runnable check) {
    this.model = model;
    this.limits = limits;
    this.check = check;
  }

  /// @throws TooLarge if there are more than the limits allow
  static List<Rectangle> of(ReachabilityModel model, LoweringPass pass, Lowering.Limits limits) {
    return of(model, Sides.of(model, pass), Way.all(model.links(), pass), limits, pass.check());
  }

  /// @param model what to blame if they are too many
  /// @throws TooLarge if there are more than the limits allow
  static List<Rectangle> of(
      ReachabilityModel model,
      Sides sides,
      List<Way> ways,
      Lowering.Limits limits,
      Runnable check) {
    var denials = new ArrayList<>(sides.out().denials());
    denials.addAll(sides.in().denials());
    var leaving = new TermIndex(sides.out().terms());
    var entering = new TermIndex(sides.in().terms());
    var rectangles = new Rectangles(model, limits, check);
    for (Way way : ways) {
      check.run();
      var touching =
          denials.stream()
              .filter(
                  denial -> denial.meets(way.sources(), way.destinations(), way.link().services()))
              .toList();
      rectangles.combine(
          way, leaving.about(way.sources()), entering.about(way.destinations()), touching);
    }
    return new ArrayList<>(rectangles.found.values());
  }

  /// What the gates of both directions allow.
  ///
  /// @param out with terms united
  record Sides(DirectionTerms out, DirectionTerms in) {
    static Sides of(ReachabilityModel model, LoweringPass pass) {
      var all = pass.sets().all();
      return new Sides(
          out(gates(model, Direction.EGRESS), pass, all),
          DirectionTerms.of(gates(model, Direction.INGRESS), pass, all));
    }

    /// What gates on the way out allow some classes.
    static DirectionTerms out(List<Gate> gates, LoweringPass pass, ClassSet guarded) {
      var all = DirectionTerms.of(gates, pass, guarded);
      return new DirectionTerms(DirectionTerms.united(all.terms(), pass.check()), all.denials());
    }

    /// What of it is about some pairs of classes.
    Sides between(ClassSet sources, ClassSet destinations) {
      return new Sides(
          out.about(sources, sources, destinations), in.about(destinations, sources, destinations));
    }

    static List<Gate> gates(ReachabilityModel model, Direction direction) {
      return model.gates().stream().filter(gate -> gate.direction() == direction).toList();
    }
  }

  private void combine(Way way, List<Term> leaving, List<Term> entering, List<Denial> denials) {
    for (Term in : entering) {
      check.run();
      if (!in.peers().intersects(way.sources())) {
        continue;
      }
      var services = in.services().and(way.link().services());
      if (services.isEmpty()) {
        continue;
      }
      var sources = in.peers().and(way.sources());
      var destinations = in.targets().and(way.destinations());
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
    if (why.isEmpty() && !way.parts().isEmpty()) {
      // No real rule names it, so its links do.
      for (Way part : way.parts()) {
        if (part.sources().intersects(from) && part.destinations().intersects(to)) {
          add(
              part,
              denials,
              in,
              out,
              sources.and(part.sources()),
              destinations.and(part.destinations()),
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
              way.link(),
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
