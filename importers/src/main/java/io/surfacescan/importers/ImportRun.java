package io.surfacescan.importers;

import static io.surfacescan.model.ProblemKind.ABSENT_LAYER;
import static io.surfacescan.model.ProblemKind.CHANGED_WHILE_READ;
import static io.surfacescan.model.ProblemKind.LARGE_ENVIRONMENT;
import static io.surfacescan.model.ProblemKind.MIXED_SOURCES;
import static io.surfacescan.model.ProblemKind.SHARED_ID;
import static io.surfacescan.model.ProblemKind.TOO_LARGE;
import static io.surfacescan.model.ProblemKind.UNREADABLE;
import static java.util.Objects.requireNonNull;

import io.surfacescan.importers.aws.AwsExport;
import io.surfacescan.importers.aws.Fact;
import io.surfacescan.importers.azure.AzureExport;
import io.surfacescan.importers.azure.AzureResource;
import io.surfacescan.importers.document.Assembly;
import io.surfacescan.importers.document.Document;
import io.surfacescan.importers.document.EnvironmentDocument;
import io.surfacescan.importers.gcp.GcpExport;
import io.surfacescan.importers.gcp.Resource;
import io.surfacescan.importers.json.Abandonment;
import io.surfacescan.importers.json.Places;
import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.Progress;
import io.surfacescan.importers.json.Quoted;
import io.surfacescan.importers.json.ReadLimit;
import io.surfacescan.importers.json.Source;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.importers.json.Supervision;
import io.surfacescan.importers.json.Unreadable;
import io.surfacescan.importers.json.Version;
import io.surfacescan.importers.kubernetes.KubernetesExport;
import io.surfacescan.importers.terraform.LaidPlan;
import io.surfacescan.importers.terraform.PlanReading;
import io.surfacescan.importers.terraform.SourcePlaces;
import io.surfacescan.importers.terraform.TerraformExport;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.Later;
import io.surfacescan.model.Problems;
import io.surfacescan.model.TooLarge;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.lowering.Lowering;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One reading of all sources: documents side by side, a large one in pieces side by side.
final class ImportRun {
  private final List<Source> sources;
  private final Supplier<List<Source>> lookAgain;
  private final Partitioning division;
  private final Progress progress;
  private final ReadLimit allowance;
  private final Abandonment abandonment;
  private final Supervision supervision;
  private final ReadOptions options;
  private final ProblemLog problems;
  private final long bytesOfFiles;

  /// Where the VMs and rules stand, once that was found.
  private @Nullable Locations locations;

  /// Where resources of Terraform are written, if that is asked for.
  private final Optional<SourcePlaces> written;

  /// What was lowered, if the input is an export.
  private @Nullable ImportedExport export;

  /// @param lookAgain what the sources would be now
  ImportRun(
      List<Source> sources,
      Supplier<List<Source>> lookAgain,
      Partitioning division,
      ReadProgress progress,
      ReadLimit allowance,
      ReadOptions options,
      ReadCancellation cancellation,
      ProblemLog problems) {
    this.sources = sources;
    this.lookAgain = lookAgain;
    this.division = division;
    this.progress = new Progress(progress::read, sources);
    this.allowance = allowance;
    this.abandonment = new Abandonment(cancellation::isCancelled, this::changes);
    this.supervision = new Supervision(this.progress, allowance, abandonment);
    this.options = options;
    this.problems = problems;
    this.written = options.terraformSource().map(folder -> new SourcePlaces(folder, problems));
    long bytes = 0;
    for (Source source : sources) {
      bytes += source instanceof Source.File file ? file.size() : 0;
    }
    this.bytesOfFiles = bytes;
  }

