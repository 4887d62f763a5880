package io.surfacescan.importers.terraform;

import io.surfacescan.importers.aws.Resource.AclEntry;
import io.surfacescan.importers.aws.Resource.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What resources add to others, by the ids of these. Those of an export get it when a plan is laid
/// over it.
final class Additions {
  /// Routes by route tables.
  final Map<String, List<Route>> routes = new HashMap<>();

  /// Subnets by the route tables that they are associated with.
  final Map<String, List<String>> subnetsOfTable = new HashMap<>();

  /// Entries by network ACLs.
  final Map<String, List<AclEntry>> entries = new HashMap<>();

  /// Subnets by the network ACLs that they are associated with.
  final Map<String, List<String>> subnetsOfAcl = new HashMap<>();

  /// Public addresses by instances and interfaces.
  final Map<String, String> outers = new HashMap<>();

  /// Security groups by instances and interfaces.
  final Map<String, List<String>> groups = new HashMap<>();
}
