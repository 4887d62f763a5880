package io.surfacescan.importers.azure;

import io.surfacescan.importers.cloud.Findings;
import io.surfacescan.importers.cloud.Internet;
import io.surfacescan.importers.json.Abandonment;
import io.surfacescan.importers.json.Places;
import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.Source;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.importers.json.Supervision;
import io.surfacescan.importers.json.Threads;
import io.surfacescan.importers.json.Unreadable;
import io.surfacescan.importers.json.Version;
import io.surfacescan.model.Place;
import io.surfacescan.reachability.Endpoint;
import io.surfacescan.reachability.ReachabilityModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Reads the files of an export; the package's page says what is read.
public final class AzureExport {
  /// What the resources came to.
  ///
  /// @param scopes how many endpoints each virtual network has: one that was forgotten looks safe
  /// @param counts how many resources of each kind were read
  /// @param leftOut how many of them can neither attack nor be attacked
  public record Read(
      ReachabilityModel model,
      SortedMap<String, Long> scopes,
      SortedMap<String, Long> counts,
      SortedMap<String, Long> leftOut) {}

  /// An environment document may hold ids of Azure: it has other keys first.
  private static final Pattern NO_DOCUMENT =
      Pattern.compile(
          "(?:\u00EF\u00BB\u00BF)?\\s*+\\[?\\s*+\\{\\s*+\"(?!vms\"|fw_rules\"|classes\"|vm_id\"|fw_id\")");

  /// An id or a type of a resource. As everywhere here, blanks are matched without going back.
  private static final Pattern RESOURCE =
      Pattern.compile(
          "\"(?:id|type)\"\\s*+:\\s*+\"(?:[^\"\\s]*/providers/)?Microsoft\\.\\w++/",
          Pattern.CASE_INSENSITIVE);

  /// The list of service tags that Azure publishes.
  private static final Pattern SERVICE_TAGS =
      Pattern.compile("\"changeNumber\"\\s*+:[^\\[]{0,400}\"values\"\\s*+:\\s*+\\[");

  private static final Map<String, String> UNREAD =
      Map.of(
          "microsoft.network/azurefirewalls", "an Azure Firewall",
          "microsoft.network/virtualnetworkgateways", "what is behind a virtual network gateway",
          "microsoft.network/expressroutecircuits", "what is behind an ExpressRoute circuit",
          "microsoft.network/virtualhubs", "a virtual hub",
          "microsoft.network/bastionhosts", "a bastion host",
          "microsoft.network/privatelinkservices", "a Private Link service");

  private final AzureInventory inventory;

  private AzureExport(AzureInventory inventory) {
    this.inventory = inventory;
  }

  /// Whether a document that starts so is one of an export.
  ///
  /// @param start the first bytes, each a character
  public static boolean isRecognized(String start) {
    return NO_DOCUMENT.matcher(start).lookingAt()
        && (RESOURCE.matcher(start).find() || SERVICE_TAGS.matcher(start).find());
  }

  /// Reads all files, side by side.
  ///
  /// @param numbers which of the sources are read
  /// @param version gets the digest of each
  /// @param laid makes of what the export says what is to count
  public static Read read(
      List<Source> sources,
      List<Integer> numbers,
      Supervision supervision,
      Abandonment abandonment,
      ExecutorService threads,
      ProblemLog problems,
      Version version,
      UnaryOperator<List<AzureResource>> laid)
      throws InterruptedException {
    var pending = new ArrayList<Future<AzureDocument>>();
    for (int number : numbers) {
      pending.add(
          threads.submit(() -> AzureDocument.read(number, sources.get(number), supervision)));
    }
    var resources = new ArrayList<AzureResource>();
    var counts = new TreeMap<String, Long>();
    for (int i = 0; i < pending.size(); i++) {
      try {
        var document = Threads.result(pending.get(i));
        resources.addAll(document.resources());
        document.counts().forEach((kind, count) -> counts.merge(kind, count, Long::sum));
        problems.addAll(document.problems());
        version.add(numbers.get(i), document.digest());
      } catch (IOException e) {
        Unreadable.tell(problems, numbers.get(i), e);
      }
    }
    return new AzureExport(AzureInventory.of(laid.apply(resources)))
        .read(sources, counts, abandonment, problems);
  }

