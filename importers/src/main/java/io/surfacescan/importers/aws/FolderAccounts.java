package io.surfacescan.importers.aws;

import io.surfacescan.importers.aws.Resource.Address;
import io.surfacescan.importers.aws.Resource.InternetGateway;
import io.surfacescan.importers.aws.Resource.NatGateway;
import io.surfacescan.importers.aws.Resource.NetworkAcl;
import io.surfacescan.importers.aws.Resource.Nic;
import io.surfacescan.importers.aws.Resource.RouteTable;
import io.surfacescan.importers.aws.Resource.SecurityGroup;
import io.surfacescan.importers.aws.Resource.Subnet;
import io.surfacescan.importers.aws.Resource.Vpc;
import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.Quoted;
import io.surfacescan.importers.json.Source;
import io.surfacescan.importers.json.Supervision;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.ProblemKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Tells accounts apart whose exports lie in one folder.
///
/// A folder is taken to be of one account, and what it lists twice by one id to be one thing. If
/// two owners have the same id, all of the folder is divided by owners. What names no owner belongs
/// to the only one that its file names; without one it could be of either account, which is an
/// error. So is an id that is listed twice and differs, where the owners do not tell why.
final class FolderAccounts {
  private static final String REMEDY =
      "put the export of each account and region into a folder of its own";

  private record Key(String folder, Class<? extends Resource> kind, String id) {}

  /// An id that two accounts have.
  private record Shared(Resource first, Resource other) {}

  private final ProblemLog problems;
  private final Map<Key, Resource> listed = new HashMap<>();
  private final Map<String, Shared> sharedInFolder = new HashMap<>();

  private FolderAccounts(ProblemLog problems) {
    this.problems = problems;
  }

  /// The documents, read once more where they are of several accounts.
  static List<AwsDocument> apart(
      List<AwsDocument> documents,
      List<Source> sources,
      Supervision supervision,
      ProblemLog problems) {
    var accounts = new FolderAccounts(problems);
    for (AwsDocument document : documents) {
      for (Fact fact : document.facts()) {
        if (fact instanceof Resource resource && !resource.id().isEmpty()) {
          accounts.add(resource);
        }
      }
    }
    if (accounts.sharedInFolder.isEmpty()) {
      return documents;
    }
    var apart = new ArrayList<AwsDocument>();
    for (AwsDocument document : documents) {
      var shared = accounts.sharedInFolder.get(document.unit().folder());
      if (shared == null) {
        apart.add(document);
      } else {
        var again = document.apart(sources.get(document.number()), supervision);
        accounts.tellUnowned(again, shared);
        apart.add(again);
      }
    }
    return apart;
  }

  private void add(Resource resource) {
    var head = resource.head();
    var key = new Key(head.unit().folder(), resource.getClass(), head.id());
    var first = listed.putIfAbsent(key, resource);
    if (first == null) {
      return;
    }
    if (first.head().isOwned() && head.isOwned() && !first.head().owner().equals(head.owner())) {
      sharedInFolder.putIfAbsent(key.folder(), new Shared(first, resource));
    } else if (!first.head().isOwned() || !head.isOwned()) {
      difference(first, resource, head);
    }
  }

  private void difference(Resource first, Resource other, Resource.Header head) {
    String what = difference(first, other);
    if (!what.isEmpty()) {
      problems.add(
          ProblemKind.DUPLICATE_RESOURCE,
          head.spot(),
          Quoted.value(head.id())
              + " is listed twice in one folder with different "
              + what
              + ", and without the owners that distinguish two accounts",
          REMEDY);
    }
  }

  private void tellUnowned(AwsDocument document, Shared shared) {
    document.facts().stream()
        .filter(
            fact -> fact instanceof Resource resource && resource.head().unit().account().isEmpty())
        .map(Resource.class::cast)
        .findFirst()
        .ifPresent(unowned ->
            problems.add(
                ProblemKind.DUPLICATE_RESOURCE,
                unowned.head().spot(),
                "the folder holds the accounts "
                    + Quoted.value(shared.first.head().owner())
                    + " and "
                    + Quoted.value(shared.other.head().owner())
                    + ", which both have "
                    + Quoted.value(shared.first.id())
                    + ", and the account of "
                    + Quoted.value(unowned.id())
                    + " is not known",
                REMEDY));
  }

  /// In what two listings of an id differ that is the same as long as a resource lives; empty if in
  /// nothing. What one of them does not hold is no difference.
  private static String difference(Resource first, Resource other) {
    if (first instanceof Vpc some && other instanceof Vpc second) {
      return haveDifferent(some.ranges(), second.ranges()) ? "ranges" : "";
    }
    if (first instanceof Subnet some && other instanceof Subnet second) {
      return areDifferent(some.vpc(), second.vpc())
          ? "VPCs"
          : haveDifferent(some.ranges(), second.ranges()) ? "ranges" : "";
    }
    if (first instanceof Nic some && other instanceof Nic second) {
      return areDifferent(some.vpc(), second.vpc())
          ? "VPCs"
          : areDifferent(some.subnet(), second.subnet())
              ? "subnets"
              : haveDifferent(addresses(some), addresses(second)) ? "addresses" : "";
    }
    if (first instanceof SecurityGroup some && other instanceof SecurityGroup second) {
      return areDifferent(some.vpc(), second.vpc())
          ? "VPCs"
          : areDifferent(some.groupName(), second.groupName()) ? "names" : "";
    }
    if (first instanceof NatGateway some && other instanceof NatGateway second) {
      return areDifferent(some.subnet(), second.subnet()) ? "subnets" : "";
    }
    if (first instanceof InternetGateway some && other instanceof InternetGateway second) {
      return haveDifferent(some.vpcs(), second.vpcs()) ? "VPCs" : "";
    }
    if (first instanceof RouteTable some && other instanceof RouteTable second) {
      return areDifferent(some.vpc(), second.vpc()) ? "VPCs" : "";
    }
    if (first instanceof NetworkAcl some && other instanceof NetworkAcl second) {
      return areDifferent(some.vpc(), second.vpc()) ? "VPCs" : "";
    }
    return "";
  }

  private static List<AddressRange> addresses(Nic nic) {
    return nic.addresses().stream().map(Address::address).toList();
  }

  private static boolean areDifferent(String some, String other) {
    return !some.isEmpty() && !other.isEmpty() && !some.equals(other);
  }

  /// Whether each holds something that the other does not.
  private static <T> boolean haveDifferent(List<T> some, List<T> others) {
    return !some.containsAll(others) && !others.containsAll(some);
  }
}
