package io.surfacescan.importers.gcp;

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
import io.surfacescan.reachability.ReachabilityModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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
public final class GcpExport {
  /// What the resources came to.
  ///
  /// @param scopes how many endpoints each project has in each network: one that was forgotten
  ///   looks safe
  /// @param counts how many resources of each kind were read
  /// @param leftOut how many of them can neither attack nor be attacked
  public record Read(
      ReachabilityModel model,
      SortedMap<String, Long> scopes,
      SortedMap<String, Long> counts,
      SortedMap<String, Long> leftOut) {}

  private static final Pattern START =
      Pattern.compile("(?:\u00EF\u00BB\u00BF)?\\s*+(?:\\[\\s*+)*+\\{");

  /// What only exports of Google Cloud hold: kinds, links, types of assets, and what the hierarchy
  /// of projects is written with.
  private static final Pattern SIGN =
      Pattern.compile(
          "\"kind\"\\s*+:\\s*+\"compute#"
              + "|https://(?:www|compute)\\.googleapis\\.com/compute/"
              + "|\"asset_?[tT]ype\"\\s*+:\\s*+\"[a-z]++\\.googleapis\\.com/"
              + "|\"projectNumber\"\\s*+:"
              + "|\"tagValue\"\\s*+:\\s*+\"tagValues/"
              + "|\"id\"\\s*+:\\s*+\"[^\"]*+\"\\s*+,\\s*+\"type\"\\s*+:\\s*+\"(?:project|folder|organization)\""
              + "|\"name\"\\s*+:\\s*+\"(?:folders|organizations)/\\d++\"");

  private static final Pattern OTHER =
      Pattern.compile("\"(?:terraform_version|format_version|fw_rules|vm_id|apiVersion)\"\\s*+:");

  private final Inventory inventory;

  private GcpExport(Inventory inventory) {
    this.inventory = inventory;
  }

  /// Whether a document that starts so is one of an export.
  ///
  /// @param start the first bytes, each a character
  public static boolean isRecognized(String start) {
    return START.matcher(start).lookingAt()
        && SIGN.matcher(start).find()
        && !OTHER.matcher(start).find();
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
      UnaryOperator<List<Resource>> laid)
      throws InterruptedException {
    var pending = new ArrayList<Future<GcpDocument>>();
    for (int number : numbers) {
      pending.add(threads.submit(() -> GcpDocument.read(number, sources.get(number), supervision)));
    }
    var found = new ArrayList<Resource>();
    var types = EnumSet.noneOf(ResourceType.class);
    var counts = new TreeMap<String, Long>();
    for (int i = 0; i < pending.size(); i++) {
      try {
        var document = Threads.result(pending.get(i));
        found.addAll(document.found());
        document
            .counts()
            .forEach((type, count) -> {
              types.add(type);
              counts.merge(type.collection(), count, Long::sum);
            });
        problems.addAll(document.problems());
        version.add(numbers.get(i), document.digest());
      } catch (IOException e) {
        Unreadable.tell(problems, numbers.get(i), e);
      }
    }
    counts.remove(ResourceType.UNUSED.collection());
    return new GcpExport(Inventory.of(laid.apply(found), types))
        .read(sources, counts, abandonment, problems);
  }

  /// What resources of another source than exports come to.
  ///
  /// @param counts how many resources of each kind were read
  public static Read of(
      Collection<Resource> resources,
      SortedMap<String, Long> counts,
      List<Source> sources,
      Abandonment abandonment,
      ProblemLog problems) {
    Set<ResourceType> types =
        EnumSet.of(ResourceType.FIREWALL, ResourceType.ROUTE, ResourceType.NETWORK);
    return new GcpExport(Inventory.of(resources, types))
        .read(sources, counts, abandonment, problems);
  }

  private Read read(
      List<Source> sources,
      SortedMap<String, Long> counts,
      Abandonment abandonment,
      ProblemLog problems) {
    var places = Places.find(sources, spots(), abandonment);
    var leftOut = new TreeMap<String, Long>();
    var findings = new Findings(problems, leftOut, "docs/import/gcp.md");
    var endpoints = new Endpoints(inventory, findings);
    var model = model(endpoints, places::of, findings);
    return new Read(model, endpoints.scopes(), counts, leftOut);
  }

  /// The places that the model names.
  private SortedSet<SourceOffset> spots() {
    var spots = new TreeSet<SourceOffset>();
    inventory.firewalls().forEach(firewall -> spots.add(firewall.rule().spot()));
    inventory
        .policies
        .values()
        .forEach(policy -> policy.rules().forEach(rule -> spots.add(rule.spot())));
    inventory.routes().forEach(route -> spots.add(route.head().spot()));
    inventory
        .networks
        .values()
        .forEach(network -> network.peerings().forEach(peering -> spots.add(peering.spot())));
    inventory.forwardingRules.values().forEach(rule -> spots.add(rule.head().spot()));
    inventory
        .routers
        .values()
        .forEach(router -> router.nats().forEach(nat -> spots.add(nat.spot())));
    return spots;
  }

  /// What the export lets through.
  ///
  /// @param places of all [#spots]
  private ReachabilityModel model(
      Endpoints endpoints, Function<SourceOffset, Place> places, Findings findings) {
    var model = new ReachabilityModel.Builder();
    new FirewallGates(inventory, findings, places).addTo(model, endpoints.networks());
    new NetworkLinks(inventory, endpoints, findings, places, model).add(endpoints.networks());
    Internet.addTo(model);
    new BalancerLinks(inventory, endpoints, findings, places, model).add();
    endpoints.addTo(model);
    return model.build();
  }
}
