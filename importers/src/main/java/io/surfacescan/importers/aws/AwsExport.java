package io.surfacescan.importers.aws;

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
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads the files of an export; the package's page says what is read.
public final class AwsExport {
  /// What the resources came to.
  ///
  /// @param scopes how many endpoints each account and region has: one that was forgotten looks
  ///   safe
  /// @param counts how many resources of each kind were read
  /// @param leftOut how many of them can neither attack nor be attacked
  public record Read(
      ReachabilityModel model,
      SortedMap<String, Long> scopes,
      SortedMap<String, Long> counts,
      SortedMap<String, Long> leftOut) {}

  /// Whatever texts stand before the first list at the first level of a document. As everywhere
  /// here, blanks are matched without going back: a start of blanks alone would take quadratic
  /// time.
  private static final String BEFORE_LIST =
      "(?:\\s*+\"\\w+\"\\s*+:\\s*+(?:\"[^\"]*\"|null|true|false|-?\\d+)\\s*+,){0,32}";

  private static final Pattern START =
      Pattern.compile(
          "(?:\u00EF\u00BB\u00BF)?\\s*+\\[?\\s*+\\{"
              + BEFORE_LIST
              + "+\\s*+\"("
              + Stream.concat(Facts.LISTS.stream(), AwsDocument.UNUSED_LISTS.stream())
                  .sorted()
                  .collect(Collectors.joining("|"))
              + ")\"\\s*+:\\s*+[\\[{]");

  private static final Pattern BUNDLE_START =
      Pattern.compile("\\s*+\\{" + BEFORE_LIST + "\\s*+\"provider\"\\s*+:\\s*+\"aws\"");

  private final Inventory inventory;

  private AwsExport(Inventory inventory) {
    this.inventory = inventory;
  }

  /// Whether a document that starts so is one of an export.
  ///
  /// @param start the first bytes, each a character
  public static boolean isRecognized(String start) {
    return START.matcher(start).lookingAt() || BUNDLE_START.matcher(start).lookingAt();
  }

  /// Reads all files, side by side.
  ///
  /// @param numbers which of the sources are read
  /// @param version gets the digest of each
  public static Read read(
      List<Source> sources,
      List<Integer> numbers,
      Supervision supervision,
      Abandonment abandonment,
      ExecutorService threads,
      ProblemLog problems,
      Version version)
      throws InterruptedException {
    return read(
        sources,
        numbers,
        supervision,
        abandonment,
        threads,
        problems,
        version,
        UnaryOperator.identity());
  }

  /// As the other, with something laid over the export.
  ///
  /// @param laid makes of what the export says what is to count
  public static Read read(
      List<Source> sources,
      List<Integer> numbers,
      Supervision supervision,
      Abandonment abandonment,
      ExecutorService threads,
      ProblemLog problems,
      Version version,
      UnaryOperator<List<Fact>> laid)
      throws InterruptedException {
    var pending = new ArrayList<Future<AwsDocument>>();
    for (int number : numbers) {
      pending.add(threads.submit(() -> AwsDocument.read(number, sources.get(number), supervision)));
    }
    var documents = new ArrayList<AwsDocument>();
    for (int i = 0; i < pending.size(); i++) {
      try {
        var document = Threads.result(pending.get(i));
        documents.add(document);
        problems.addAll(document.problems());
        version.add(numbers.get(i), document.digest());
      } catch (IOException e) {
        Unreadable.tell(problems, numbers.get(i), e);
      }
    }
    var apart = FolderAccounts.apart(documents, sources, supervision, problems);
    var inventory = Inventory.of(apart, laid);
    return new AwsExport(inventory).read(sources, counts(documents), abandonment, problems);
  }

  /// What facts of another source than exports come to.
  ///
  /// @param lists the lists that the facts hold as a whole, be they empty, by the CLI's names
  /// @param counts how many resources of each kind were read
  public static Read of(
      Collection<Fact> facts,
      Collection<String> lists,
      SortedMap<String, Long> counts,
      List<Source> sources,
      Abandonment abandonment,
      ProblemLog problems) {
    return new AwsExport(Inventory.of(facts, lists)).read(sources, counts, abandonment, problems);
  }

  private Read read(
      List<Source> sources,
      SortedMap<String, Long> counts,
      Abandonment abandonment,
      ProblemLog problems) {
    var places = Places.find(sources, spots(), abandonment);
    var leftOut = new TreeMap<String, Long>();
    var model = model(places::of, new Findings(problems, leftOut, "docs/import/aws.md"));
    var scopes = inventory.scopes.counts(model.endpoints());
    return new Read(model, scopes, counts, leftOut);
  }

  private static SortedMap<String, Long> counts(List<AwsDocument> documents) {
    var counts = new TreeMap<String, Long>();
    for (AwsDocument document : documents) {
      document.counts().forEach((list, count) -> counts.merge(list, count, Long::sum));
    }
    return counts;
  }

  /// The places that the model names.
  private SortedSet<SourceOffset> spots() {
    var spots = new TreeSet<SourceOffset>();
    inventory
        .groups
        .all()
        .forEach(group -> {
          group.rules().forEach(rule -> spots.add(rule.spot()));
          inventory.rulesOf(group).forEach(rule -> spots.add(rule.spot()));
        });
    inventory.acls.all().forEach(acl -> acl.entries().forEach(entry -> spots.add(entry.spot())));
    inventory
        .tables
        .all()
        .forEach(table -> table.routes().forEach(route -> spots.add(route.spot())));
    inventory.listeners.all().forEach(listener -> spots.add(listener.head().spot()));
    inventory.peerings.all().forEach(peering -> spots.add(peering.head().spot()));
    inventory.endpoints.all().forEach(endpoint -> spots.add(endpoint.head().spot()));
    inventory.balancers.all().forEach(balancer -> spots.add(balancer.head().spot()));
    inventory.nics.all().stream()
        .filter(nic -> nic.kind().endsWith("load_balancer") || nic.description().startsWith("ELB "))
        .forEach(nic -> spots.add(nic.head().spot()));
    inventory
        .targetGroups
        .all()
        .forEach(group ->
            inventory
                .targetsOf(group)
                .ifPresent(targets -> targets.forEach(target -> spots.add(target.spot()))));
    return spots;
  }

  /// What the export lets through.
  ///
  /// @param places of all [#spots]
  private ReachabilityModel model(Function<SourceOffset, Place> places, Findings findings) {
    var model = new ReachabilityModel.Builder();
    var sites = new Sites(inventory);
    var blocks = new AccessBlocks(inventory);
    var endpoints = new Endpoints(inventory, sites, blocks, findings);
    new GroupGates(inventory, findings, places).addTo(model);
    new AclGates(inventory, sites, findings, places).addTo(model, endpoints.nics());
    new VpcLinks(inventory, sites, blocks, findings, places, model).add(endpoints.nics());
    var balancers = new BalancerLinks(inventory, sites, endpoints, findings, places, model);
    balancers.add();
    new ServiceLinks(inventory, endpoints, balancers, places, model).add();
    // These come first: an endpoint that has one of their ids gets another.
    Internet.addTo(model);
    endpoints.addTo(model);
    return model.build();
  }
}