  Imported read() {
    var version = new Version();
    Environment environment = nothing();
    try {
      environment = isCovered() ? readAny(version) : environment;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      problems.add(UNREADABLE, SourceOffset.whole(0), "the reading was interrupted", "read again");
    } catch (TooLarge e) {
      problems.add(
          TOO_LARGE,
          SourceOffset.whole(0),
          requireNonNull(e.getMessage()),
          "divide the environment, or give fewer VMs tags of their own");
    } catch (OutOfMemoryError e) {
      problems.add(
          TOO_LARGE,
          SourceOffset.whole(0),
          "the environment does not fit into the "
              + Quoted.count(Runtime.getRuntime().maxMemory() >> 20)
              + " MB of memory that Java may use",
          "allow it more, for example with -Xmx");
    } finally {
      progress.end();
    }
    var places = Places.find(sources, problems.spots(), abandonment);
    if (abandonment.reason().isPresent()) {
      // What was found so far is not about the input that is there now.
      var reason = abandonment.reason().get().problems(places);
      return refused(nothing(), reason);
    }
    return problems.hasErrors()
        ? refused(environment, problems.problems(places))
        : new Imported(
            environment,
            version.toString(),
            problems.problems(places),
            Optional.ofNullable(locations),
            Optional.ofNullable(export),
            digests(version));
  }

  private Map<Path, String> digests(Version version) {
    var digests = new HashMap<Path, String>();
    version
        .bySource()
        .forEach((number, digest) -> {
          if (sources.get(number) instanceof Source.File file) {
            digests.put(file.path(), digest);
          }
        });
    return digests;
  }

  private static Imported refused(Environment environment, Problems problems) {
    return new Imported(
        environment, Version.NONE, problems, Optional.empty(), Optional.empty(), Map.of());
  }

  private static Environment nothing() {
    return new EnvironmentBuilder().build();
  }

  /// Looks at the sizes first: what is too large shows there, or it is compressed.
  private boolean isCovered() {
    long bytes = 0;
    for (int number = 0; number < sources.size(); number++) {
      bytes += sources.get(number) instanceof Source.File file ? file.size() : 0;
      if (!allowance.covers(bytes)) {
        problems.add(TOO_LARGE, SourceOffset.whole(number), allowance.what(), ReadLimit.REMEDY);
        return false;
      }
    }
    return true;
  }

  private Environment readAny(Version version) throws InterruptedException {
    var known = formats();
    if (known.isEmpty()) {
      return nothing();
    }
    var formats = known.get();
    if (!areWrittenFilesThere(formats)) {
      return nothing();
    }
    if (options.laysPlans()) {
      return readLaid(formats, version);
    }
    var documents = formats.remove(InputFormat.DOCUMENT);
    if (formats.isEmpty()) {
      return readAll(version);
    }
    if (documents != null) {
      refuseMixed(documents.getFirst(), formats.firstEntry());
      return nothing();
    }
    return readExports(formats, List.of(), version);
  }

  /// The numbers of the sources by what these are. Lists without elements belong to the others, if
  /// those may have such.
  ///
  /// @return empty if something cannot be read at all
  private Optional<NavigableMap<InputFormat, List<Integer>>> formats() {
    var formats = new TreeMap<InputFormat, List<Integer>>();
    var bareLists = new ArrayList<Integer>();
    boolean isOtherOutput = false;
    for (int number = 0; number < sources.size(); number++) {
      if (sources.get(number) instanceof Source.Nothing) {
        continue;
      }
      byte[] start = sources.get(number).start(supervision::again);
      var output = ToolOutput.of(start);
      if (output.isPresent()) {
        var spot = new SourceOffset(number, 0);
        problems.add(output.get().kind(), spot, output.get().what(), output.get().remedy());
        isOtherOutput = true;
      }
      if (options.format().isEmpty() && InputFormat.isBareList(start)) {
        bareLists.add(number);
      } else {
        var format = options.format().orElseGet(() -> InputFormat.of(start));
        formats.computeIfAbsent(format, absent -> new ArrayList<>()).add(number);
      }
    }
    var of =
        formats.keySet().stream()
            .filter(InputFormat::hasBareLists)
            .findFirst()
            .orElse(InputFormat.DOCUMENT);
    for (int number : bareLists) {
      if (isOfOthers(number, formats)) {
        continue;
      }
      var numbers = formats.computeIfAbsent(of, absent -> new ArrayList<>());
      numbers.add(number);
      Collections.sort(numbers);
    }
    if (isOtherOutput) {
      return Optional.empty();
    }
    return Optional.of(formats);
  }

