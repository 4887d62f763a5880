package io.surfacescan.importers.terraform;

import io.surfacescan.importers.aws.AwsExport;
import io.surfacescan.importers.azure.AzureExport;
import io.surfacescan.importers.gcp.GcpExport;
import io.surfacescan.importers.gcp.Resource;
import io.surfacescan.importers.json.Abandonment;
import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.Source;
import io.surfacescan.importers.json.Supervision;
import io.surfacescan.importers.json.Threads;
import io.surfacescan.importers.json.Unreadable;
import io.surfacescan.importers.json.Version;
import io.surfacescan.reachability.ReachabilityModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

/// Reads plans and states; the package's page says what is read.
public final class TerraformExport {
  /// What plans and states came to.
  ///
  /// @param scopes how many endpoints each account and region, or project and network, has
  /// @param counts how many resources of each type were read
  /// @param leftOut how many were not, or can neither attack nor be attacked
  public record Read(
      ReachabilityModel model,
      SortedMap<String, Long> scopes,
      SortedMap<String, Long> counts,
      SortedMap<String, Long> leftOut) {}

  /// How the types of resources of each cloud start.
  public static final Map<String, String> CLOUD_OF_PREFIX =
      Map.of("aws_", "aws", "azurerm_", "azure", "google_", "gcp");

  private static final String TEXTS =
      "(?:\\s*+\"\\w+\"\\s*+:\\s*+(?:\"[^\"]*\"|null|true|false|-?\\d+)\\s*+,){0,16}+";

  private static final Pattern SHOWN =
      Pattern.compile(
          "(?:\u00EF\u00BB\u00BF)?\\s*+\\{"
              + TEXTS
              + "\\s*+\"(?:format_version\"\\s*+:\\s*+\"\\d++\\.\\d++\"\\s*+\\}"
              + "|(?:planned_values|prior_state)\"\\s*+:\\s*+\\{"
              + "|configuration\"\\s*+:\\s*+\\{\\s*+\"(?:provider_config|root_module)\""
              + "|resource_changes\"\\s*+:\\s*+\\[)");

  private static final Pattern FORMAT =
      Pattern.compile("\"format_version\"\\s*+:\\s*+\"\\d++\\.\\d++\"");

  private static final Pattern PARTS =
      Pattern.compile(
          "\"(?:terraform_version|planned_values|prior_state|resource_changes|values)\"\\s*+:");

  private static final Pattern RAW =
      Pattern.compile(
          "(?:\u00EF\u00BB\u00BF)?\\s*+\\{"
              + "\\s*+\"version\"\\s*+:\\s*+\\d++\\s*+,"
              + "\\s*+\"terraform_version\"\\s*+:");

  private static final Pattern OBJECT = Pattern.compile("(?:\u00EF\u00BB\u00BF)?\\s*+\\{");

  /// The lists that stand here as a whole: a balancer without listeners has none.
  private static final List<String> WHOLE = List.of("Listeners");

  private static final Set<String> GOOGLE = Set.copyOf(ResourceTypes.google());

  private TerraformExport() {}

  /// Whether a document that starts so is a plan or a state.
  ///
  /// @param start the first bytes, each a character
  public static boolean isRecognized(String start) {
    return SHOWN.matcher(start).lookingAt()
        || RAW.matcher(start).lookingAt()
        || (OBJECT.matcher(start).lookingAt()
            && FORMAT.matcher(start).find()
            && PARTS.matcher(start).find());
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
      Version version,
      PlanReading reading)
      throws InterruptedException {
    var snapshots = new ArrayList<Snapshot>();
    for (TerraformDocument document :
        documents(sources, numbers, supervision, threads, problems, version)) {
      snapshots.add(Snapshot.of(document, reading.time()));
    }
    MisspeltAttributes.refuse(snapshots, problems);
    reading.written().ifPresent(places -> places.addAll(snapshots));
    var ids = ResourceIds.of(snapshots).writtenIn(reading.written());
    var facts = new TerraformFacts(snapshots, ids, List.of(), problems);
    translate(facts);
    var google = google(facts, List.of());
    var azure = AzurePlan.of(facts, List.of());
    var unread = new UnreadTypes(facts);
    unread.tell();
    var leftOut = new TreeMap<>(unread.leftOut());
    var scopes = new TreeMap<String, Long>();
    var models = new ReachabilityModel.Builder();
    if (!facts.found().isEmpty() || (google.isEmpty() && azure.isEmpty())) {
      var aws = AwsExport.of(facts.found(), WHOLE, unread.read(), sources, abandonment, problems);
      aws.leftOut().forEach((what, count) -> leftOut.merge(what, count, Long::sum));
      scopes.putAll(aws.scopes());
      models.add(aws.model());
    }
    if (!google.isEmpty()) {
      var gcp = GcpExport.of(google, unread.read(), sources, abandonment, problems);
      gcp.leftOut().forEach((what, count) -> leftOut.merge(what, count, Long::sum));
      scopes.putAll(gcp.scopes());
      models.add(gcp.model());
    }
    if (!azure.isEmpty()) {
      var read = AzureExport.of(azure, unread.read(), sources, abandonment, problems);
      read.leftOut().forEach((what, count) -> leftOut.merge(what, count, Long::sum));
      scopes.putAll(read.scopes());
      models.add(read.model());
    }
    return new Read(models.build(), scopes, unread.read(), leftOut);
  }

  /// What there is of Google Cloud.
  ///
  /// @param exported what an export beside it lists
  static List<Resource> google(TerraformFacts facts, List<Resource> exported) {
    if (facts.counts().keySet().stream().noneMatch(GOOGLE::contains)) {
      return List.of();
    }
    var google = new GoogleFacts(facts, exported);
    var machines = new GoogleMachines(google);
    new GoogleNetworks(google, machines).add();
    new GoogleRules(google).add();
    new GoogleBalancers(google, machines).add();
    return google.found();
  }

  /// Reads plans that are laid over exports.
  ///
  /// @param numbers the sources that are plans
  public static LaidPlan plans(
      List<Source> sources,
      List<Integer> numbers,
      Supervision supervision,
      ExecutorService threads,
      ProblemLog problems,
      Version version,
      PlanReading reading)
      throws InterruptedException {
    return new LaidPlan(
        documents(sources, numbers, supervision, threads, problems, version), reading, problems);
  }

  static void translate(TerraformFacts facts) {
    TerraformNetwork.nameDefaults(facts);
    var network = new TerraformNetwork(facts);
    network.add();
    new TerraformGroups(facts).add();
    new TerraformTransit(facts).add();
    var nics = new TerraformNics(facts, network);
    new TerraformCompute(facts, nics).add();
    new TerraformWorkloads(facts, nics).add();
    new TerraformBalancers(facts, nics).add();
  }

  private static List<TerraformDocument> documents(
      List<Source> sources,
      List<Integer> numbers,
      Supervision supervision,
      ExecutorService threads,
      ProblemLog problems,
      Version version)
      throws InterruptedException {
    var pending = new ArrayList<Future<TerraformDocument>>();
    for (int number : numbers) {
      pending.add(
          threads.submit(() -> TerraformDocument.read(number, sources.get(number), supervision)));
    }
    var documents = new ArrayList<TerraformDocument>();
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
    return documents;
  }
}
