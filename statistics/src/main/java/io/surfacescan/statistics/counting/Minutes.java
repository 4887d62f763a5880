package io.surfacescan.statistics.counting;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// What was recorded and not yet taken, by minutes. After a long time the oldest minutes are added
/// up to hours, and then to days, so that it stays small. Not thread-safe.
final class Minutes {
  private static final int KEYS_MOST = 20_000;
  private static final int COARSENED_AT_ONCE = 500;

  private final int keysMost;

  /// The requests of the current minute, by the number of their cell.
  private final Map<Integer, Current> current = new HashMap<>();

  private final Map<BucketKey, BucketValue> earlier = new HashMap<>();
  private Instant minute = Instant.MIN;
  private long rejectedSeen;

  private record Current(RequestKind kind, Accumulator sum) {}

  Minutes() {
    this(KEYS_MOST);
  }

  /// @param keysMost how many numbers are kept apart
  Minutes(int keysMost) {
    this.keysMost = keysMost;
  }

  /// What is added from now on belongs to this minute, which may be an earlier one than before.
  void turnTo(Instant now) {
    if (!now.equals(minute)) {
      freeze();
      minute = now;
    }
  }

  /// @param number of the cell
  void add(int number, RequestKind kind, Interval.Use use) {
    use.addTo(current.computeIfAbsent(number, _ -> new Current(kind, new Accumulator())).sum());
  }

  /// @param count of all that was ever rejected
  void rejectedUpTo(long count) {
    if (count > rejectedSeen) {
      put(
          new BucketKey(minute, Resolution.MINUTE, RequestKind.REJECTED),
          new BucketValue(count - rejectedSeen, 0, 0, 0, new byte[0]));
      rejectedSeen = count;
    }
  }

  /// All of it; it is forgotten here.
  BucketValues take() {
    freeze();
    var all = new BucketValues(earlier);
    earlier.clear();
    return all;
  }

  private void freeze() {
    for (var use : current.values()) {
      if (!use.sum().isEmpty()) {
        put(new BucketKey(minute, Resolution.MINUTE, use.kind()), use.sum().value());
        use.sum().clear();
      }
    }
    if (earlier.size() > keysMost) {
      coarsen(Resolution.MINUTE, Resolution.HOUR);
    }
    if (earlier.size() > keysMost) {
      coarsen(Resolution.HOUR, Resolution.DAY);
    }
  }

  /// Puts the oldest of one span together to the next wider one: a few, because others wait.
  private void coarsen(Resolution from, Resolution to) {
    var keys =
        earlier.keySet().stream()
            .filter(key -> key.resolution() == from)
            .sorted(Comparator.comparing(BucketKey::start))
            .toList();
    for (var key : keys.subList(0, Math.min(keys.size(), COARSENED_AT_ONCE))) {
      put(key.within(to), Objects.requireNonNull(earlier.remove(key)));
    }
  }

  private void put(BucketKey key, BucketValue value) {
    earlier.merge(key, value, BucketValue::plus);
  }
}