  /// Whether a list without elements stands in a folder with exports alone that may not have such.
  private boolean isOfOthers(int number, SortedMap<InputFormat, List<Integer>> formats) {
    var folder = folder(number);
    var beside =
        formats.entrySet().stream()
            .filter(
                each -> each.getValue().stream().anyMatch(other -> folder(other).equals(folder)))
            .map(Map.Entry::getKey)
            .toList();
    return folder.isPresent()
        && formats.size() > 1
        && !beside.isEmpty()
        && beside.stream().allMatch(format -> format.isExport() && !format.hasBareLists());
  }

  private Optional<Path> folder(int number) {
    return sources.get(number) instanceof Source.File file
        ? Optional.ofNullable(file.path().toAbsolutePath().getParent())
        : Optional.empty();
  }

  /// Reads exports of clouds, and a plan of Terraform that is laid over them.
  private Environment readLaid(NavigableMap<InputFormat, List<Integer>> formats, Version version)
      throws InterruptedException {
    var exports = new TreeMap<>(formats);
    var plans = exports.remove(InputFormat.TERRAFORM);
    boolean isOfCloud = exports.keySet().stream().anyMatch(InputFormat::isCloud);
    if (plans == null || !isOfCloud || exports.containsKey(InputFormat.DOCUMENT)) {
      problems.add(
          MIXED_SOURCES,
          SourceOffset.whole(0),
          "a plan of Terraform is laid over an export of AWS, Azure or Google Cloud, and this is not"
              + " both",
          "name the export with --data, and with --plan what terraform show -json writes of a plan");
      return nothing();
    }
    return readExports(exports, plans, version);
  }

  private boolean areWrittenFilesThere(SortedMap<InputFormat, List<Integer>> formats) {
    var plans = formats.get(InputFormat.TERRAFORM);
    if (written.isPresent() && plans == null) {
      problems.add(
          MIXED_SOURCES,
          SourceOffset.whole(0),
          "--terraform-source goes with a plan or a state of Terraform, and this is none",
          "leave it out, or name what terraform show -json writes");
      return false;
    }
    return plans == null || written.isEmpty() || written.get().open(plans.getFirst());
  }

  private void refuseMixed(int number, Map.Entry<InputFormat, List<Integer>> first) {
    problems.add(
        MIXED_SOURCES,
        SourceOffset.whole(number),
        "this is no export of "
            + first.getKey().code()
            + ", but "
            + Quoted.fileName(sources.get(first.getValue().getFirst()).name())
            + " is one",
        "read the one or the other");
  }

