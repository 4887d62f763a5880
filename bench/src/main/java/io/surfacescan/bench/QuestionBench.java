package io.surfacescan.bench;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackPath;
import io.surfacescan.engine.AttackSurface;
import io.surfacescan.engine.BlastRadius;
import io.surfacescan.engine.Chokepoints;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Exposure;
import io.surfacescan.engine.SurfaceGroups;
import io.surfacescan.engine.VmsByHop;
import java.util.Optional;
import java.util.SplittableRandom;
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

/// One question about a random VM after another: the machine code is warm, but most of the VMs were
/// not asked about before.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 3, time = 5)
public class QuestionBench {
  @Param({"LAYERED", "UNIQUE"})
  public BenchShape shape;

  @Param("1000000")
  public int vms;

  private final SplittableRandom random = new SplittableRandom(9);
  private AttackGraph graph;

  @Setup
  public void compile() {
    graph = AttackGraph.of(shape.environment(vms));
  }

  private int anyVm() {
    return random.nextInt(vms);
  }

  @Benchmark
  public AttackSurface attack() {
    return AttackSurface.of(graph, anyVm());
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
  public SurfaceGroups surface() {
    return SurfaceGroups.of(
        graph, anyVm(), SurfaceGroups.Direction.IN, Integer.MAX_VALUE, 50, Deadline.NONE);
  }

  @Benchmark
  public Chokepoints chokepoints() {
    return Chokepoints.of(graph, anyVm(), Chokepoints.USUAL_TOP, Deadline.NONE);
  }
}
