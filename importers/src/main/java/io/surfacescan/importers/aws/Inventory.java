package io.surfacescan.importers.aws;

import io.surfacescan.importers.aws.Resource.AccessBlock;
import io.surfacescan.importers.aws.Resource.AccessExclusion;
import io.surfacescan.importers.aws.Resource.Attributes;
import io.surfacescan.importers.aws.Resource.Balancer;
import io.surfacescan.importers.aws.Resource.EndpointService;
import io.surfacescan.importers.aws.Resource.GroupRule;
import io.surfacescan.importers.aws.Resource.Instance;
import io.surfacescan.importers.aws.Resource.InternetGateway;
import io.surfacescan.importers.aws.Resource.Listener;
import io.surfacescan.importers.aws.Resource.NatGateway;
import io.surfacescan.importers.aws.Resource.NetworkAcl;
import io.surfacescan.importers.aws.Resource.Nic;
import io.surfacescan.importers.aws.Resource.OtherGateway;
import io.surfacescan.importers.aws.Resource.Peering;
import io.surfacescan.importers.aws.Resource.PrefixEntries;
import io.surfacescan.importers.aws.Resource.PrefixList;
import io.surfacescan.importers.aws.Resource.RouteTable;
import io.surfacescan.importers.aws.Resource.SecurityGroup;
import io.surfacescan.importers.aws.Resource.Subnet;
import io.surfacescan.importers.aws.Resource.TargetGroup;
import io.surfacescan.importers.aws.Resource.Targets;
import io.surfacescan.importers.aws.Resource.TransitAttachment;
import io.surfacescan.importers.aws.Resource.TransitEntry;
import io.surfacescan.importers.aws.Resource.TransitGateway;
import io.surfacescan.importers.aws.Resource.TransitTable;
import io.surfacescan.importers.aws.Resource.Vpc;
import io.surfacescan.importers.aws.Resource.VpcEndpoint;
import io.surfacescan.model.AddressRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// All that the files of an export say, by kinds.
final class Inventory {
  final Catalog<Vpc> vpcs = new Catalog<>();
  final Catalog<Subnet> subnets = new Catalog<>();
  final Catalog<Nic> nics = new Catalog<>();
  final Catalog<Instance> instances = new Catalog<>();
  final Catalog<SecurityGroup> groups = new Catalog<>();
  final Catalog<NetworkAcl> acls = new Catalog<>();
  final Catalog<RouteTable> tables = new Catalog<>();
  final Catalog<InternetGateway> gateways = new Catalog<>();
  final Catalog<NatGateway> nats = new Catalog<>();
  final Catalog<OtherGateway> others = new Catalog<>();
  final Catalog<Peering> peerings = new Catalog<>();
  final Catalog<TransitGateway> transits = new Catalog<>();
  final Catalog<TransitAttachment> attachments = new Catalog<>(Inventory::both);
  final Catalog<TransitTable> transitTables = new Catalog<>();
  final Catalog<PrefixList> prefixLists =
      new Catalog<>((first, other) -> first.isKnown() ? first : other);
  final Catalog<VpcEndpoint> endpoints = new Catalog<>();
  final Catalog<EndpointService> services = new Catalog<>();
  final Catalog<Balancer> balancers = new Catalog<>();
  final Catalog<Listener> listeners = new Catalog<>(Inventory::both);
  final Catalog<TargetGroup> targetGroups = new Catalog<>();
  private final List<GroupRule> groupRules = new ArrayList<>();
  private final IdentityHashMap<SecurityGroup, List<GroupRule>> rulesOfGroup =
      new IdentityHashMap<>();
  final List<TransitEntry> transitEntries = new ArrayList<>();
  final List<AccessBlock> accessBlocks = new ArrayList<>();
  final List<AccessExclusion> accessExclusions = new ArrayList<>();
  private final List<PrefixEntries> prefixEntries = new ArrayList<>();
  private final List<Targets> targets = new ArrayList<>();
  private final List<Attributes> attributes = new ArrayList<>();
  private final Set<String> listsInFolders = new HashSet<>();

  /// The accounts and regions.
  final Scopes scopes;

