package io.surfacescan.engine;

import io.surfacescan.model.Environment;
import io.surfacescan.model.Services;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/// Which rules matter: for every rule who carries its tags, what it allows, and what it alone
/// allows. About direct attacks only; what the removal of a rule means for a surface is another
/// question.
///
/// What is cheap is known for all rules at once; pairs are counted when asked for, rule by rule.
/// Immutable.
public final class RuleUses {
  private static final int STEPS_PER_DEADLINE = 1 << 8;

  private final AttackGraph graph;
  private final Environment environment;
  private final int[] vmsPerTag;

  /// Per tag, what stands for addresses outside and carries it.
  private final int[] externalsPerTag;

  /// Per rule, the other rules with the same tags.
  private final int[] parallel;

  private RuleUses(AttackGraph graph) {
    this.graph = graph;
    this.environment = graph.environment();
    this.vmsPerTag = environment.vmsPerTag();
    this.externalsPerTag = externalsPerTag(graph);
    this.parallel = parallel(environment);
  }

  /// Cost: one pass over VMs, tags and rules.
  public static RuleUses of(AttackGraph graph) {
    return new RuleUses(graph);
  }

  private static int[] externalsPerTag(AttackGraph graph) {
    var environment = graph.environment();
    int[] counts = new int[environment.tagCount()];
    var externals = graph.externals();
    var lists = environment.tagLists();
    for (int interval = 0; interval < externals.intervalCount(); interval++) {
      for (int rank = externals.from(interval); rank < externals.to(interval); rank++) {
        int list = environment.tagListOf(graph.vmAt(rank));
        for (int i = lists.start(list); i < lists.end(list); i++) {
          counts[lists.value(i)]++;
        }
      }
    }
    return counts;
  }

  private static int[] parallel(Environment environment) {
    int rules = environment.ruleCount();
    int tags = environment.tagCount();
    int[] sources = IntStream.range(0, rules).map(environment::sourceTag).toArray();
    int[] dests = IntStream.range(0, rules).map(environment::destTag).toArray();
    int[] order = CountingSort.order(sources, tags, CountingSort.order(dests, tags));
    int[] parallel = new int[rules];
    int from = 0;
    for (int to = 1; to <= rules; to++) {
      if (to < rules
          && sources[order[to]] == sources[order[from]]
          && dests[order[to]] == dests[order[from]]) {
        continue;
      }
      for (int i = from; i < to; i++) {
        parallel[order[i]] = to - from - 1;
      }
      from = to;
    }
    return parallel;
  }

  /// The orders of rules.
  public enum Order {
    /// As in the input.
    INPUT,
    /// By direct pairs, most first, then as in the input.
    PAIRS,
    /// By the pairs that no other rule allows, most first, then as in the input.
    ONLY,
    /// By the code points of their ids, those without an id last.
    ID,
    /// By the code points of their source tags, then as in the input.
    SOURCE_TAG,
    /// By the code points of their destination tags, then as in the input.
    DEST_TAG,
    /// By the VMs that carry their source tag, most first, then as in the input.
    SOURCE_VMS,
    /// By the VMs that carry their destination tag, most first, then as in the input.
    DEST_VMS,
    /// By the text of their services, those for all services first, then as in the input.
    SERVICES
  }

  /// The number of VMs that carry the rule's source tag, and of addresses outside.
  public int sourceVms(int rule) {
    return vmsPerTag[environment.sourceTag(rule)];
  }

  /// The number of VMs that carry the rule's destination tag, and of addresses outside.
  public int destVms(int rule) {
    return vmsPerTag[environment.destTag(rule)];
  }

  /// The VMs that carry the rule's source tag, without addresses outside.
  private int sourceInside(int rule) {
    return sourceVms(rule) - externalsPerTag[environment.sourceTag(rule)];
  }

  private int destInside(int rule) {
    return destVms(rule) - externalsPerTag[environment.destTag(rule)];
  }

  /// The number of other rules with the same tags.
  public int parallel(int rule) {
    return parallel[rule];
  }

  /// Whether the rule allows any direct attack between two different VMs.
  public boolean isUsed(int rule) {
    int sources = sourceVms(rule);
    int dests = destVms(rule);
    return sources > 0 && dests > 0 && (sources > 1 || dests > 1 || !isOneVm(rule));
  }

  /// Whether the only VMs that carry the one tag and the other are the same.
  private boolean isOneVm(int rule) {
    var holders = graph.classesPerTag();
    return holders.target(holders.start(environment.sourceTag(rule)))
        == holders.target(holders.start(environment.destTag(rule)));
  }

  /// The direct pairs that the rule allows. Cost: the classes that hold the rarer of its tags.
  public long directPairs(int rule) {
    long both = 0;
    int source = environment.sourceTag(rule);
    int dest = environment.destTag(rule);
    if (vmsPerTag[source] > 0 && vmsPerTag[dest] > 0) {
      var holders = graph.classesPerTag();
      boolean sourceIsRarer =
          holders.end(source) - holders.start(source) < holders.end(dest) - holders.start(dest);
      int rarer = sourceIsRarer ? source : dest;
      int other = sourceIsRarer ? dest : source;
      for (int i = holders.start(rarer); i < holders.end(rarer); i++) {
        int vmClass = holders.target(i);
        both += graph.classes().holds(vmClass, other) ? vmsOf(vmClass) : 0;
      }
    }
    return (long) vmsPerTag[source] * vmsPerTag[dest] - both;
  }

