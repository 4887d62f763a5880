package io.surfacescan.cli.verbs;

import io.surfacescan.cli.options.InputOption;
import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Failure;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.importers.InputFormat;
import io.surfacescan.importers.ReadOptions;
import io.surfacescan.importers.json.ReadLimit;
import io.surfacescan.importers.terraform.PlanTime;
import io.surfacescan.model.Environment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// A plan of Terraform as two environments.
///
/// @param path of a file, or `-`
/// @param over the paths of an export of the account that the plan is for; may be none
record PlanInput(String path, List<String> over, ReadOptions options) {
  /// What there is before a plan is applied, and after it.
  record Sides(Environment before, Environment after) {}

  Sides read(Invocation run) throws IOException {
    byte[] given = path.equals("-") ? given(run) : new byte[0];
    return new Sides(read(run, given, PlanTime.BEFORE), read(run, given, PlanTime.AFTER));
  }

  private Environment read(Invocation run, byte[] given, PlanTime time) {
    var in = new ByteArrayInputStream(given);
    if (over.isEmpty()) {
      return InputOption.read(
          run, List.of(path), in, options.withFormat(InputFormat.TERRAFORM).at(time));
    }
    var paths = new ArrayList<>(over);
    paths.add(path);
    return InputOption.read(run, paths, in, options.layingPlans().at(time));
  }

  /// Standard input, which comes once.
  private static byte[] given(Invocation run) throws IOException {
    InputStream in = run.around().in();
    int most = (int) Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / 4);
    byte[] given = in.readNBytes(most);
    if (given.length == most) {
      throw new Failure(Exit.INPUT, "<stdin>: the plan is too large; " + ReadLimit.REMEDY);
    }
    return given;
  }
}
