package io.surfacescan.importers.azure;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Short names of resources: as much of their ids as tells them from others of their kind.
///
/// ```
/// vnet1                        if no other has the name
/// group1/vnet1                 if no other group of that name has one
/// SUBSCRIPTION/group1/vnet1    else
/// ```
final class AzureNames {
  private final Map<String, Integer> bearers = new HashMap<>();
  private final boolean hasGroup;

  /// @param hasGroup whether a name has the resource group in any case
  AzureNames(boolean hasGroup) {
    this.hasGroup = hasGroup;
  }

  static AzureNames of(Collection<AzureId> ids, boolean hasGroup) {
    var names = new AzureNames(hasGroup);
    for (AzureId id : ids) {
      names.bearers.merge(fold(id.name()), 1, Integer::sum);
      names.bearers.merge(fold(grouped(id)), 1, Integer::sum);
    }
    return names;
  }

  private static String fold(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static String grouped(AzureId id) {
    return id.group().isEmpty() ? id.name() : id.group() + "/" + id.name();
  }

  String of(AzureId id) {
    if (!hasGroup && bearers.getOrDefault(fold(id.name()), 0) < 2) {
      return id.name();
    }
    String grouped = grouped(id);
    return bearers.getOrDefault(fold(grouped), 0) < 2 || id.subscription().isEmpty()
        ? grouped
        : id.subscription() + "/" + grouped;
  }
}
