package io.surfacescan.bench;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackRoutes.Conditions;
import io.surfacescan.engine.AttackSurface;
import io.surfacescan.engine.Chokepoints;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Exposures;
import io.surfacescan.engine.Progress;
import io.surfacescan.engine.RuleUses;
import io.surfacescan.engine.SurfaceGroups;
import io.surfacescan.engine.VmsByHop;
import io.surfacescan.questions.ExposedVm;
import io.surfacescan.questions.PathQuestion;
import io.surfacescan.questions.VmSequence;
import io.surfacescan.questions.Way;
import io.surfacescan.report.ChokepointLists;
import io.surfacescan.report.EnvironmentReport;
import io.surfacescan.report.FirstHops;
import io.surfacescan.report.PathHops;
import io.surfacescan.report.RuleTable;
import io.surfacescan.report.SortedVmIds;
import io.surfacescan.report.SurfacePicture;
import io.surfacescan.report.VmIds;
import io.surfacescan.report.VmTable;
import io.surfacescan.report.VmsWithHops;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.IdArena;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/// From an answer found to its bytes, for the VM with the most attackers of a few hundred.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 1, time = 700, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class RenderBench {
  private static final int SAMPLE_VMS = 300;
  private static final int PAGE_RULES = 1_000;
  private static final int GROUPS = 50;

  @Param("LAYERED")
  public BenchShape shape;

  @Param("1000000")
  public int vms;

  private AttackGraph graph;
  private IdArena ids;
  private AttackSurface surface;

  @Setup
  public void compile() {
    graph = AttackGraph.of(shape.environment(vms));
    ids = IdArena.of(graph);
    surface =
        new SplittableRandom(3)
            .ints(SAMPLE_VMS, 0, vms)
            .mapToObj(vm -> AttackSurface.of(graph, vm))
            .max(Comparator.comparingInt(found -> found.attackers().size()))
            .orElseThrow();
  }

  /// JSON ids as a socket gets them: slices of memory, which nobody copies.
  @Benchmark
  public void slices(WrittenBytes written, Blackhole sink) {
    var chunks = VmIds.of(ids, surface.attackers(), Format.JSON).chunks();
    while (chunks.advance()) {
      written.bytes += chunks.to() - chunks.from();
      sink.consume(chunks.memory());
    }
  }

  /// The list of ids alone.
  @State(Scope.Benchmark)
  public static class Ids {
    @Param({"JSON", "NDJSON", "CSV", "TEXT"})
    public Format format;
  }

  @Benchmark
  public void ids(Ids wanted, WrittenBytes written) throws IOException {
    var out = new Counted();
    VmIds.of(ids, surface.attackers(), wanted.format).writeTo(out);
    written.bytes += out.bytes();
  }

  /// What else can be written.
  public enum Kind {
    IDS_SORTED {
      @Override
      Document document(RenderBench bench) {
        var attackers = VmSequence.inInputOrder(bench.graph, bench.surface.attackers());
        return new SortedVmIds(bench.graph.environment(), attackers);
      }
    },
    HOPS {
      @Override
      Document document(RenderBench bench) {
        var found = bench.byHops();
        return new VmsWithHops(bench.graph.environment(), found, bench.inOrder(found));
      }
    },
    WHY {
      @Override
      Document document(RenderBench bench) {
        var found = bench.byHops();
        return new FirstHops(bench.graph, found, Way.ATTACKERS, bench.inOrder(found));
      }
    },
    REPORT {
      @Override
      Document document(RenderBench bench) {
        int[] all = IntStream.range(0, bench.vms).toArray();
        return new EnvironmentReport(
            bench.exposures(), Optional.empty(), Optional.empty(), VmSequence.of(all));
      }
    },
    VMS {
      @Override
      Document document(RenderBench bench) {
        var exposures = bench.exposures();
        var rows =
            IntStream.range(0, Math.min(bench.vms, 1_000))
                .mapToObj(vm -> ExposedVm.of(exposures.of(vm)))
                .toList();
        return new VmTable(bench.graph.environment(), false, rows);
      }
    },
    RULES {
      @Override
      Document document(RenderBench bench) {
        var uses = RuleUses.of(bench.graph);
        int[] rules = uses.ordered(OptionalInt.empty(), false, RuleUses.Order.INPUT, Deadline.NONE);
        int[] page = Arrays.copyOf(rules, Math.min(rules.length, PAGE_RULES));
        return new RuleTable(
            bench.graph.environment(), uses.rows(page, Long.MAX_VALUE, Deadline.NONE));
      }
    },
    CHOKEPOINTS {
      @Override
      Document document(RenderBench bench) {
        return new ChokepointLists(
            bench.graph.environment(),
            Chokepoints.of(bench.graph, bench.surface.vm(), Chokepoints.USUAL_TOP, Deadline.NONE));
      }
    },
    PATH {
      @Override
      Document document(RenderBench bench) {
        return bench.farthestPath();
      }
    },
    SURFACE {
      @Override
      Document document(RenderBench bench) {
        return new SurfacePicture(
            bench.graph.environment(),
            SurfaceGroups.of(
                bench.graph,
                bench.surface.vm(),
                SurfaceGroups.Direction.IN,
                Integer.MAX_VALUE,
                GROUPS,
                Deadline.NONE));
      }
    };

    abstract Document document(RenderBench bench);
  }

  /// A document that was worked out before.
  @State(Scope.Benchmark)
  public static class Found {
    @Param({
      "IDS_SORTED",
      "HOPS",
      "WHY",
      "REPORT",
      "VMS",
      "RULES",
      "CHOKEPOINTS",
      "PATH",
      "SURFACE"
    })
    public Kind document;

    @Param({"JSON", "TEXT"})
    public Format format;

    private Document found;

    @Setup
    public void find(RenderBench bench) {
      found = document.document(bench);
    }
  }

  @Benchmark
  public void document(Found answer, WrittenBytes written) throws IOException {
    var out = new Counted();
    answer.found.write(out, answer.format);
    written.bytes += out.bytes();
  }

  /// A drawing that was worked out before.
  @State(Scope.Benchmark)
  public static class FoundDrawing {
    @Param({"PATH", "SURFACE"})
    public Kind document;

    @Param({"DOT", "MERMAID"})
    public Format format;

    private Document found;

    @Setup
    public void find(RenderBench bench) {
      found = document.document(bench);
    }
  }

  @Benchmark
  public void drawing(FoundDrawing answer, WrittenBytes written) throws IOException {
    var out = new Counted();
    answer.found.write(out, answer.format);
    written.bytes += out.bytes();
  }

  private VmsByHop byHops() {
    return VmsByHop.attackers(graph, surface.vm(), Integer.MAX_VALUE);
  }

  private VmSequence inOrder(VmsByHop found) {
    return VmSequence.inEngineOrder(graph, found.ranks());
  }

  private Exposures exposures() {
    return Exposures.of(graph, Deadline.NONE, Progress.NONE);
  }

  /// From one of the attackers that need the most hops.
  private PathHops farthestPath() {
    var found = byHops();
    int[] farthest = {surface.vm()};
    found.forEach((vm, hops, rule) -> {
      if (hops == found.mostHops()) {
        farthest[0] = vm;
      }
    });
    return PathHops.of(
        PathQuestion.routes(graph, farthest[0], surface.vm(), Conditions.NONE, 1, Deadline.NONE));
  }
}
