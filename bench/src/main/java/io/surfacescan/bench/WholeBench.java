package io.surfacescan.bench;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackSurface;
import io.surfacescan.engine.Comparison;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.DirectSizes;
import io.surfacescan.engine.Exposures;
import io.surfacescan.engine.Progress;
import io.surfacescan.engine.SurfaceChanges;
import io.surfacescan.engine.SurfaceSizes;
import io.surfacescan.model.EditedEnvironment;
import io.surfacescan.model.Edits;
import io.surfacescan.model.Environment;
import io.surfacescan.model.FirewallRule;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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

/// Work over the whole environment, once per measurement.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 3)
public class WholeBench {
  @Param({"LAYERED", "UNIQUE"})
  public BenchShape shape;

  @Param("1000000")
  public int vms;

  private Environment environment;
  private AttackGraph graph;

  @Setup
  public void compile() {
    environment = shape.environment(vms);
    graph = AttackGraph.of(environment);
  }

  @Benchmark
  public AttackGraph build() {
    return AttackGraph.of(environment);
  }

  @Benchmark
  public long allSizes() {
    return SurfaceSizes.of(graph).pairs();
  }

  @Benchmark
  public DirectSizes directSizes() {
    return DirectSizes.of(graph, Deadline.NONE);
  }

  /// What `report` needs.
  @Benchmark
  public Exposures exposures() {
    return Exposures.of(graph, Deadline.NONE, Progress.NONE);
  }

  /// One rule removed and one added, asked for one VM.
  @Benchmark
  public int whatIfOfAVm() throws Exception {
    var comparison = Comparison.of(graph, edited());
    return AttackSurface.of(comparison.after(), 0).attackers().size();
  }

  /// One rule removed.
  @Benchmark
  public SurfaceChanges whatIfOfAll_removed() throws Exception {
    var removed =
        new Edits(
            List.of(new Edits.RuleName.WithId("fw-7")), List.of(), List.of(), List.of(), List.of());
    return changes(removed);
  }

  /// One rule removed and one added.
  @Benchmark
  public SurfaceChanges whatIfOfAll_removedAndAdded() throws Exception {
    return changes(edits());
  }

  private SurfaceChanges changes(Edits edits) throws Exception {
    var comparison = Comparison.of(graph, EditedEnvironment.of(environment, edits));
    return SurfaceChanges.of(comparison, 20, Deadline.NONE, Progress.NONE);
  }

  private EditedEnvironment edited() throws Exception {
    return EditedEnvironment.of(environment, edits());
  }

  private Edits edits() {
    var added =
        new FirewallRule(
            Optional.empty(), environment.rule(11).sourceTag(), environment.rule(400).destTag());
    return new Edits(
        List.of(new Edits.RuleName.WithId("fw-7")),
        List.of(added),
        List.of(),
        List.of(),
        List.of());
  }
}
