package io.surfacescan.bench;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.NGramIndex;
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

/// Searches for what users type among many VMs, whose ids are 17 random hexadecimal digits as in
/// AWS, and whose names say environment, role and number.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class SearchBench {
  private static final List<String> ROLES =
      List.of("web", "api", "postgres", "cache", "queue", "build", "batch", "bastion");

  /// What is typed.
  public enum Typed {
    /// Most VMs start with it.
    COMMON_LETTER("p"),
    /// No VM starts with it, and an eighth have it as a word.
    ROLE("postgres"),
    /// Far inside a word of an eighth.
    INSIDE("stgre"),
    /// In few VMs.
    NUMBER("web-99998"),
    /// In hundreds of ids.
    FOUR_DIGITS("a2f1"),
    /// In one id or none.
    EIGHT_DIGITS("a2f19b03"),
    /// Its trigrams are everywhere, and it is nowhere.
    NOWHERE("0000000000"),
    /// It has a trigram that is nowhere.
    UNLIKE_ALL("quartz");

    private final String text;

    Typed(String text) {
      this.text = text;
    }
  }

  @Param("1000000")
  public int vms;

  @Param({
    "COMMON_LETTER",
    "ROLE",
    "INSIDE",
    "NUMBER",
    "FOUR_DIGITS",
    "EIGHT_DIGITS",
    "NOWHERE",
    "UNLIKE_ALL"
  })
  public Typed typed;

  private Environment environment;
  private NGramIndex index;

  @Setup
  public void index() {
    environment = environment(vms);
    index = NGramIndex.of(environment.vmIds(), environment.vmNames());
  }

  static Environment environment(int vms) {
    var random = new SplittableRandom(3);
    var builder = new EnvironmentBuilder();
    for (int vm = 0; vm < vms; vm++) {
      String id = "i-0%08x%08x".formatted(random.nextInt(), random.nextInt());
      String stage = random.nextInt(3) == 0 ? "staging-" : "prod-";
      builder.vm(id, stage + ROLES.get(random.nextInt(ROLES.size())) + "-" + vm, List.of());
    }
    return builder.build();
  }

  @Benchmark
  public List<NGramIndex.Match> search() {
    return index.search(typed.text, 10, _ -> true);
  }

  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  @Warmup(iterations = 2)
  @Measurement(iterations = 3)
  public NGramIndex build() {
    return NGramIndex.of(environment.vmIds(), environment.vmNames());
  }
}
