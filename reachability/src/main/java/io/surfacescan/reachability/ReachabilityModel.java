package io.surfacescan.reachability;

import io.surfacescan.model.ColumnSink;
import io.surfacescan.model.ColumnSource;
import io.surfacescan.model.Origin;
import io.surfacescan.model.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// What one input lets through, as its sources have it: endpoints, addresses outside, gates with
/// real rules, and links. The package's page says when a packet passes. Immutable.
public final class ReachabilityModel {
  private final List<Endpoint> endpoints;
  private final List<Outside> outsides;
  private final List<Gate> gates;
  private final List<Link> links;

  private ReachabilityModel(
      List<Endpoint> endpoints, List<Outside> outsides, List<Gate> gates, List<Link> links) {
    this.endpoints = List.copyOf(endpoints);
    this.outsides = List.copyOf(outsides);
    this.gates = List.copyOf(gates);
    this.links = List.copyOf(links);
  }

  public void write(ColumnSink sink) {
    sink.values("real.endpoints", endpoints);
    sink.values("real.outsides", outsides);
    sink.values("real.gates", gates);
    sink.values("real.links", links);
  }

  /// The model that was handed over.
  public static ReachabilityModel read(ColumnSource source) {
    return new ReachabilityModel(
        source.values("real.endpoints", Endpoint.class),
        source.values("real.outsides", Outside.class),
        source.values("real.gates", Gate.class),
        source.values("real.links", Link.class));
  }

  public List<Endpoint> endpoints() {
    return endpoints;
  }

  public List<Outside> outsides() {
    return outsides;
  }

  public List<Gate> gates() {
    return gates;
  }

  public List<Link> links() {
    return links;
  }

  /// The same without some real rules, as if the source had never had them. Links with such an id
  /// go too.
  public ReachabilityModel without(Set<String> ids) {
    return with(
        rule -> ids.contains(rule.id()) ? List.of() : List.of(rule),
        ids,
        links.stream().filter(link -> !ids.contains(link.id())).toList());
  }

  /// The same with other rules in place of each: none to remove it, another to narrow it, more to
  /// add some behind it.
  public ReachabilityModel with(Function<GateRule, List<GateRule>> change) {
    return with(change, Set.of(), links);
  }

  private ReachabilityModel with(
      Function<GateRule, List<GateRule>> change, Set<String> goneSubjects, List<Link> left) {
    var changed = new IdentityHashMap<Tier, Tier>();
    var changedGates = new ArrayList<Gate>();
    for (Gate gate : gates) {
      var tiers = new ArrayList<Tier>();
      for (Tier tier : gate.tiers()) {
        tiers.add(changed.computeIfAbsent(tier, absent -> changed(tier, change, goneSubjects)));
      }
      changedGates.add(gate.with(tiers));
    }
    return new ReachabilityModel(endpoints, outsides, changedGates, left);
  }

  /// The same with other places of the real rules and links.
  public ReachabilityModel at(UnaryOperator<Place> places) {
    var moved = new IdentityHashMap<Tier, Tier>();
    return new ReachabilityModel(
        endpoints,
        outsides,
        gates.stream()
            .map(gate ->
                gate.with(
                    gate.tiers().stream()
                        .map(tier -> moved.computeIfAbsent(tier, unmoved -> tier.at(places)))
                        .toList()))
            .toList(),
        links.stream().map(link -> link.at(places)).toList());
  }

  private static Tier changed(
      Tier tier, Function<GateRule, List<GateRule>> change, Set<String> goneSubjects) {
    return new Tier(
        tier.name(),
        tier.subjects().stream().filter(each -> !goneSubjects.contains(each.id())).toList(),
        tier.rules().stream().flatMap(rule -> change.apply(rule).stream()).toList(),
        tier.otherwise());
  }

  /// The ids of all real rules, of links and of what isolates without a rule.
  public Set<String> ruleIds() {
    return realRules().keySet();
  }

  /// Every real rule by its id: what it is a rule of, where it stands, and what it says. Of one in
  /// several parts that is the first.
  public SortedMap<String, Origin> realRules() {
    var rules = new TreeMap<String, Origin>();
    for (Gate gate : gates) {
      for (Tier tier : gate.tiers()) {
        for (GateRule rule : tier.rules()) {
          rules.putIfAbsent(
              rule.id(), new Origin(rule.id(), gate.name(), rule.place(), rule.text()));
        }
      }
    }
    for (Gate gate : gates) {
      for (Tier tier : gate.tiers()) {
        for (Tier.Subject subject : tier.subjects()) {
          rules.putIfAbsent(
              subject.id(),
              new Origin(subject.id(), gate.name(), subject.place(), "allows nothing"));
        }
      }
    }
    for (Link link : links) {
      rules.putIfAbsent(link.id(), new Origin(link.id(), "route", link.place(), link.name()));
    }
    rules.remove("");
    return rules;
  }

  /// How many rules the gates have; rules of tiers that gates share count once.
  public int ruleCount() {
    Set<Tier> tiers = Collections.newSetFromMap(new IdentityHashMap<>());
    gates.forEach(gate -> tiers.addAll(gate.tiers()));
    return tiers.stream().mapToInt(tier -> tier.rules().size()).sum();
  }

  /// Collects a model. Not thread-safe. Endpoints become VMs in the order in which they are added.
  public static final class Builder {
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final List<Outside> outsides = new ArrayList<>();
    private final List<Gate> gates = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final SharedValues shared = new SharedValues();
    private final Set<String> ids = new HashSet<>();

    /// Marks of this content, kept once.
    public Marks marks(Marks some) {
      return shared.marks(some);
    }

    /// Whether an endpoint or an outside has the id.
    public boolean hasId(String id) {
      return ids.contains(id);
    }

    /// Adds an endpoint.
    ///
    /// @throws IllegalArgumentException if the id is taken
    public Builder endpoint(Endpoint endpoint) {
      take(endpoint.id());
      endpoints.add(endpoint.sharing(shared));
      return this;
    }

    /// Adds addresses outside.
    ///
    /// @throws IllegalArgumentException if the id is taken
    public Builder outside(Outside outside) {
      take(outside.id());
      outsides.add(outside);
      return this;
    }

    private void take(String id) {
      if (!ids.add(id)) {
        throw new IllegalArgumentException("duplicate id: " + id);
      }
    }

    /// Adds all of another model. Addresses outside that both have are the same; marks must not
    /// mean different things.
    ///
    /// @throws IllegalArgumentException if both have an endpoint of one id
    public Builder add(ReachabilityModel other) {
      for (Outside outside : other.outsides) {
        if (!outsides.contains(outside)) {
          outside(outside);
        }
      }
      other.endpoints.forEach(this::endpoint);
      other.gates.forEach(this::gate);
      other.links.forEach(this::link);
      return this;
    }

    /// Adds a gate. Those of an interface come from it outwards: its own groups before the list of
    /// its subnet.
    public Builder gate(Gate gate) {
      gates.add(
          new Gate(
              gate.id(),
              gate.name(),
              gate.direction(),
              shared.selector(gate.guards()),
              shared.selector(gate.exempt()),
              gate.tiers().stream().map(shared::tier).toList(),
              gate.allowsOtherwise()));
      return this;
    }

    public Builder link(Link link) {
      links.add(
          new Link(
              link.id(),
              link.name(),
              link.place(),
              shared.selector(link.sources()),
              shared.selector(link.destinations()),
              shared.one(link.services())));
      return this;
    }

    public ReachabilityModel build() {
      return new ReachabilityModel(endpoints, outsides, gates, links);
    }
  }
}
