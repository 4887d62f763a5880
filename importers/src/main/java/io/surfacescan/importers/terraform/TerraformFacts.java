package io.surfacescan.importers.terraform;

import io.surfacescan.importers.aws.Fact;
import io.surfacescan.importers.aws.Resource;
import io.surfacescan.importers.aws.Resource.Header;
import io.surfacescan.importers.aws.Resource.SecurityGroup;
import io.surfacescan.importers.aws.Resource.Subnet;
import io.surfacescan.importers.aws.Unit;
import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.text.TerminalText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The resources by their types, and what became of them.
final class TerraformFacts {
  private static final int CHARS_MOST = 300;

  /// Finds what a provider is configured with.
  @FunctionalInterface
  private interface Provider {
    String get(String name, String key);
  }

  private final ResourceIds ids;
  private final ProblemLog problems;
  private final Map<String, List<Section>> byType = new LinkedHashMap<>();
  private final Map<Integer, Unit> units = new LinkedHashMap<>();

  /// By document, how its providers are configured.
  private final Map<Integer, Provider> documents = new HashMap<>();

  private final List<Section> removed = new ArrayList<>();
  private final List<Fact> facts = new ArrayList<>();
  private final Map<String, Subnet> subnets = new HashMap<>();
  private final Set<String> exportedIds = new HashSet<>();
  private final Map<String, String> defaultGroups = new HashMap<>();
  private final Additions additions = new Additions();

  /// @param exported what an export beside the snapshots holds: then only what a plan makes or
  ///   changes counts
  TerraformFacts(
      List<Snapshot> snapshots, ResourceIds ids, Collection<Fact> exported, ProblemLog problems) {
    this(snapshots, ids, exported, !exported.isEmpty(), problems);
  }

  /// What plans make or change.
  static TerraformFacts ofChanges(List<Snapshot> snapshots, ProblemLog problems) {
    return new TerraformFacts(snapshots, ResourceIds.of(snapshots), List.of(), true, problems);
  }

  private TerraformFacts(
      List<Snapshot> snapshots,
      ResourceIds ids,
      Collection<Fact> exported,
      boolean areChangesOnly,
      ProblemLog problems) {
    for (Fact fact : exported) {
      if (fact instanceof Resource resource) {
        exportedIds.add(resource.id());
      }
      if (fact instanceof Subnet subnet) {
        subnets.put(subnet.id(), subnet);
      } else if (fact instanceof SecurityGroup group && group.groupName().equals("default")) {
        defaultGroups.put(group.vpc(), group.id());
      }
    }
    this.ids = ids;
    this.problems = problems;
    for (Snapshot snapshot : snapshots) {
      var document = snapshot.document();
      units.put(document.number(), new Unit(document.name(), document.name(), "", ""));
      documents.put(document.number(), (name, key) -> provider(document, name, key));
      for (TerraformResource resource : snapshot.resources().values()) {
        if (areChangesOnly && !resource.isChanged()) {
          continue;
        }
        byType
            .computeIfAbsent(resource.type(), absent -> new ArrayList<>())
            .add(Section.of(ids, resource));
      }
      snapshot.removed().forEach(resource -> removed.add(Section.of(ids, resource)));
    }
  }

