package io.surfacescan.policy.checking;

import io.surfacescan.model.Environment;
import io.surfacescan.model.Origin;
import io.surfacescan.model.Place;
import io.surfacescan.policy.Blame;
import io.surfacescan.policy.RulePlaces;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The firewall rules that are to blame for an attack, with all that goes with them.
///
/// A rule of an export that was lowered comes from real rules. A change of one of those changes all
/// that was made of it. So a cause is, there, the real rules of a hop that let it in, and the
/// firewall rules that come from these alone. Elsewhere it is the firewall rules of the hop.
///
/// Not thread-safe.
final class Causes {
  private static final int OTHERS_MOST = 3;

  private final Environment environment;
  private final RulePlaces places;

  /// Per id of a real rule, the firewall rules that come from it.
  private @Nullable Map<String, List<Integer>> rulesOfOrigin;

  Causes(Environment environment, RulePlaces places) {
    this.environment = environment;
    this.places = places;
  }

  /// What to change.
  ///
  /// @param rules the firewall rules of one hop, ascending
  /// @param all the same, and those that go with them
  /// @param key the same in other runs
  record Cause(List<Integer> rules, BitSet all, String key) {}

  Cause of(List<Integer> rules) {
    var origins = new TreeSet<String>();
    rules.forEach(rule -> deciding(rule).forEach(origin -> origins.add(origin.id())));
    var all = new BitSet();
    rules.forEach(all::set);
    if (origins.isEmpty()) {
      return new Cause(rules, all, key(rules));
    }
    for (String origin : origins) {
      of(origin).stream()
          .filter(rule -> deciding(rule).allMatch(known -> origins.contains(known.id())))
          .forEach(all::set);
    }
    return new Cause(rules, all, String.join("\n", origins));
  }

  private List<Integer> of(String origin) {
    return byOrigin().getOrDefault(origin, List.of());
  }

  private Map<String, List<Integer>> byOrigin() {
    var known = rulesOfOrigin;
    if (known == null) {
      known = new HashMap<>();
      for (int rule = 0; rule < environment.ruleCount(); rule++) {
        int at = rule;
        var index = known;
        deciding(rule)
            .forEach(each -> index.computeIfAbsent(each.id(), absent -> new ArrayList<>()).add(at));
      }
      rulesOfOrigin = known;
    }
    return known;
  }

  private Stream<Origin> deciding(int rule) {
    return Blame.origins(environment, rule).stream();
  }

  private String key(Collection<Integer> rules) {
    var keys = new TreeSet<String>();
    for (int rule : rules) {
      var view = environment.rule(rule);
      keys.add(
          String.join(
              "\n",
              view.id().orElse(""),
              view.sourceTag(),
              view.destTag(),
              view.services().toString()));
    }
    return String.join("\n", keys);
  }

  /// Whether there is a rule to change: in an export, a real one.
  boolean isRule(Cause cause) {
    return cause.rules().stream().flatMap(this::deciding).findAny().isPresent()
        || byOrigin().isEmpty();
  }

  /// The places of the cause, the first one to look at first.
  List<Place> places(Cause cause) {
    var found = new ArrayList<Place>();
    for (int rule : cause.rules()) {
      deciding(rule).flatMap(origin -> origin.place().stream()).forEach(found::add);
      places.ofRule(rule).ifPresent(found::add);
    }
    return found.stream().distinct().toList();
  }

  static Optional<Place> first(List<Place> places) {
    return places.stream().findFirst();
  }

  static List<Place> others(List<Place> places) {
    return places.stream().skip(1).limit(OTHERS_MOST).toList();
  }

  /// The rules in words, fit for a line.
  String words(Cause cause) {
    return Blame.words(environment, cause.rules(), " and ");
  }
}