  private Inventory(Collection<AwsDocument> documents) {
    scopes = new Scopes(documents);
  }

  /// @param laid makes of what the documents say what is to count
  static Inventory of(Collection<AwsDocument> documents, UnaryOperator<List<Fact>> laid) {
    var inventory = new Inventory(documents);
    var found = new ArrayList<Fact>();
    for (AwsDocument document : documents) {
      for (Unit unit : document.units()) {
        document.counts().keySet().forEach(list -> inventory.addList(list, unit));
      }
      found.addAll(document.facts());
    }
    laid.apply(found).forEach(inventory::add);
    inventory.end();
    return inventory;
  }

  /// @param lists those that the input holds as a whole, be they empty
  static Inventory of(Collection<Fact> facts, Collection<String> lists) {
    var inventory = new Inventory(List.of());
    for (Fact fact : facts) {
      inventory.add(fact);
      if (fact instanceof Resource resource) {
        lists.forEach(list -> inventory.addList(list, resource.head().unit()));
      }
    }
    inventory.end();
    return inventory;
  }

  private void addList(String list, Unit unit) {
    listsInFolders.add(unit.folder() + "\n" + list);
  }

  private void end() {
    assignRules();
    gatherScopes();
  }

  private void add(Fact fact) {
    switch (fact) {
      case Vpc some -> vpcs.add(some);
      case Subnet some -> subnets.add(some);
      case Nic some -> nics.add(some);
      case Instance some -> instances.add(some);
      case SecurityGroup some -> groups.add(some);
      case NetworkAcl some -> acls.add(some);
      case RouteTable some -> tables.add(some);
      case InternetGateway some -> gateways.add(some);
      case NatGateway some -> nats.add(some);
      case OtherGateway some -> others.add(some);
      case Peering some -> peerings.add(some);
      case TransitGateway some -> transits.add(some);
      case TransitAttachment some -> attachments.add(some);
      case TransitTable some -> transitTables.add(some);
      case PrefixList some -> prefixLists.add(some);
      case VpcEndpoint some -> endpoints.add(some);
      case EndpointService some -> services.add(some);
      case Balancer some -> balancers.add(some);
      case Listener some -> listeners.add(some);
      case TargetGroup some -> targetGroups.add(some);
      case GroupRule some -> groupRules.add(some);
      case TransitEntry some -> transitEntries.add(some);
      case PrefixEntries some -> prefixEntries.add(some);
      case Targets some -> targets.add(some);
      case Attributes some -> attributes.add(some);
      case AccessBlock some -> accessBlocks.add(some);
      case AccessExclusion some -> accessExclusions.add(some);
    }
  }

  /// A group whose rules alone are listed is a group too.
  private void assignRules() {
    for (GroupRule rule : groupRules) {
      if (groups.find(rule.group(), rule.unit()).isEmpty()) {
        var head =
            new Resource.Header(
                rule.group(),
                rule.unit().account(),
                rule.unit().region(),
                "",
                rule.unit(),
                rule.spot());
        groups.add(new SecurityGroup(head, "", "", List.of()));
      }
      groups
          .find(rule.group(), rule.unit())
          .ifPresent(
              group -> rulesOfGroup.computeIfAbsent(group, absent -> new ArrayList<>()).add(rule));
    }
  }

  private void gatherScopes() {
    for (var catalog : List.of(vpcs, subnets, nics, instances, groups, tables)) {
      catalog.all().forEach(scopes::add);
    }
  }

  /// The rules of a group that are listed by themselves.
  List<GroupRule> rulesOf(SecurityGroup group) {
    return rulesOfGroup.getOrDefault(group, List.of());
  }

  /// Two commands list attachments: one knows the subnets, the other the route table.
  private static TransitAttachment both(TransitAttachment first, TransitAttachment other) {
    return new TransitAttachment(
        first.head(),
        first.gateway().isEmpty() ? other.gateway() : first.gateway(),
        first.type().isEmpty() ? other.type() : first.type(),
        first.resource().isEmpty() ? other.resource() : first.resource(),
        first.isAvailable() && other.isAvailable(),
        first.subnets().isEmpty() ? other.subnets() : first.subnets(),
        first.table().isEmpty() ? other.table() : first.table(),
        (first.isUnassociated() || other.isUnassociated())
            && first.table().isEmpty()
            && other.table().isEmpty(),
        first.takesReferences() && other.takesReferences());
  }

