package io.surfacescan.importers.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/// The resources of one kind by their ids, each once, in the order of the input.
///
/// A resource may be listed several times: by pages that overlap, or by every account that it is
/// shared with. Two accounts whose ids were made anonymous may mean different things by one id.
final class Catalog<T extends Resource> {
  private final Map<String, List<T>> byId = new LinkedHashMap<>();
  private final BinaryOperator<T> merge;

  /// The first listing of a resource counts.
  Catalog() {
    this((first, ignored) -> first);
  }

  /// @param merge what two listings of one resource say together
  Catalog(BinaryOperator<T> merge) {
    this.merge = merge;
  }

  void add(T resource) {
    if (resource.id().isEmpty()) {
      return;
    }
    var alikes = byId.computeIfAbsent(resource.id(), absent -> new ArrayList<>(1));
    for (int i = 0; i < alikes.size(); i++) {
      if (isSame(alikes.get(i), resource)) {
        alikes.set(i, merge.apply(alikes.get(i), resource));
        return;
      }
    }
    alikes.add(resource);
  }

  private static boolean isSame(Resource some, Resource other) {
    var head = some.head();
    var others = other.head();
    boolean isOneOwner = !head.owner().isEmpty() && head.owner().equals(others.owner());
    boolean isOneRegion =
        head.region().isEmpty()
            || others.region().isEmpty()
            || head.region().equals(others.region());
    return head.unit().folder().equals(others.unit().folder()) || (isOneOwner && isOneRegion);
  }

  List<T> all() {
    return byId.values().stream().flatMap(List::stream).toList();
  }

  boolean isEmpty() {
    return byId.isEmpty();
  }

  /// The resource that a file means by an id: the one of its folder, else the first.
  Optional<T> find(String id, Unit near) {
    var alikes = byId.getOrDefault(id, List.of());
    for (T alike : alikes) {
      if (alike.head().unit().folder().equals(near.folder())) {
        return Optional.of(alike);
      }
    }
    return alikes.stream().findFirst();
  }

  /// What tells the resource from all others of its kind: its id, if no other has it.
  String name(T resource) {
    var alikes = byId.getOrDefault(resource.id(), List.of());
    if (alikes.size() < 2) {
      return resource.id();
    }
    String scoped = resource.head().scope() + "/" + resource.id();
    long others =
        alikes.stream()
            .takeWhile(alike -> !alike.equals(resource))
            .filter(alike -> alike.head().scope().equals(resource.head().scope()))
            .count();
    return others == 0 ? scoped : scoped + "#" + (others + 1);
  }

  /// The name of what a file means by an id, or the id if nothing has it.
  String name(String id, Unit near) {
    return find(id, near).map(this::name).orElse(id);
  }
}
