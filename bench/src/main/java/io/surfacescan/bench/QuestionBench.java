package io.surfacescan.bench;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackPath;
import io.surfacescan.engine.AttackSurface;
import io.surfacescan.engine.BlastRadius;
import io.surfacescan.engine.Chokepoints;
import io.surfacescan.engine.Exposure;
import io.surfacescan.engine.MemoryBudget;
import io.surfacescan.engine.SurfaceGroups;
import io.surfacescan.engine.VmsByHop;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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

/// One question about a VM after another, with warm machine code.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 800, timeUnit = TimeUnit.MILLISECONDS)
public class QuestionBench {
  /// Whether the graph may know the answer.
  public enum Asked {
    /// About random VMs, of a graph that remembers no answers: every question is the first of its
    /// kind.
    FIRST {
      @Override
      MemoryBudget budget(int vms) {
        return new MemoryBudget(MemoryBudget.usual(vms).ancestorInts(), 0);
      }
    },
    /// About [#FEW_VMS] VMs over and over, which the warm-up has asked about: what the graph
    /// remembers within its usual budget it need not find again.
    AGAIN {
      @Override
      MemoryBudget budget(int vms) {
        return MemoryBudget.usual(vms);
      }
    };

    abstract MemoryBudget budget(int vms);
  }

  private static final int FEW_VMS = 16;

  @Param({"UNIFORM", "LAYERED", "CHAIN", "CYCLES", "UNIQUE"})
  public BenchShape shape;

  @Param("1000000")
  public int vms;

  @Param({"FIRST", "AGAIN"})
  public Asked asked;

  private SplittableRandom random;
  private AttackGraph graph;
  private int[] fewVms;

  @Setup
  public void compile() {
    random = new SplittableRandom(9);
    graph = AttackGraph.of(shape.environment(vms), asked.budget(vms));
    fewVms = random.ints(FEW_VMS, 0, vms).toArray();
  }

  private int anyVm() {
    return asked == Asked.FIRST ? random.nextInt(vms) : fewVms[random.nextInt(FEW_VMS)];
  }

  @Benchmark
  public AttackSurface attack() {
    return AttackSurface.of(graph, anyVm());
  }

  @Benchmark
  public AttackSurface attackWithinTwoHops() {
    return AttackSurface.within(graph, anyVm(), 2);
  }

  @Benchmark
  public VmsByHop attackByHops() {
    return VmsByHop.attackers(graph, anyVm(), Integer.MAX_VALUE);
  }

  @Benchmark
  public BlastRadius blastRadius() {
    return BlastRadius.of(graph, anyVm());
  }

  @Benchmark
  public Exposure vm() {
    return Exposure.of(graph, anyVm());
  }

  /// From a random attacker of a random VM, if it has any.
  @Benchmark
  public Optional<AttackPath> path() {
    int to = anyVm();
    var attackers = AttackSurface.of(graph, to).attackers();
    int from =
        attackers.isEmpty() ? anyVm() : graph.vmAt(attackers.at(random.nextInt(attackers.size())));
    return AttackPath.of(graph, from, to);
  }

  @Benchmark
  public @Nullable SurfaceGroups surface() {
    return TimeLimit.asking(deadline ->
        SurfaceGroups.of(
            graph, anyVm(), SurfaceGroups.Direction.IN, Integer.MAX_VALUE, 50, deadline));
  }

  @Benchmark
  public @Nullable Chokepoints chokepoints() {
    return TimeLimit.asking(
        deadline -> Chokepoints.of(graph, anyVm(), Chokepoints.USUAL_TOP, deadline));
  }
}
