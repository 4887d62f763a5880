package io.surfacescan.reachability.lowering;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.Origin;
import io.surfacescan.model.RuleDetails;
import io.surfacescan.model.TooLarge;
import io.surfacescan.model.VmDetails;
import io.surfacescan.model.VmKind;
import io.surfacescan.reachability.Direction;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.lowering.Rectangles.Rectangle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Turns a [ReachabilityModel] into an environment of tags and rules that lets through exactly the
/// same, pair by pair and port by port.
///
/// 1. Interfaces that no rule tells apart are one class ([InterfaceClasses]).
/// 2. Each gate becomes terms, targets x peers x services, of which nothing has to be taken back
///    ([GateTerms]).
/// 3. Terms of both sides and links are put together as [Rectangles], from which what small lists
///    deny is cut out ([Denial]).
/// 4. Each set of sources or destinations is a tag ([ClassTags]), or several, if classes would
///    carry too many ([Blocks]); each rectangle of tags a rule. Addresses outside with equal tags
///    are one VM ([Externals]).
///
/// If the model leaves something open, this is done twice, for what is for sure and for what is
/// possible; rules that only the second has are *assumed*.
public final class Lowering {
  /// What an environment may grow to.
  ///
  /// @param rules the most rules
  /// @param memberships the most tags that all classes of interfaces may carry together
  /// @param setBytes the most memory for sets of classes while rules are put together
  record Limits(int rules, long memberships, long setBytes) {
    /// Half of the memory at most goes into memberships, at so many bytes each.
    private static final int MEMBERSHIP_BYTES = 16;

    static final Limits USUAL = ofMemory(Runtime.getRuntime().maxMemory());

    static Limits ofMemory(long bytes) {
      return new Limits(4_000_000, bytes / 2 / MEMBERSHIP_BYTES, bytes / 4);
    }
  }

  /// Above so many tags a class on average, large sets are written as [Blocks].
  private static final int MEMBERSHIPS_USUAL = 20;

  private static final int MEMBERSHIPS_WARNED = 50;
  private static final int GROWTH_WARNED = 10;
  private static final int RULES_UNWARNED = 1_000;

  private final ReachabilityModel model;
  private final Limits limits;
  private final Mentions mentions;
  private final InterfaceClasses classes;
  private final ClassSets sets;
  private final EnvironmentBuilder environment = new EnvironmentBuilder();
  private final ClassTags tags = new ClassTags(environment);

  /// The rules of the environment by their ids, and their details in order.
  private final Map<String, Integer> ruleOfId = new HashMap<>();

  private final List<RuleDetails> rules = new ArrayList<>();

  private final Runnable check;

  private Lowering(ReachabilityModel model, Limits limits, Runnable check) {
    this.model = model;
    this.limits = limits;
    this.check = check;
    mentions = Mentions.of(model);
    classes = InterfaceClasses.of(model, mentions);
    sets = ClassSets.of(classes);
  }

  /// Lowers the whole model.
  ///
  /// @throws TooLarge if the environment would not fit into memory
  public static Lowered of(ReachabilityModel model) {
    return of(model, () -> {});
  }

  /// As the other.
  ///
  /// @param check may throw, to give up: called all along
  public static Lowered of(ReachabilityModel model, Runnable check) {
    return new Lowering(model, Limits.USUAL, check).run();
  }

  static Lowered of(ReachabilityModel model, Limits limits) {
    return new Lowering(model, limits, () -> {}).run();
  }

  private Lowered run() {
    addRules();
    if (tags.memberships() > limits.memberships()) {
      throw new TooLarge(
          "the rules of the real environment distinguish more sets of VMs than fit into memory; most"
              + " of them come from "
              + LargestList.of(model, rules));
    }
    int[][] tagsOfClass = tags.byClass(classes.size());
    addEndpoints(tagsOfClass);
    var externals = new ArrayList<Lowered.External>();
    for (var external : Externals.of(model, mentions, classes, sets, tagsOfClass)) {
      addExternal(external);
      externals.add(new Lowered.External(external.outside(), external.ranges()));
    }
    return new Lowered(model, environment.build(), externals, warnings(tagsOfClass));
  }

