package io.surfacescan.bench;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Deadline;
import io.surfacescan.policy.Findings;
import io.surfacescan.policy.Policy;
import io.surfacescan.policy.PolicyRefused;
import io.surfacescan.policy.RulePlaces;
import io.surfacescan.policy.checking.CheckOptions;
import io.surfacescan.policy.checking.PolicyCheck;
import io.surfacescan.policy.reading.PolicyReader;
import java.nio.charset.StandardCharsets;
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

/// The check of 200 rules of a policy: what breaks them and how often, and with the causes.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 1, time = 700, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class PolicyBench {
  @Param("LAYERED")
  public BenchShape shape;

  @Param({"10000", "1000000"})
  public int vms;

  private AttackGraph graph;
  private AttackGraph before;
  private Policy policy;

  @Setup
  public void compile() throws PolicyRefused {
    var plain = shape.environment(vms);
    graph = AttackGraph.of(CheckedCloud.of(plain, 0));
    before = AttackGraph.of(CheckedCloud.of(plain, 5_003));
    String text = CheckedCloud.policy(graph.environment());
    policy = PolicyReader.read("policy.yaml", text.getBytes(StandardCharsets.UTF_8));
  }

  /// Whether each rule is broken, and by how many.
  @Benchmark
  public Findings verdicts() throws PolicyRefused {
    return PolicyCheck.of(graph, policy, options(0));
  }

  /// With the first cause of each, its path and its remedy.
  @Benchmark
  public Findings firstCauses() throws PolicyRefused {
    return PolicyCheck.of(graph, policy, options(1));
  }

  private CheckOptions options(int findings) {
    return new CheckOptions(
        RulePlaces.UNKNOWN,
        Optional.of(before),
        findings,
        CheckOptions.EXAMPLES_USUAL,
        Deadline.NONE);
  }
}
