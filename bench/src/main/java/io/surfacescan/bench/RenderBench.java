package io.surfacescan.bench;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackSurface;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Progress;
import io.surfacescan.engine.VmsByHop;
import io.surfacescan.questions.CompiledEnvironment;
import io.surfacescan.questions.Context;
import io.surfacescan.questions.Questions;
import io.surfacescan.questions.arguments.Arguments;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.arguments.VmName;
import io.surfacescan.report.Documents;
import io.surfacescan.report.VmIds;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.IdArena;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
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

  /// What else can be written: answers to questions, with their arguments. `VM` is the VM with the
  /// most attackers, `FAR` one of those that need the most hops to it.
  public enum Kind {
    IDS_SORTED("attack", "vm_id=VM sort=input"),
    HOPS("attack", "vm_id=VM hops"),
    WHY("attack", "vm_id=VM why"),
    REPORT("report", ""),
    VMS("vms", "limit=1000"),
    RULES("rules", "limit=1000"),
    CHOKEPOINTS("chokepoints", "vm_id=VM"),
    PATH("path", "from=FAR to=VM"),
    SURFACE("surface", "vm_id=VM");

    private final String question;
    private final String arguments;

    Kind(String question, String arguments) {
      this.question = question;
      this.arguments = arguments;
    }

    private Document document(RenderBench bench) throws QuestionRefused {
      var asked = Questions.named(question);
      var given = new Arguments.Builder(false);
      for (String argument : arguments.split(" ", -1)) {
        String name = argument.replaceFirst("=.*", "");
        for (var parameter : asked.parameters()) {
          if (parameter.name().equals(name)) {
            give(given, parameter, argument.substring(argument.indexOf('=') + 1), bench);
          }
        }
      }
      CompiledEnvironment compiled = () -> bench.graph;
      return Documents.of(
          asked.answer(
              new Context(compiled, given.build(), false, 0, Deadline.NONE, _ -> Progress.NONE)));
    }

    private static void give(
        Arguments.Builder given, Parameter parameter, String value, RenderBench bench)
        throws QuestionRefused {
      switch (parameter.type()) {
        case Parameter.Vm _ -> {
          int vm = value.equals("FAR") ? bench.farthest() : bench.surface.vm();
          String id = bench.graph.environment().vmId(vm);
          given.vms(parameter, List.of(new VmName(VmName.By.ID, id)));
        }
        case Parameter.Count _ -> given.count(parameter, parameter.name(), Integer.parseInt(value));
        case Parameter.Choice _ -> given.word(parameter, value);
        case Parameter.Flag _ -> given.flag(parameter, true);
        case Parameter.Text _, Parameter.Tag _, Parameter.Rule _ ->
            given.texts(parameter, List.of(value));
      }
    }
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
    public void find(RenderBench bench) throws QuestionRefused {
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
    public void find(RenderBench bench) throws QuestionRefused {
      found = document.document(bench);
    }
  }

  @Benchmark
  public void drawing(FoundDrawing answer, WrittenBytes written) throws IOException {
    var out = new Counted();
    answer.found.write(out, answer.format);
    written.bytes += out.bytes();
  }

  private int farthest() {
    var found = VmsByHop.attackers(graph, surface.vm(), Integer.MAX_VALUE);
    int[] farthest = {surface.vm()};
    found.forEachHops((vm, hops) -> farthest[0] = hops == found.mostHops() ? vm : farthest[0]);
    return farthest[0];
  }
}
