package io.surfacescan.reachability;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// The texts by which rules tell interfaces apart, sorted and each once: `app=web`, `sg-1`,
/// `subnet-7`. Immutable, compared by content.
///
/// A model keeps equal marks once ([ReachabilityModel.Builder#marks]), so interfaces alike cost
/// little.
public final class Marks {
  public static final Marks NONE = new Marks(new String[0]);

  private final String[] sorted;
  private final int hash;

  private Marks(String[] sorted) {
    this.sorted = sorted;
    hash = Arrays.hashCode(sorted);
  }

  public static Marks of(Collection<String> texts) {
    return texts.isEmpty()
        ? NONE
        : new Marks(texts.stream().distinct().sorted().toArray(String[]::new));
  }

  public static Marks of(String... texts) {
    return of(Arrays.asList(texts));
  }

  /// The same, with texts that others have too kept once.
  Marks sharing(SharedValues shared) {
    var texts = new String[sorted.length];
    Arrays.setAll(texts, i -> shared.one(sorted[i]));
    return new Marks(texts);
  }

  public boolean has(String mark) {
    return Arrays.binarySearch(sorted, mark) >= 0;
  }

  public List<String> texts() {
    return List.of(sorted);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Marks marks
            && hash == marks.hash
            && Arrays.equals(sorted, marks.sorted));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return Arrays.toString(sorted);
  }
}
