package io.surfacescan.importers.azure;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The resources of one kind by their ids, each once, in the order of the input. Ids are those of a
/// whole cloud, so whatever has one is the same resource; the first listing counts.
final class AzureCatalog<T extends AzureResource> {
  private final Map<String, T> byKey = new LinkedHashMap<>();

  void add(T resource) {
    byKey.putIfAbsent(resource.key(), resource);
  }

  Collection<T> all() {
    return Collections.unmodifiableCollection(byKey.values());
  }

  Optional<T> find(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  boolean has(String key) {
    return byKey.containsKey(key);
  }
}