  private int vmsOf(int vmClass) {
    return graph.classStart(vmClass + 1) - graph.classStart(vmClass);
  }

  /// The rules asked for, in order.
  ///
  /// Cost: for [Order#PAIRS], of [#directPairs] for all of them; for [Order#ONLY], of [#rows].
  ///
  /// @param tag only rules that lead from or to this tag
  /// @param unusedOnly only rules that are not used
  /// @throws DeadlinePassed if it does: an order by what is not counted would be worth nothing
  public int[] ordered(OptionalInt tag, boolean unusedOnly, Order order, Deadline deadline) {
    int[] rules =
        IntStream.range(0, environment.ruleCount())
            .filter(rule -> tag.isEmpty() || touches(rule, tag.getAsInt()))
            .filter(rule -> !unusedOnly || !isUsed(rule))
            .toArray();
    return switch (order) {
      case INPUT -> rules;
      case PAIRS -> byMost(rules, pairs(rules, deadline));
      case ONLY -> byMost(rules, onlyThisRule(rules, deadline));
      case ID ->
          sorted(
              rules,
              Comparator.comparing((Integer rule) -> !environment.hasRuleId(rule))
                  .thenComparing(environment.ruleIds()::compare));
      case SOURCE_TAG ->
          sorted(rules, Comparator.comparingInt(rule -> placeOf(environment.sourceTag(rule))));
      case DEST_TAG ->
          sorted(rules, Comparator.comparingInt(rule -> placeOf(environment.destTag(rule))));
      case SOURCE_VMS -> sorted(rules, Comparator.comparingInt(rule -> -sourceInside(rule)));
      case DEST_VMS -> sorted(rules, Comparator.comparingInt(rule -> -destInside(rule)));
      case SERVICES -> sorted(rules, Comparator.comparing(this::servicesText));
    };
  }

  private int placeOf(int tag) {
    return graph.tagOrder().placeOf(tag);
  }

  private String servicesText(int rule) {
    var services = environment.services(rule);
    return services.equals(Services.ALL) ? "" : String.join(",", services.texts());
  }

  private static int[] sorted(int[] rules, Comparator<Integer> order) {
    return Arrays.stream(rules).boxed().sorted(order).mapToInt(rule -> rule).toArray();
  }

  private boolean touches(int rule, int tag) {
    return environment.sourceTag(rule) == tag || environment.destTag(rule) == tag;
  }

  private long[] pairs(int[] rules, Deadline deadline) {
    long[] pairs = new long[rules.length];
    for (int i = 0; i < rules.length; i++) {
      if (i % STEPS_PER_DEADLINE == 0) {
        deadline.check();
      }
      pairs[i] = directPairs(rules[i]);
    }
    return pairs;
  }

  private long[] onlyThisRule(int[] rules, Deadline deadline) {
    var counting = new OnlyPairs(graph, Long.MAX_VALUE, deadline);
    long[] pairs = new long[rules.length];
    for (int i = 0; i < rules.length; i++) {
      pairs[i] = parallel[rules[i]] > 0 ? 0 : counting.count(rules[i]);
    }
    return pairs;
  }

  private static int[] byMost(int[] rules, long[] pairs) {
    return IntStream.range(0, rules.length)
        .boxed()
        .sorted(Comparator.comparingLong(i -> -pairs[i]))
        .mapToInt(i -> rules[i])
        .toArray();
  }

  /// Everything about some rules, in the order given.
  ///
  /// Cost: for each rule the classes that hold its tags, their tags and the rules at these. Some
  /// rules need millions of such steps. After `stepsMost` of them no more pairs that only one rule
  /// allows are counted: the same rules are left without [RuleUse#onlyThisTagPair] on every
  /// machine.
  ///
  /// @throws DeadlinePassed if it does
  public List<RuleUse> rows(int[] rules, long stepsMost, Deadline deadline) {
    var counting = new OnlyPairs(graph, stepsMost, deadline);
    var countedBefore = new HashMap<Long, OptionalLong>();
    var rows = new ArrayList<RuleUse>(rules.length);
    for (int rule : rules) {
      deadline.check();
      long tagPair =
          (long) environment.sourceTag(rule) * vmsPerTag.length + environment.destTag(rule);
      rows.add(
          new RuleUse(
              rule,
              sourceInside(rule),
              destInside(rule),
              externalsPerTag[environment.sourceTag(rule)],
              externalsPerTag[environment.destTag(rule)],
              parallel[rule],
              directPairs(rule),
              countedBefore.computeIfAbsent(tagPair, absent -> onlyThisTagPair(counting, rule))));
    }
    return rows;
  }

  private static OptionalLong onlyThisTagPair(OnlyPairs counting, int rule) {
    if (counting.isSpent()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(counting.count(rule));
    } catch (DeadlinePassed e) {
      if (counting.isSpent()) {
        return OptionalLong.empty();
      }
      throw e;
    }
  }
}
