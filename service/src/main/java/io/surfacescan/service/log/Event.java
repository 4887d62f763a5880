package io.surfacescan.service.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// Something that happened, as facts in their order; those without a value are left out.
public final class Event {
  private final List<LogField> facts;

  private Event(List<LogField> facts) {
    this.facts = facts;
  }

  public static Event of(LogField... facts) {
    return new Event(List.of(facts));
  }

  public Event and(LogField... more) {
    var all = new ArrayList<>(facts);
    all.addAll(List.of(more));
    return new Event(List.copyOf(all));
  }

  public Event and(Event other) {
    return and(other.facts.toArray(LogField[]::new));
  }

  List<LogField> facts() {
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