  /// What a provider is configured with, if it is written as a constant or as a variable.
  ///
  /// @param provider its name, or that of one of its configurations
  private static String provider(TerraformDocument document, String provider, String key) {
    var root = document.root();
    var written =
        root.get("configuration").get("provider_config").get(provider).get("expressions").get(key);
    String constant = written.get("constant_value").text();
    if (!constant.isEmpty()) {
      return constant;
    }
    return written.get("references").list().stream()
        .map(JsonValue::text)
        .filter(text -> text.startsWith("var."))
        .map(text -> root.get("variables").get(text.substring(4)).get("value").text())
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  /// What the provider of a resource is configured with; empty if it is not known.
  String provider(Section section, String provider, String key) {
    var document = Objects.requireNonNull(documents.get(section.of().source()));
    String own = ids.references(section.of()).provider(section.of());
    // A module's is called `module.net:aws`, and may be that of the module that calls it.
    String ofModule = own.substring(own.lastIndexOf(':') + 1);
    for (String name : List.of(own, ofModule)) {
      String found = name.isEmpty() ? "" : document.get(name, key);
      if (!found.isEmpty()) {
        return found;
      }
    }
    // That of another configuration would be wrong.
    return ofModule.isEmpty() || ofModule.equals(provider) ? document.get(provider, key) : "";
  }

  /// A place in one of the documents.
  SourceOffset anySpot() {
    return byType.values().iterator().next().getFirst().spot();
  }

  /// What the plan adds to things of an export.
  Additions additions() {
    return additions;
  }

  /// Whether an export beside the plan lists such a thing.
  boolean isExported(String id) {
    return exportedIds.contains(id);
  }

  /// The default security group of a VPC.
  String defaultGroup(String vpc) {
    return defaultGroups.getOrDefault(vpc, ids.byDefault(vpc, Defaults.GROUP));
  }

  ResourceIds ids() {
    return ids;
  }

  List<Fact> found() {
    return facts;
  }

  void put(Fact fact) {
    facts.add(fact);
    if (fact instanceof Subnet subnet) {
      subnets.put(subnet.id(), subnet);
    }
  }

  /// A subnet that was put, or that the export holds.
  Optional<Subnet> subnet(String id) {
    return Optional.ofNullable(subnets.get(id));
  }

  /// The resources of some types, in the order of the types.
  List<Section> of(String... types) {
    return Stream.of(types).flatMap(type -> byType.getOrDefault(type, List.of()).stream()).toList();
  }

  /// What the plan deletes or changes, of some types, as it was before.
  List<Section> removed(String... types) {
    var wanted = List.of(types);
    return removed.stream().filter(some -> wanted.contains(some.of().type())).toList();
  }

  /// The numbers of resources by their types.
  Map<String, Long> counts() {
    var counts = new LinkedHashMap<String, Long>();
    byType.forEach((type, sections) -> counts.put(type, (long) sections.size()));
    return counts;
  }

  /// The unit of one of the documents, for what says by itself what it is of.
  Unit anyUnit() {
    return units.values().iterator().next();
  }

  Unit unit(Section section) {
    return Objects.requireNonNull(units.get(section.of().source()));
  }

  Header header(Section section) {
    return header(section, section.id());
  }

  /// The header of something that a resource makes.
  Header header(Section section, String id) {
    String[] arn = section.text("arn").split(":", 6);
    boolean isArn = arn.length == 6;
    String owner = section.text("owner_id");
    String zone = Unit.regionOf(section.text("availability_zone"));
    String region =
        Stream.of(section.text("region"), isArn ? arn[3] : "", zone)
            .filter(some -> !some.isEmpty())
            .findFirst()
            .orElseGet(() -> provider(section, "aws", "region"));
    return new Header(
        id,
        owner.isEmpty() && isArn ? arn[4] : owner,
        region,
        name(section),
        unit(section),
        section.spot());
  }

  /// The tag `Name`, else the name of the resource.
  private static String name(Section section) {
    for (String key : List.of("tags_all", "tags")) {
      String name = section.values().get(key).get("Name").text();
      boolean isHidden =
          section.sensitive().isTrue()
              || section.sensitive().get(key).isTrue()
              || section.sensitive().get(key).get("Name").isTrue();
      if (!name.isEmpty() && !isHidden) {
        return name;
      }
    }
    return section.of().address().name();
  }

  /// The tags but `Name`, as labels.
  static List<String> labels(Section section) {
    var labels = new ArrayList<String>();
    var tags = section.has("tags_all") ? "tags_all" : "tags";
    if (section.isUnknown(tags)) {
      return labels;
    }
    section
        .values()
        .get(tags)
        .map()
        .forEach((key, value) -> {
          if (!key.equals("Name")) {
            labels.add(key + "=" + value.text());
          }
        });
    return labels;
  }

  static List<AddressRange> ranges(List<String> texts) {
    return texts.stream().flatMap(text -> AddressRange.parse(text).stream()).toList();
  }

  void assumed(SourceOffset spot, String what, String remedy) {
    problems.add(ProblemKind.ASSUMPTION, spot, shown(what), remedy);
  }

  void unread(SourceOffset spot, String what) {
    problems.add(
        ProblemKind.UNREAD_RESOURCE,
        spot,
        shown(what),
        "see docs/import/terraform.md for what that means");
  }

  /// What is missing as a whole, so that answers are not complete.
  void absent(SourceOffset spot, String what) {
    problems.add(
        ProblemKind.ABSENT_LAYER,
        spot,
        shown(what),
        "see docs/import/terraform.md for what that means");
  }

  private static String shown(String text) {
    String plain = TerminalText.plain(text);
    return plain.codePointCount(0, plain.length()) > CHARS_MOST
        ? plain.substring(0, plain.offsetByCodePoints(0, CHARS_MOST)) + "…"
        : plain;
  }
}
