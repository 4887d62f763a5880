package io.surfacescan.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// Something that happened, as facts in their order; those without a value are left out.
final class Event {
  private final List<Fact> facts;

  private Event(List<Fact> facts) {
    this.facts = facts;
  }

  static Event of(Fact... facts) {
    return new Event(List.of(facts));
  }

  Event and(Fact... more) {
    var all = new ArrayList<>(facts);
    all.addAll(List.of(more));
    return new Event(List.copyOf(all));
  }

  Event and(Event other) {
    return and(other.facts.toArray(Fact[]::new));
  }

  List<Fact> facts() {
    return facts;
  }

  /// `name=value` and spaces between; a value that is more than a word is in quotes.
  @Override
  public String toString() {
    return facts.stream()
        .filter(fact -> fact.value() != null)
        .map(fact -> fact.name() + "=" + LogText.word(Objects.requireNonNull(fact.value())))
        .collect(Collectors.joining(" "));
  }
}
