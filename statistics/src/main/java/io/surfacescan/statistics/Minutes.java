package io.surfacescan.statistics;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// What was recorded and not yet taken, by minutes. If nobody takes it for long, the oldest are put
/// together to hours and then to days, so that it stays small. Not thread-safe.
final class Minutes {
  private static final int SLOTS_MOST = 20_000;
  private static final int COARSENED_AT_ONCE = 500;

  private final int slotsMost;

  /// The requests of the current minute, by the number of their cell.
  private final Map<Integer, Current> current = new HashMap<>();

  private final Map<BucketKey, BucketValue> earlier = new HashMap<>();
  private Instant minute = Instant.MIN;
  private long rejectedSeen;

  private record Current(RequestKind cell, Accumulator sum) {}

  Minutes() {
    this(SLOTS_MOST);
  }

  /// @param slotsMost how many numbers are kept apart
  Minutes(int slotsMost) {
    this.slotsMost = slotsMost;
  }

  /// What is added from now on belongs to this minute, which may be an earlier one than before.
  void turnTo(Instant now) {
    if (!now.equals(minute)) {
      freeze();
      minute = now;
    }
  }

  /// @param number of the cell
  void add(int number, RequestKind cell, Interval.Use use) {
    use.addTo(current.computeIfAbsent(number, _ -> new Current(cell, new Accumulator())).sum());
  }

  /// @param count of all that was ever rejected
  void rejectedUpTo(long count) {
    if (count > rejectedSeen) {
      put(
          new BucketKey(minute, Span.MINUTE, RequestKind.REJECTED),
          new BucketValue(count - rejectedSeen, 0, 0, 0, new byte[0]));
      rejectedSeen = count;
    }
  }

  /// All of it; it is forgotten here.
  Tallies take() {
    freeze();
    var all = new Tallies(earlier);
    earlier.clear();
    return all;
  }

  private void freeze() {
    for (var use : current.values()) {
      if (!use.sum().isEmpty()) {
        put(new BucketKey(minute, Span.MINUTE, use.cell()), use.sum().tally());
        use.sum().clear();
      }
    }
    if (earlier.size() > slotsMost) {
      coarsen(Span.MINUTE, Span.HOUR);
    }
    if (earlier.size() > slotsMost) {
      coarsen(Span.HOUR, Span.DAY);
    }
  }

  /// Puts the oldest of one span together to the next wider one: a few, because others wait.
  private void coarsen(Span from, Span to) {
    var slots =
        earlier.keySet().stream()
            .filter(slot -> slot.span() == from)
            .sorted(Comparator.comparing(BucketKey::start))
            .toList();
    for (var slot : slots.subList(0, Math.min(slots.size(), COARSENED_AT_ONCE))) {
      put(slot.within(to), Objects.requireNonNull(earlier.remove(slot)));
    }
  }

  private void put(BucketKey slot, BucketValue tally) {
    earlier.merge(slot, tally, BucketValue::plus);
  }
}
