package io.surfacescan.bench;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.importers.Imported;
import io.surfacescan.importers.Importers;
import io.surfacescan.importers.ReadProgress;
import io.surfacescan.report.EnvironmentWriter;
import io.surfacescan.report.format.IdArena;
import io.surfacescan.synthesis.SeededEnvironment;
import io.surfacescan.synthesis.Shape;
import java.io.BufferedOutputStream;
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

/// From the bytes of one file to answers, stage by stage, and beside it what the JSON library takes
/// only to go over the same file.
///
/// Warm as it stands; `-f 5 -wi 0 -i 1` measures the first load of fresh JVMs.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 8)
@Measurement(iterations = 10)
public class LoadBench {
  /// A file of the environment that `generate --shape layered` makes of as many VMs, made when it
  /// is first needed and left in the folder for temporary files.
  @Param("1000000")
  public int vms;

  private Path file;

  @State(Scope.Benchmark)
  public static class Readers {
    @Param({"1", "2"})
    public int threads;
  }

  /// What the later stages start from.
  @State(Scope.Benchmark)
  public static class Loaded {
    private Imported imported;
    private AttackGraph graph;

    @Setup
    public void load(LoadBench bench) {
      imported = bench.read(2);
      graph = AttackGraph.of(imported.environment());
    }
  }

  @Setup
  public void generate() throws IOException {
    file = Path.of(System.getProperty("java.io.tmpdir"), "surfacescan-load-" + vms + ".json");
    if (!Files.exists(file)) {
      int tags = Shape.LAYERED.usualTags(vms);
      var environment = SeededEnvironment.of(Shape.LAYERED, vms, tags, 4 * tags, 1);
      Path unfinished = Path.of(file + ".unfinished");
      try (var out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
        EnvironmentWriter.write(environment.vms(), environment.rules(), out);
      }
      Files.move(unfinished, file);
    }
    bytes();
  }

  private Imported read(int threads) {
    return Importers.read(
        List.of(file.toString()), InputStream.nullInputStream(), ReadProgress.NONE, threads);
  }

  @Benchmark
  public long bytes() throws IOException {
    byte[] chunk = new byte[1 << 16];
    long sum = 0;
    try (var in = Files.newInputStream(file)) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        sum += count;
      }
    }
    return sum;
  }

  @Benchmark
  public long tokens() throws IOException {
    return Tokens.strings(file);
  }

  @Benchmark
  public Imported document(Readers readers) {
    return read(readers.threads);
  }

  @Benchmark
  public AttackGraph compiling(Loaded loaded) {
    return AttackGraph.of(loaded.imported.environment());
  }

  @Benchmark
  public IdArena arena(Loaded loaded) {
    return IdArena.of(loaded.graph);
  }

  /// What the target is about.
  @Benchmark
  public AttackGraph readAndCompiled(Readers readers) {
    return AttackGraph.of(read(readers.threads).environment());
  }

  /// Until the first answer could go out.
  @Benchmark
  public IdArena all(Readers readers) {
    return IdArena.of(AttackGraph.of(read(readers.threads).environment()), readers.threads);
  }
}