  private void addRules() {
    int[] vmsOfClass = vmsOfClass();
    var sure = Rectangles.of(model, new LoweringPass(sets, classes, false, check), limits);
    sure.removeIf(rectangle -> isWithinOneVm(rectangle, vmsOfClass));
    List<Rectangle> assumed = List.of();
    if (mentions.hasUnknowns() || classes.hasVagueAddresses()) {
      var covering = new Covering(sure);
      assumed = Rectangles.of(model, new LoweringPass(sets, classes, true, check), limits);
      assumed.removeIf(
          rectangle -> covering.covers(rectangle) || isWithinOneVm(rectangle, vmsOfClass));
    }
    var all = new ArrayList<>(sure);
    all.addAll(assumed);
    var blocks = blocks(model, classes, all);
    sure.forEach(rectangle -> addRules(rectangle, blocks, Optional.empty()));
    assumed.forEach(rectangle -> addRules(rectangle, blocks, Optional.of(reason(rectangle))));
  }

  /// Blocks for large sets, if classes would carry many tags.
  static Blocks blocks(
      ReachabilityModel model, InterfaceClasses classes, List<Rectangle> rectangles) {
    return Blocks.of(
        classes,
        rectangles,
        (long) MEMBERSHIPS_USUAL * classes.size(),
        (long) GROWTH_WARNED * Math.max(RULES_UNWARNED, model.ruleCount()));
  }

  private void addRules(Rectangle rectangle, Blocks blocks, Optional<String> assumed) {
    check.run();
    for (ClassSet sources : blocks.of(rectangle.sources())) {
      for (ClassSet destinations : blocks.of(rectangle.destinations())) {
        addRule(rectangle.of(sources, destinations), assumed);
      }
    }
  }

  private int[] vmsOfClass() {
    int[] counts = new int[classes.size()];
    for (int endpoint = 0; endpoint < model.endpoints().size(); endpoint++) {
      for (int number : classes.ofEndpoint(endpoint)) {
        counts[number]++;
      }
    }
    return counts;
  }

  /// Whether it says only what a VM may do to itself.
  private static boolean isWithinOneVm(Rectangle rectangle, int[] vmsOfClass) {
    return rectangle.sources().cardinality() == 1
        && rectangle.sources().equals(rectangle.destinations())
        && vmsOfClass[rectangle.sources().first()] == 1;
  }

  /// Rectangles that are known already.
  private static final class Covering {
    private final Map<ClassSet, List<Rectangle>> bySources = new HashMap<>();
    private final Map<ClassSet, List<Rectangle>> byDestinations = new HashMap<>();

    Covering(List<Rectangle> known) {
      for (Rectangle each : known) {
        bySources.computeIfAbsent(each.sources(), absent -> new ArrayList<>()).add(each);
        byDestinations.computeIfAbsent(each.destinations(), absent -> new ArrayList<>()).add(each);
      }
    }

    /// Whether one of them, with the same sources or the same destinations, has all of this one.
    boolean covers(Rectangle rectangle) {
      return hasAll(bySources.getOrDefault(rectangle.sources(), List.of()), rectangle)
          || hasAll(byDestinations.getOrDefault(rectangle.destinations(), List.of()), rectangle);
    }

    private static boolean hasAll(List<Rectangle> wider, Rectangle rectangle) {
      return wider.stream()
          .anyMatch(other ->
              other.services().contains(rectangle.services())
                  && other.sources().contains(rectangle.sources())
                  && other.destinations().contains(rectangle.destinations()));
    }
  }

  private void addRule(Rectangle rectangle, Optional<String> assumed) {
    int source = tags.of(rectangle.sources(), "from " + rectangle.sourceWords());
    int dest = tags.of(rectangle.destinations(), "to " + rectangle.destinationWords());
    String id = ruleId(rectangle, source, dest, assumed.isPresent());
    Integer known = ruleOfId.get(id);
    if (known != null) {
      var before = rules.get(known);
      var services = before.services().or(rectangle.services());
      setDetails(known, new RuleDetails(services, before.assumed(), before.origins()));
      return;
    }
    byte[] bytes = id.getBytes(UTF_8);
    int rule = environment.addRule(bytes, bytes.length, source, dest);
    ruleOfId.put(id, rule);
    rules.add(RuleDetails.NONE);
    setDetails(rule, new RuleDetails(rectangle.services(), assumed, origins(rectangle)));
  }

  private void setDetails(int rule, RuleDetails details) {
    rules.set(rule, details);
    environment.details(rule, details);
  }

  private static List<Origin> origins(Rectangle rectangle) {
    var origins = new ArrayList<Origin>();
    for (var source : rectangle.why()) {
      var rule = source.rule();
      var origin = new Origin(rule.id(), source.gate().name(), rule.place(), rule.text());
      if (!origins.contains(origin)) {
        origins.add(origin);
      }
    }
    return origins;
  }