  /// A listener and its rules.
  private static Listener both(Listener first, Listener other) {
    var groups = new ArrayList<String>(first.targetGroups());
    groups.addAll(other.targetGroups());
    var listed = first.balancer().isEmpty() ? other : first;
    return new Listener(
        listed.head(),
        listed.balancer(),
        listed.protocol(),
        listed.port(),
        groups.stream().distinct().toList());
  }

  /// Whether a file beside this one holds such a list, be it empty.
  boolean hasList(String list, Unit near) {
    return listsInFolders.contains(near.folder() + "\n" + list);
  }

  /// The ranges of a prefix list, if the export holds them.
  Optional<List<AddressRange>> rangesOf(String prefixList, Unit near) {
    var ranges = new ArrayList<AddressRange>();
    boolean isKnown = false;
    for (PrefixEntries entries : prefixEntries) {
      if (entries.list().isEmpty()
          ? entries.unit().names(prefixList)
          : entries.list().equals(prefixList)) {
        ranges.addAll(entries.ranges());
        isKnown = true;
      }
    }
    var list = prefixLists.find(prefixList, near);
    if (list.isPresent() && list.get().isKnown()) {
      ranges.addAll(list.get().ranges());
      isKnown = true;
    }
    return isKnown ? Optional.of(AddressRange.joined(ranges)) : Optional.empty();
  }

  /// Whether hosts of the export may have addresses of some ranges: VPCs may have any range.
  boolean haveHosts(List<AddressRange> ranges) {
    return vpcs.all().stream()
        .anyMatch(
            vpc -> vpc.ranges().stream().anyMatch(own -> ranges.stream().anyMatch(own::meets)));
  }

  /// The targets of a group, if the export holds them.
  Optional<List<Resource.Target>> targetsOf(TargetGroup group) {
    var found = new ArrayList<Resource.Target>();
    boolean isKnown = false;
    for (Targets some : targets) {
      if (some.group().isEmpty()
          ? some.unit().names(group.id())
          : some.group().equals(group.id())) {
        found.addAll(some.targets());
        isKnown = true;
      }
    }
    return isKnown ? Optional.of(found) : Optional.empty();
  }

  /// An attribute of a balancer or a target group; empty if the export does not hold it.
  String attribute(String arn, String key) {
    for (Attributes some : attributes) {
      if (some.of().isEmpty() ? some.unit().names(arn) : some.of().equals(arn)) {
        String value = some.values().getOrDefault(key, "");
        if (!value.isEmpty()) {
          return value;
        }
      }
    }
    return "";
  }

  /// The active peering between two VPCs.
  boolean arePeered(Vpc some, Vpc other) {
    return peerings.all().stream()
        .filter(Peering::isActive)
        .anyMatch(peering ->
            (isVpc(peering, peering.requester(), some) && isVpc(peering, peering.accepter(), other))
                || (isVpc(peering, peering.requester(), other)
                    && isVpc(peering, peering.accepter(), some)));
  }

  private boolean isVpc(Peering peering, String id, Vpc vpc) {
    return vpcs.find(id, peering.head().unit()).map(found -> found.equals(vpc)).orElse(false);
  }

  /// Whether security groups may refer to each other over a transit gateway of both VPCs: the
  /// gateway and both attachments must be set to it.
  boolean haveReferences(Vpc some, Vpc other) {
    return transits.all().stream()
        .filter(TransitGateway::hasReferences)
        .anyMatch(transit -> takesReferences(transit, some) && takesReferences(transit, other));
  }

  private boolean takesReferences(TransitGateway transit, Vpc vpc) {
    return attachments.all().stream()
        .anyMatch(attachment ->
            attachment.isAvailable()
                && attachment.takesReferences()
                && attachment.gateway().equals(transit.id())
                && attachment.resource().equals(vpc.id()));
  }
}