  /// What resources come to that are known from elsewhere.
  ///
  /// @param counts how many resources of each kind were read
  /// @param sources what their places are in
  public static Read of(
      Collection<AzureResource> resources,
      SortedMap<String, Long> counts,
      List<Source> sources,
      Abandonment abandonment,
      ProblemLog problems) {
    return new AzureExport(AzureInventory.of(resources))
        .read(sources, counts, abandonment, problems);
  }

  private Read read(
      List<Source> sources,
      SortedMap<String, Long> counts,
      Abandonment abandonment,
      ProblemLog problems) {
    var places = Places.find(sources, spots(), abandonment);
    var leftOut = new TreeMap<String, Long>();
    var networks = new AzureNetworks(inventory);
    var model =
        model(networks, places::of, new Findings(problems, leftOut, "docs/import/azure.md"));
    return new Read(model, scopes(networks, model.endpoints()), counts, leftOut);
  }

  /// How many endpoints each network has. One that was read and holds none has 0.
  private static SortedMap<String, Long> scopes(AzureNetworks networks, List<Endpoint> endpoints) {
    var scopes = new TreeMap<String, Long>();
    endpoints.forEach(endpoint -> scopes.merge(endpoint.scope().orElse("unknown"), 1L, Long::sum));
    networks.all().forEach(vnet -> scopes.putIfAbsent(networks.scope(vnet), 0L));
    return scopes;
  }

  /// The places that the model names.
  private SortedSet<SourceOffset> spots() {
    var spots = new TreeSet<SourceOffset>();
    for (var group : inventory.groups.all()) {
      spots.add(group.head().spot());
      inventory.rulesOf(group).forEach(rule -> spots.add(rule.head().spot()));
    }
    for (var table : inventory.tables.all()) {
      inventory.routesOf(table).forEach(route -> spots.add(route.head().spot()));
    }
    inventory.peerings.all().forEach(peering -> spots.add(peering.head().spot()));
    inventory.adminRules.forEach(rule -> spots.add(rule.head().spot()));
    for (var gateway : inventory.gateways.all()) {
      spots.add(gateway.head().spot());
      gateway.backends().forEach(backend -> spots.add(backend.head().spot()));
    }
    inventory
        .balancers
        .all()
        .forEach(balancer -> balancer.rules().forEach(rule -> spots.add(rule.head().spot())));
    return spots;
  }

  /// What says something about reachability that is not read.
  private void tellUnread(Findings findings) {
    for (var other : inventory.others) {
      String what = UNREAD.get(other.type());
      if (what != null) {
        findings.notModelled(other.head().spot(), what);
      }
    }
  }

  /// Networks that others name and nothing lists: what is in them is missing, or what they lead to.
  private void tellMissing(Findings findings) {
    for (var peering : inventory.peerings.all()) {
      boolean isOff = peering.isConnected().equals(Optional.of(false));
      if (!isOff && !inventory.vnetKeys().contains(peering.remote())) {
        findings.dangling(
            peering.head().spot(),
            "a peering leads to " + peering.remote() + ", which is not in the export",
            "add the subscription that it is in");
      }
    }
    var told = new HashSet<String>();
    for (var nic : inventory.nics.all()) {
      for (var configuration : nic.configurations()) {
        String vnet = AzureInventory.vnetOf(configuration.subnet());
        if (!vnet.isEmpty() && inventory.vnets.find(vnet).isEmpty() && told.add(vnet)) {
          findings.absent(
              nic.head().spot(),
              "the virtual network "
                  + vnet
                  + " is not in the export, so its peerings are not known, nor what its subnets"
                  + " filter",
              "add what az network vnet list writes");
        }
      }
    }
  }

  /// What the export lets through.
  ///
  /// @param places of all [#spots]
  private ReachabilityModel model(
      AzureNetworks networks, Function<SourceOffset, Place> places, Findings findings) {
    var model = new ReachabilityModel.Builder();
    var endpoints = new AzureEndpoints(inventory, networks, findings);
    Internet.addTo(model);
    endpoints.addTo(model);
    var peers = new AzurePeers(inventory, networks, findings);
    var admin = new AdminRules(inventory, networks, peers, findings, places);
    new AzureBalancers(inventory, networks, endpoints, findings, places, model).add();
    new SecurityGates(inventory, networks, peers, admin, findings, places)
        .addTo(model, endpoints.uses());
    admin.addTo(model);
    new VnetLinks(inventory, networks, endpoints, findings, places, model).add();
    new EffectiveGroups(inventory, networks, findings).check();
    tellUnread(findings);
    tellMissing(findings);
    return model.build();
  }
}
