package io.surfacescan.bench;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.importers.Imported;
import io.surfacescan.importers.Importers;
import io.surfacescan.importers.ReadProgress;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.lowering.Lowered;
import io.surfacescan.reachability.lowering.Lowering;
import io.surfacescan.synthesis.ExportShape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

/// From an export to answers, and beside it what the tokens of the same file take. Run it alone:
/// `scripts/bench LoweringBench`. `-f 5 -wi 0 -i 1` measures the first load of fresh JVMs, which
/// compares with `python3 -c 'import json; json.load(open(FILE))'`.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4)
@Measurement(iterations = 6)
public class LoweringBench {
  /// The pods or network interfaces of the export that `generate` makes, with as many rules as it
  /// gives them. The file is made when it is first needed and left in the folder for temporary
  /// files.
  @Param("100000")
  public int vms;

  /// What the export is of.
  @Param({"AWS", "AZURE", "KUBERNETES", "TERRAFORM"})
  public ExportShape shape;

  private Path file;

  /// What the later stages start from.
  @State(Scope.Benchmark)
  public static class Loaded {
    private ReachabilityModel model;

    @Setup
    public void load(LoweringBench bench) {
      model = bench.document().export().orElseThrow().lowered().model();
    }
  }

  @Setup
  public void generate() throws IOException {
    file =
        Path.of(System.getProperty("java.io.tmpdir"), "surfacescan-" + shape + "-" + vms + ".json");
    if (!Files.exists(file)) {
      Path unfinished = Path.of(file + ".unfinished");
      try (var out = Files.newBufferedWriter(unfinished)) {
        shape.write(vms, shape.usualRules(vms), 1, out);
      }
      Files.move(unfinished, file);
    }
  }

  @Benchmark
  public long tokens() throws IOException {
    return Tokens.strings(file);
  }

  /// Reads and lowers it.
  @Benchmark
  public Imported document() {
    return Importers.read(
        List.of(file.toString()), InputStream.nullInputStream(), ReadProgress.NONE);
  }

  @Benchmark
  public Lowered lowering(Loaded loaded) {
    return Lowering.of(loaded.model);
  }

  /// What the target is about.
  @Benchmark
  public AttackGraph readAndCompiled() {
    return AttackGraph.of(document().environment());
  }
}
