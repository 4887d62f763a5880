package io.surfacescan.bench;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackSurface;
import io.surfacescan.engine.Comparison;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.DirectSizes;
import io.surfacescan.engine.EnvironmentChokepoints;
import io.surfacescan.engine.EnvironmentFindings;
import io.surfacescan.engine.Exposure;
import io.surfacescan.engine.Exposures;
import io.surfacescan.engine.Progress;
import io.surfacescan.engine.RuleUse;
import io.surfacescan.engine.RuleUses;
import io.surfacescan.engine.SurfaceChanges;
import io.surfacescan.engine.SurfaceSizes;
import io.surfacescan.model.EditedEnvironment;
import io.surfacescan.model.Edits;
import io.surfacescan.model.EditsRefused;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentDiff;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.TextOrder;
import io.surfacescan.report.format.IdArena;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// Work over the whole environment: building, and the questions about all VMs or all rules.
///
/// Every one is asked at least once to warm up and at least three times to measure, however long it
/// takes. The graph remembers nothing of it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 1, time = 700, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class WholeBench {
  private static final int PAGE_VMS = 100;
  private static final int PAGE_RULES = 1_000;
  private static final int WORST = 20;

  /// As many steps for the pairs of rules as the service allows.
  private static final long RULE_STEPS_MOST = 200_000_000;

  @Param({"UNIFORM", "LAYERED", "CHAIN", "CYCLES", "UNIQUE"})
  public BenchShape shape;

  @Param("1000000")
  public int vms;

  private Environment environment;
  private AttackGraph graph;
  private Edits removed;
  private Edits removedAndAdded;

  @Setup
  public void compile() {
    environment = shape.environment(vms);
    graph = AttackGraph.of(environment);
    removed = edits(List.of());
    removedAndAdded =
        edits(
            List.of(
                new FirewallRule(
                    Optional.empty(),
                    environment.rule(11).sourceTag(),
                    environment.rule(environment.ruleCount() / 2).destTag())));
  }

  /// One rule removed, and some added.
  private Edits edits(List<FirewallRule> added) {
    var rule = new Edits.RuleName.WithId(environment.rule(7).id().orElseThrow());
    return new Edits(List.of(rule), added, List.of(), List.of(), List.of());
  }

  @Benchmark
  public AttackGraph build() {
    return AttackGraph.of(environment);
  }

  /// The escaped ids that answers are slices of.
  @Benchmark
  public IdArena buildIds() {
    return IdArena.of(graph);
  }

  /// What sorting by id needs, once.
  @Benchmark
  public TextOrder buildIdOrder() {
    return TextOrder.of(environment.vmIds());
  }

  @Benchmark
  public @Nullable SurfaceSizes allSizes() {
    return TimeLimit.asking(deadline -> SurfaceSizes.of(graph, deadline, Progress.NONE));
  }

  @Benchmark
  public @Nullable DirectSizes directSizes() {
    return TimeLimit.asking(deadline -> DirectSizes.of(graph, deadline));
  }

  /// What a report needs.
  @Benchmark
  public @Nullable Exposures exposures() {
    return TimeLimit.asking(deadline -> Exposures.of(graph, deadline, Progress.NONE));
  }

  @Benchmark
  public EnvironmentFindings findings() {
    return EnvironmentFindings.of(graph);
  }

  /// A page of VMs, as `vms` lists them before any question made all exposures known.
  @Benchmark
  public void pageOfVms(Blackhole answers) {
    if (graph.hasAllStored()) {
      answers.consume(exposures());
      return;
    }
    var page =
        TimeLimit.asking(deadline ->
            IntStream.range(0, PAGE_VMS)
                .mapToObj(vm -> {
                  deadline.check();
                  return Exposure.of(graph, vm);
                })
                .toList());
    answers.consume(page);
  }

  /// A page of rules in input order, with the pairs that each allows, alone or not.
  @Benchmark
  public @Nullable List<RuleUse> pageOfRules() {
    return rules(RuleUses.Order.INPUT);
  }

  /// A page of the rules that allow the most pairs that no other allows.
  @Benchmark
  public @Nullable List<RuleUse> rulesByPairsOfTheirOwn() {
    return rules(RuleUses.Order.ONLY);
  }

  private @Nullable List<RuleUse> rules(RuleUses.Order order) {
    return TimeLimit.asking(deadline -> {
      var uses = RuleUses.of(graph);
      int[] ordered = uses.ordered(OptionalInt.empty(), false, order, deadline);
      int[] page = Arrays.copyOf(ordered, Math.min(ordered.length, PAGE_RULES));
      return uses.rows(page, RULE_STEPS_MOST, deadline);
    });
  }

  @Benchmark
  public @Nullable EnvironmentChokepoints chokepointsOfAll() {
    return TimeLimit.asking(deadline ->
        EnvironmentChokepoints.of(
            graph,
            SurfaceSizes.of(graph, deadline, Progress.NONE),
            WORST,
            EnvironmentChokepoints.USUAL_EXACT,
            deadline,
            Progress.NONE));
  }

  /// One rule removed and one added, asked for one VM.
  @Benchmark
  public int whatIfOfAVm() throws EditsRefused {
    var edited = EditedEnvironment.of(environment, removedAndAdded);
    return AttackSurface.of(Comparison.of(graph, edited).after(), 0).attackers().size();
  }

  /// One rule removed.
  @Benchmark
  public @Nullable SurfaceChanges whatIfOfAll_removed() throws EditsRefused {
    return whatIf(removed);
  }

  /// One rule removed and one added.
  @Benchmark
  public @Nullable SurfaceChanges whatIfOfAll_removedAndAdded() throws EditsRefused {
    return whatIf(removedAndAdded);
  }

  private @Nullable SurfaceChanges whatIf(Edits edits) throws EditsRefused {
    var edited = EditedEnvironment.of(environment, edits);
    return TimeLimit.asking(deadline -> changes(Comparison.of(graph, edited), deadline));
  }

  /// The same environment with one rule removed and one added, built apart from the first, as one
  /// that was read from other files.
  @State(Scope.Benchmark)
  public static class Later {
    private AttackGraph graph;

    @Setup
    public void compile(WholeBench earlier) throws EditsRefused {
      var again = earlier.shape.environment(earlier.vms);
      graph = AttackGraph.of(EditedEnvironment.of(again, earlier.removedAndAdded).after());
    }
  }

  @Benchmark
  public void diff(Later later, Blackhole answers) {
    answers.consume(EnvironmentDiff.of(environment, later.graph.environment()));
    answers.consume(
        TimeLimit.asking(deadline -> changes(Comparison.of(graph, later.graph), deadline)));
  }

  private static SurfaceChanges changes(Comparison comparison, Deadline deadline) {
    return SurfaceChanges.of(comparison, WORST, deadline, Progress.NONE);
  }
}