  private static String reason(Rectangle rectangle) {
    var whys = new TreeSet<String>();
    for (var source : rectangle.why()) {
      Mentions.addUnknowns(source.rule().targets(), whys);
      Mentions.addUnknowns(source.rule().peers(), whys);
    }
    Mentions.addUnknowns(rectangle.link().sources(), whys);
    Mentions.addUnknowns(rectangle.link().destinations(), whys);
    return whys.isEmpty()
        ? "a rule that may deny it, or an address, is not known"
        : String.join("; ", whys);
  }

  /// The id of the first real rule, and a hash of the ids of all and of both ends: a rule that says
  /// the same keeps its id, whatever changes beside it.
  private String ruleId(Rectangle rectangle, int source, int dest, boolean isAssumed) {
    var ids = rectangle.why().stream().map(why -> why.rule().id()).distinct().toList();
    long hash = 0xCBF29CE484222325L;
    for (String text : ids) {
      hash = hash(hash, text);
    }
    hash = hash(hash, tags.name(source));
    hash = hash(hash, tags.name(dest));
    hash = hash(hash, isAssumed ? "assumed" : "sure");
    String first = ids.isEmpty() ? rectangle.link().id() : ids.getFirst();
    return first + "~" + HexFormat.of().toHexDigits(hash >>> 16, 12);
  }

  /// FNV-1a over characters, with an end mark.
  private static long hash(long start, String text) {
    long hash = start;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    return (hash ^ 0xFFFF) * 0x100000001B3L;
  }

  private void addEndpoints(int[][] tagsOfClass) {
    int[] listOfClass = new int[classes.size()];
    Arrays.fill(listOfClass, -1);
    for (int i = 0; i < model.endpoints().size(); i++) {
      var endpoint = model.endpoints().get(i);
      int[] own = classes.ofEndpoint(i);
      boolean isPlain = own.length == 1;
      int vm;
      if (isPlain && listOfClass[own[0]] >= 0) {
        vm = addVm(endpoint.id(), endpoint.name(), listOfClass[own[0]]);
      } else {
        int[] carried =
            Arrays.stream(own)
                .flatMap(number -> Arrays.stream(tagsOfClass[number]))
                .distinct()
                .sorted()
                .toArray();
        vm = addVm(endpoint.id(), endpoint.name(), carried);
        if (isPlain) {
          listOfClass[own[0]] = environment.tagListOf(vm);
        }
      }
      environment.details(
          vm,
          new VmDetails(
              endpoint.kind(), endpoint.scope(), endpoint.labels(), endpoint.addresses()));
    }
  }

  private void addExternal(Externals.External external) {
    int vm = addVm(external.id(), Optional.of(external.name()), external.tags());
    var outside = external.outside();
    var kind = outside.direction() == Direction.EGRESS ? VmKind.EXTERNAL_SINK : VmKind.EXTERNAL;
    var cidrs = external.ranges().stream().flatMap(range -> range.cidrs().stream()).toList();
    environment.details(vm, new VmDetails(kind, outside.scope(), List.of(), cidrs));
  }

  private int addVm(String id, Optional<String> name, int[] carried) {
    byte[] idBytes = id.getBytes(UTF_8);
    byte[] nameBytes = name.map(text -> text.getBytes(UTF_8)).orElse(null);
    int length = nameBytes == null ? 0 : nameBytes.length;
    return environment.addVm(idBytes, idBytes.length, nameBytes, length, carried, carried.length);
  }

  private int addVm(String id, Optional<String> name, int tagList) {
    byte[] idBytes = id.getBytes(UTF_8);
    byte[] nameBytes = name.map(text -> text.getBytes(UTF_8)).orElse(null);
    int length = nameBytes == null ? 0 : nameBytes.length;
    return environment.addVm(idBytes, idBytes.length, nameBytes, length, tagList);
  }

  private List<String> warnings(int[][] tagsOfClass) {
    var warnings = new ArrayList<String>();
    long average = tags.memberships() / Math.max(1, tagsOfClass.length);
    if (average > MEMBERSHIPS_WARNED) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "the rules distinguish VMs in many ways: each carries %,d tags on average;"
                  + " most of them come from %s",
              average,
              LargestList.of(model, rules)));
    }
    int real = model.ruleCount();
    if (rules.size() > RULES_UNWARNED && rules.size() / GROWTH_WARNED > real) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%,d real rules come to %,d rules between tags; most of them come from %s",
              real,
              rules.size(),
              LargestList.of(model, rules)));
    }
    return warnings;
  }
}