  /// Reads the exports, each by itself, and puts them together.
  ///
  /// @param plans the sources that are laid over the export
  private Environment readExports(
      NavigableMap<InputFormat, List<Integer>> formats, List<Integer> plans, Version version)
      throws InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(division.threads())) {
      var laid = laid(formats, plans, version, threads);
      var models = new ArrayList<CombinedExports.Part>();
      var parts = new ArrayList<ImportedExport.Part>();
      for (var each : formats.entrySet()) {
        var found = new ProblemLog();
        try {
          var read = readExport(each.getKey(), each.getValue(), laid, version, threads, found);
          models.add(new CombinedExports.Part(each.getKey(), read.model(), read.scopes()));
          if (each.getKey().isCloud()
              && read.scopes().values().stream().noneMatch(count -> count > 0)) {
            found.add(
                ABSENT_LAYER,
                SourceOffset.whole(each.getValue().getFirst()),
                "the export lists nothing that attacks or is attacked",
                "add the lists of virtual machines and of their interfaces; see docs/import/"
                    + each.getKey().code()
                    + ".md");
          }
          parts.add(
              new ImportedExport.Part(
                  each.getKey(), read.scopes(), read.counts(), read.leftOut(), found.counts()));
        } finally {
          problems.addAll(found);
        }
      }
      refuseSameCloud(formats, parts);
      problems.addAll(changes());
      if (problems.hasErrors() || abandonment.reason().isPresent()) {
        return nothing();
      }
      int first = formats.firstEntry().getValue().getFirst();
      var model = model(models, parts, first);
      var lowered =
          Lowering.of(written.map(places -> places.in(model, sources, abandonment)).orElse(model));
      for (String warning : lowered.warnings()) {
        problems.add(
            LARGE_ENVIRONMENT,
            SourceOffset.whole(first),
            warning,
            "expect more memory and time, or divide the export");
      }
      export = new ImportedExport(parts, Later.known(lowered));
      return problems.has(ABSENT_LAYER)
          ? lowered.environment().incomplete()
          : lowered.environment();
    }
  }

  private Optional<LaidPlan> laid(
      NavigableMap<InputFormat, List<Integer>> formats,
      List<Integer> plans,
      Version version,
      ExecutorService threads)
      throws InterruptedException {
    if (plans.isEmpty()) {
      return Optional.empty();
    }
    var laid =
        TerraformExport.plans(
            sources, plans, supervision, threads, problems, version, planReading());
    laid.tellUnread(formats.keySet().stream().map(InputFormat::code).collect(Collectors.toSet()));
    return Optional.of(laid);
  }

  /// The model of all exports.
  ///
  /// @param parts get the scopes as the VMs of the model have them
  /// @param first the number of a source
  private ReachabilityModel model(
      List<CombinedExports.Part> models, List<ImportedExport.Part> parts, int first) {
    if (models.size() == 1) {
      return models.getFirst().model();
    }
    var combined = new CombinedExports(models);
    for (int i = 0; i < parts.size(); i++) {
      var part = parts.get(i);
      parts.set(
          i,
          new ImportedExport.Part(
              part.format(),
              combined.scopes(models.get(i)),
              part.counts(),
              part.leftOut(),
              part.problems()));
    }
    for (String id : combined.sharedIds()) {
      problems.add(
          SHARED_ID,
          "id of several exports",
          SourceOffset.whole(first),
          () ->
              "the id " + Quoted.value(id) + " stands for different things in exports of two kinds",
          "use the ids with the scope, or the kind of the export, before them");
    }
    return combined.model();
  }

  /// Refuses a state or plan of Terraform beside an export of the same cloud: both may hold the
  /// same network, whose parts would not see each other.
  private void refuseSameCloud(
      NavigableMap<InputFormat, List<Integer>> formats, List<ImportedExport.Part> parts) {
    for (ImportedExport.Part part : parts) {
      if (part.format() == InputFormat.TERRAFORM) {
        TerraformExport.CLOUD_OF_PREFIX.forEach((prefix, cloud) -> {
          var format = InputFormat.ofCode(cloud).orElseThrow();
          boolean holds = part.counts().keySet().stream().anyMatch(type -> type.startsWith(prefix));
          var exported = formats.get(format);
          if (holds && exported != null) {
            problems.add(
                MIXED_SOURCES,
                SourceOffset.whole(requireNonNull(formats.get(InputFormat.TERRAFORM)).getFirst()),
                "this holds resources of "
                    + cloud
                    + ", and "
                    + Quoted.fileName(sources.get(exported.getFirst()).name())
                    + " is an export of "
                    + cloud
                    + ", which may hold the same",
                "read the one or the other; diff --plan lays a plan over an export");
          }
        });
      }
    }
  }

  /// What an export came to, whatever its format.
  private record ReadExport(
      ReachabilityModel model,
      SortedMap<String, Long> scopes,
      SortedMap<String, Long> counts,
      SortedMap<String, Long> leftOut) {}

  /// @param laid what is laid over the export
  private ReadExport readExport(
      InputFormat format,
      List<Integer> numbers,
      Optional<LaidPlan> laid,
      Version version,
      ExecutorService threads,
      ProblemLog problems)
      throws InterruptedException {
    return switch (format) {
      case KUBERNETES -> {
        var read =
            KubernetesExport.read(
                sources, numbers, supervision, abandonment, threads, problems, version);
        yield new ReadExport(read.model(), read.namespaces(), read.counts(), read.leftOut());
      }
      case AWS -> {
        var read =
            AwsExport.read(
                sources,
                numbers,
                supervision,
                abandonment,
                threads,
                problems,
                version,
                laid.map(plan -> (UnaryOperator<List<Fact>>) plan::overAws)
                    .orElse(UnaryOperator.identity()));
        yield new ReadExport(read.model(), read.scopes(), read.counts(), read.leftOut());
      }
      case GCP -> {
        var read =
            GcpExport.read(
                sources,
                numbers,
                supervision,
                abandonment,
                threads,
                problems,
                version,
                laid.map(plan -> (UnaryOperator<List<Resource>>) plan::overGoogle)
                    .orElse(UnaryOperator.identity()));
        yield new ReadExport(read.model(), read.scopes(), read.counts(), read.leftOut());
      }
      case TERRAFORM -> {
        var read =
            TerraformExport.read(
                sources,
                numbers,
                supervision,
                abandonment,
                threads,
                problems,
                version,
                planReading());
        yield new ReadExport(read.model(), read.scopes(), read.counts(), read.leftOut());
      }
      case AZURE -> {
        var read =
            AzureExport.read(
                sources,
                numbers,
                supervision,
                abandonment,
                threads,
                problems,
                version,
                laid.map(plan -> (UnaryOperator<List<AzureResource>>) plan::overAzure)
                    .orElse(UnaryOperator.identity()));
        yield new ReadExport(read.model(), read.scopes(), read.counts(), read.leftOut());
      }
      case DOCUMENT -> throw new AssertionError("a document is no export");
    };
  }

  private PlanReading planReading() {
    return new PlanReading(options.time(), written);
  }

  private Environment readAll(Version version) throws InterruptedException {
    var assembly = new Assembly(problems);
    try (ExecutorService threads = Executors.newFixedThreadPool(division.threads())) {
      var documents = new EnvironmentDocument(supervision, options.ignoreUnknownKeys(), threads);
      // What a document was read from is let go as it is joined.
      var pending = new ArrayDeque<Document.Pending>();
      for (int number = 0; number < sources.size(); number++) {
        pending.add(start(number, documents));
      }
      for (int number = 0; number < sources.size(); number++) {
        Document document = pending.removeFirst().finish();
        assembly.add(document.part());
        addDigest(number, document, version);
      }
    }
    if (options.keepLocations() && !problems.hasErrors()) {
      findLocations(assembly);
    }
    problems.addAll(changes());
    return abandonment.reason().isPresent() ? nothing() : assembly.build();
  }

  private void findLocations(Assembly assembly) {
    try {
      locations = Locations.find(sources, assembly.vmSpots(), assembly.ruleSpots(), supervision);
    } catch (Locations.Lost e) {
      unreadable(e.source(), e.why());
    }
  }

  private void unreadable(int number, IOException e) {
    problems.add(
        Unreadable.kind(e), SourceOffset.whole(number), Unreadable.what(e), Unreadable.remedy(e));
  }

  /// Starts to read a source as what it is.
  private Document.Pending start(int number, EnvironmentDocument documents) {
    Source source = sources.get(number);
    int pieces =
        source instanceof Source.File file ? division.pieces(file.size(), bytesOfFiles) : 1;
    return documents.start(number, source, pieces);
  }

  private void addDigest(int number, Document document, Version version)
      throws InterruptedException {
    try {
      version.add(number, document.digest().get());
    } catch (IOException e) {
      unreadable(number, e);
    }
  }

  /// What was read of a file that changed meanwhile may be half old, half new.
  private ProblemLog changes() {
    var changes = new ProblemLog();
    for (int number = 0; number < sources.size(); number++) {
      if (sources.get(number) instanceof Source.File file && file.hasChanged()) {
        changes.add(
            CHANGED_WHILE_READ,
            SourceOffset.whole(number),
            "the file was changed while it was read",
            "read it again when no program writes to it");
      }
    }
    if (!changes.hasErrors() && !names(lookAgain.get()).equals(names(sources))) {
      changes.add(
          CHANGED_WHILE_READ,
          SourceOffset.whole(0),
          "files came or went beside this one while it was read",
          "read them again when no program moves them");
    }
    return changes;
  }

  private static List<String> names(List<Source> sources) {
    return sources.stream().map(Source::name).toList();
  }
}
