package io.surfacescan.importers.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The keys seen in one object. Reused from object to object, most of which have few keys.
public final class Keys {
  private static final int FEW = 16;

  private final List<String> few = new ArrayList<>();
  private @Nullable Set<String> many;

  public void clear() {
    few.clear();
    many = null;
  }

  /// Whether the key is new.
  public boolean add(String key) {
    if (many != null) {
      return many.add(key);
    }
    if (few.contains(key)) {
      return false;
    }
    few.add(key);
    if (few.size() > FEW) {
      many = new LinkedHashSet<>(few);
    }
    return true;
  }

  /// All keys in their order.
  public Collection<String> all() {
    return many != null ? many : few;
  }
}
