package io.surfacescan.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// The command behind `scripts/bench`: runs benchmarks and adds them to a record.
///
/// Arguments of its own are `--vms N,N`, `--quick` and `--into FOLDER`; all others are JMH's, and
/// with any of them only what they name is run.
public final class Bench {
  private static final String ALL_SHAPES = "UNIFORM,LAYERED,CHAIN,CYCLES,UNIQUE";

  private String vms = "10000,100000,1000000";
  private String shapes = ALL_SHAPES;
  private boolean sizesNamed;
  private Path folder = Path.of(".build", "bench");
  private final List<String> forJmh = new ArrayList<>();

  private Bench() {}

  /// Runs benchmarks.
  ///
  /// @param arguments as `scripts/bench` explains them
  public static void main(String[] arguments) throws Exception {
    var bench = new Bench();
    try {
      bench.read(List.of(arguments));
      bench.run();
    } catch (CommandLineOptionException e) {
      System.err.println("error: " + e.getMessage());
      System.exit(2);
    } catch (NoBenchmarksException e) {
      System.err.println("error: no benchmark has such a name; -l lists them");
      System.exit(2);
    }
  }

  private void read(List<String> arguments) throws CommandLineOptionException {
    var left = arguments.iterator();
    while (left.hasNext()) {
      switch (left.next()) {
        case "--vms" -> {
          vms = value(left, "--vms");
          if (!vms.matches("[1-9]\\d{0,8}(,[1-9]\\d{0,8})*")) {
            throw new CommandLineOptionException(
                "--vms needs numbers above zero, as in --vms 10000,100000, not " + vms);
          }
          sizesNamed = true;
        }
        case "--into" -> folder = Path.of(value(left, "--into"));
        case "--quick" -> {
          vms = "10000,100000";
          shapes = "LAYERED,UNIQUE";
        }
        case String other -> forJmh.add(other);
      }
    }
  }

  private static String value(Iterator<String> left, String flag)
      throws CommandLineOptionException {
    if (!left.hasNext()) {
      throw new CommandLineOptionException(flag + " needs a value; see the head of scripts/bench");
    }
    return left.next();
  }

  private void run() throws Exception {
    var commandLine = new CommandLineOptions(forJmh.toArray(String[]::new));
    if (commandLine.shouldHelp() || commandLine.shouldList() || commandLine.shouldListProfilers()) {
      Main.main(forJmh.toArray(String[]::new));
      return;
    }
    var steps = forJmh.isEmpty() ? everything() : List.of(named(commandLine));
    String commit = Machine.commit();
    String page = "";
    for (var step : steps) {
      page = record(new Runner(step).run(), commit);
    }
    System.out.println("\n" + page + "\nWritten to " + folder);
  }

  /// After every step, so that what was measured is kept if a later one is stopped.
  private String record(Iterable<RunResult> results, String commit) throws IOException {
    String date = LocalDate.now(ZoneOffset.UTC).toString();
    var measured = new ArrayList<Measured>();
    results.forEach(result -> measured.add(Measured.of(result, commit, date)));
    return Results.add(folder, measured);
  }

  private List<Options> everything() {
    return Stream.of(
            step("QuestionBench", shapes).param("asked", "FIRST"),
            step("QuestionBench", "LAYERED,UNIQUE").param("asked", "AGAIN"),
            step("WholeBench", shapes),
            step("RenderBench", "LAYERED"),
            settings(new OptionsBuilder())
                .include("\\.LoadBench\\.")
                .param(Measured.VMS, vms.split(",")))
        .map(ChainedOptionsBuilder::build)
        .toList();
  }

  private ChainedOptionsBuilder step(String kind, String ofShapes) {
    return settings(new OptionsBuilder())
        .include("\\." + kind + "\\.")
        .param(Measured.SHAPE, ofShapes.split(","))
        .param(Measured.VMS, vms.split(","));
  }

  private Options named(CommandLineOptions commandLine) {
    var step = settings(new OptionsBuilder().parent(commandLine));
    return sizesNamed ? step.param(Measured.VMS, vms.split(",")).build() : step.build();
  }

  private ChainedOptionsBuilder settings(ChainedOptionsBuilder step) {
    long most = Arrays.stream(vms.split(",")).mapToLong(Long::parseLong).max().orElseThrow();
    return step.addProfiler(GCProfiler.class)
        .jvmArgsAppend("-Xmx" + (most > 1_000_000 ? 16 : 6) + "g");
  }
}
