package io.surfacescan.importers.aws;

import io.surfacescan.importers.aws.Resource.Header;
import io.surfacescan.reachability.Endpoint;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The accounts and regions that an export is of. What a resource does not say of its own is what
/// all others of its folder say.
final class Scopes {
  /// The lists that VMs come from: a folder without one of them was not read for VMs.
  private static final List<String> VM_LISTS =
      List.of("Reservations", "Instances", "NetworkInterfaces");

  private final Map<String, Set<String>> ownersOfFolder = new HashMap<>();
  private final Map<String, Set<String>> regionsOfFolder = new HashMap<>();

  /// The owners of what stands in the folders of an account, which may have a name of its own.
  private final Map<String, Set<String>> ownersOfAccount = new HashMap<>();

  /// Where VMs were looked for, be there any or none.
  private final Set<Unit> units = new LinkedHashSet<>();

  Scopes(Collection<AwsDocument> documents) {
    for (AwsDocument document : documents) {
      if (VM_LISTS.stream().anyMatch(document.counts()::containsKey)) {
        units.addAll(document.units());
      }
    }
  }

  void add(Resource resource) {
    var head = resource.head();
    // The name of a folder stands for an owner that the resource does not say.
    if (head.isOwned()) {
      put(ownersOfFolder, head.unit().folder(), head.owner());
      put(ownersOfAccount, head.unit().account(), head.owner());
    }
    put(regionsOfFolder, head.unit().folder(), head.region());
  }

  private static void put(Map<String, Set<String>> map, String key, String value) {
    if (!value.isEmpty()) {
      map.computeIfAbsent(key, absent -> new HashSet<>()).add(value);
    }
  }

  /// The account and region of a resource, as far as they are known.
  String of(Header head) {
    String folder = head.unit().folder();
    return text(
        head.owner().isEmpty() ? only(ownersOfFolder, folder) : head.owner(),
        head.region().isEmpty() ? only(regionsOfFolder, folder) : head.region());
  }

  /// How many VMs each has. A region that was read and holds none has 0: one that is missing was
  /// forgotten.
  SortedMap<String, Long> counts(List<Endpoint> endpoints) {
    var counts = new TreeMap<String, Long>();
    for (Endpoint endpoint : endpoints) {
      counts.merge(endpoint.scope().orElse("unknown"), 1L, Long::sum);
    }
    for (Unit unit : units) {
      if (!unit.region().isEmpty()) {
        counts.putIfAbsent(text(account(unit), unit.region()), 0L);
      }
    }
    return counts;
  }

  private String account(Unit unit) {
    if (unit.hasAccountNumber()) {
      return unit.account();
    }
    String owner = only(ownersOfFolder, unit.folder());
    String other = owner.isEmpty() ? only(ownersOfAccount, unit.account()) : owner;
    return other.isEmpty() ? unit.account() : other;
  }

  private static String only(Map<String, Set<String>> map, String key) {
    var values = map.getOrDefault(key, Set.of());
    return values.size() == 1 ? values.iterator().next() : "";
  }

  private static String text(String account, String region) {
    return account.isEmpty() ? region : region.isEmpty() ? account : account + "/" + region;
  }
}
