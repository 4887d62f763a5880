package io.surfacescan.model;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value that is found when it is first asked for: a column that most questions leave alone.
/// Those who ask meanwhile wait. Thread-safe.
public final class Later<T> {
  private volatile @Nullable T value;

  /// Null once the value is there. Guarded by this.
  private @Nullable Supplier<T> finder;

  private Later(@Nullable T value, @Nullable Supplier<T> finder) {
    this.value = value;
    this.finder = finder;
  }

  /// A value that is there already.
  public static <T> Later<T> known(T value) {
    return new Later<>(value, null);
  }

  public static <T> Later<T> of(Supplier<T> finder) {
    return new Later<>(null, finder);
  }

  public T get() {
    var known = value;
    return known == null ? find() : known;
  }

  private synchronized T find() {
    var known = value;
    if (known == null) {
      var wanted = finder;
      if (wanted == null) {
        throw new IllegalStateException("neither a value nor a way to it");
      }
      known = wanted.get();
      value = known;
      finder = null;
    }
    return known;
  }
}
