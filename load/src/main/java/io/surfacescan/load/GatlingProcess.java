package io.surfacescan.load;

import io.gatling.app.Gatling$;
import io.gatling.javaapi.core.Simulation;

/// The process that Gatling runs in: twice, the first time to warm up. What belongs to the warm-up
/// is then in no number or chart of the report, and Java has compiled what it needs.
///
/// Gatling's own `main` ends the process after one run, so this calls what that calls.
final class GatlingProcess {
  private GatlingProcess() {}

  /// Runs the plan in the folder that this process was started for, and exits as Gatling does.
  public static void main(String[] args) {
    var folder = RunFolder.ofThisProcess();
    if (!folder.readPlan().warmUp().isZero()) {
      run(WarmUp.class, "--no-reports", "--results-folder", folder.warmUp().toString());
    }
    System.exit(run(LoadSimulation.class, "--results-folder", folder.path().toString()));
  }

  private static int run(Class<? extends Simulation> simulation, String... flags) {
    var arguments = new String[flags.length + 2];
    arguments[0] = "--simulation";
    arguments[1] = simulation.getName();
    System.arraycopy(flags, 0, arguments, 2, flags.length);
    return Gatling$.MODULE$.fromArgs(arguments);
  }
}
