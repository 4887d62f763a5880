package io.surfacescan.reachability.lowering;

import io.surfacescan.model.Services;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A set of pairs of a peer and a service, as disjoint sets of peers with the services of each. No
/// two parts have equal services, and none is empty. Immutable.
record Region(List<Part> parts) {
  /// Peers that have these services in common.
  record Part(ClassSet peers, Services services) {}

  static final Region NONE = new Region(List.of());

  static Region of(ClassSet peers, Services services) {
    return peers.isEmpty() || services.isEmpty()
        ? NONE
        : new Region(List.of(new Part(peers, services)));
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /// What the region has of these peers and services.
  Region and(ClassSet peers, Services services) {
    var gathered = new Gathered();
    for (Part part : parts) {
      gathered.add(part.peers.and(peers), part.services.and(services));
    }
    return gathered.region();
  }

  Region minus(ClassSet peers, Services services) {
    var gathered = new Gathered();
    for (Part part : parts) {
      if (part.peers.intersects(peers)) {
        gathered.add(part.peers.minus(peers), part.services);
        gathered.add(part.peers.and(peers), part.services.minus(services));
      } else {
        gathered.add(part.peers, part.services);
      }
    }
    return gathered.region();
  }

  Region minus(Region other) {
    var left = this;
    for (Part part : other.parts) {
      left = left.minus(part.peers, part.services);
    }
    return left;
  }

  Region or(ClassSet peers, Services services) {
    if (services.isEmpty()) {
      return this;
    }
    var gathered = new Gathered();
    var fresh = peers;
    for (Part part : parts) {
      if (part.peers.intersects(peers)) {
        gathered.add(part.peers.minus(peers), part.services);
        gathered.add(part.peers.and(peers), part.services.or(services));
        fresh = fresh.minus(part.peers);
      } else {
        gathered.add(part.peers, part.services);
      }
    }
    gathered.add(fresh, services);
    return gathered.region();
  }

  Region or(Region other) {
    var both = this;
    for (Part part : other.parts) {
      both = both.or(part.peers, part.services);
    }
    return both;
  }

  /// Parts with equal services become one.
  private static final class Gathered {
    private final Map<Services, ClassSet> peersOf = new LinkedHashMap<>();

    void add(ClassSet peers, Services services) {
      if (!peers.isEmpty() && !services.isEmpty()) {
        peersOf.merge(services, peers, ClassSet::or);
      }
    }

    Region region() {
      return peersOf.isEmpty()
          ? NONE
          : new Region(
              peersOf.entrySet().stream()
                  .map(entry -> new Part(entry.getValue(), entry.getKey()))
                  .toList());
    }
  }
}
