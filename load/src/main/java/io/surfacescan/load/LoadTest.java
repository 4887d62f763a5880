package io.surfacescan.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// The load test as a program.
public final class LoadTest {
  private static final int DONE = 0;
  private static final int LIMIT_BROKEN = 1;
  private static final int USAGE = 2;
  private static final int NOTHING_TO_TEST = 3;
  private static final int FAULT = 5;

  /// The folder of the repository, where `./surfacescan` and the sample environment are.
  private static final String HOME = "surfacescan.home";

  private final LoadFlags flags;

  private LoadTest(LoadFlags flags) {
    this.flags = flags;
  }

  /// Runs it and exits.
  public static void main(String[] args) {
    System.exit(run(Map.copyOf(System.getenv()), args));
  }

  /// Runs it.
  ///
  /// @return the exit code
  static int run(Map<String, String> environment, String... args) {
    var command = LoadFlags.command(environment);
    try {
      command.parseArgs(args);
      if (CommandLine.printHelpIfRequested(command.getParseResult())) {
        return DONE;
      }
      LoadFlags flags = command.getCommand();
      flags.check();
      return new LoadTest(flags).run() ? DONE : LIMIT_BROKEN;
    } catch (ParameterException e) {
      error(e.getMessage() + "; see `scripts/load --help`");
      return USAGE;
    } catch (LoadFailure e) {
      error(e.why());
      return NOTHING_TO_TEST;
    } catch (IOException e) {
      error(e.toString());
      return FAULT;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAULT;
    }
  }

  private boolean run() throws IOException, InterruptedException {
    var folder = RunFolder.create(reports(), LocalDateTime.now(ZoneId.systemDefault()));
    Optional<URI> given = flags.server();
    if (given.isPresent()) {
      return test(given.get(), folder);
    }
    var home = home();
    var data = flags.data == null ? home.resolve("data") : flags.data;
    try (var server = OwnServer.start(home.resolve("surfacescan"), data, folder.serverLog())) {
      return test(server.address(), folder);
    }
  }

  private boolean test(URI address, RunFolder folder) throws IOException, InterruptedException {
    var plan = flags.plan(address);
    try (var server = new RunningServer(address)) {
      var vms = server.vms(flags.vms);
      if (vms.ids().isEmpty()) {
        throw new LoadFailure(address + " serves an environment without VMs: nothing to ask about");
      }
      folder.write(plan, vms.ids());
      tell(plan, vms);
      var before = counted(server);
      boolean kept = GatlingRun.of(folder);
      System.out.print(
          Summary.of(ReportTable.read(folder.index()), means(before, counted(server))));
      System.out.println("report: " + folder.index());
      if (!kept) {
        error("a limit was broken; the report has it under Assertions");
      }
      return kept;
    }
  }

  private static void tell(Plan plan, RunningServer.Vms vms) {
    System.err.printf(
        "%s: %d of %d VMs, attack to stats %s, seed %d%n%s; warming up for %d s, measuring for %d s%n",
        plan.server(),
        vms.ids().size(),
        vms.count(),
        plan.mix(),
        plan.seed(),
        plan.volume(),
        plan.warmUp().toSeconds(),
        plan.measured().toSeconds());
  }

  private static Map<Question, RunningServer.Counted> counted(RunningServer server)
      throws InterruptedException {
    var counted = new EnumMap<Question, RunningServer.Counted>(Question.class);
    for (var question : Question.values()) {
      counted.put(question, server.counted(question));
    }
    return counted;
  }

  private static Map<String, String> means(
      Map<Question, RunningServer.Counted> before, Map<Question, RunningServer.Counted> after) {
    var means = new HashMap<String, String>();
    after.forEach((question, counted) -> {
      var then = before.get(question);
      if (then != null) {
        means.put(question.route(), counted.meanSince(then));
      }
    });
    return means;
  }

  private Path reports() {
    return flags.reports == null ? home().resolve(".build/load") : flags.reports;
  }

  private static Path home() {
    return Path.of(System.getProperty(HOME, ""));
  }

  private static void error(String message) {
    System.err.println("error: " + message);
  }
}
