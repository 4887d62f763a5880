package io.surfacescan.app;

import io.surfacescan.cli.Surfacescan;
import io.surfacescan.cli.terminal.ProcessContext;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The verbs but `serve`, one after another in this process, with nobody to read what they write.
///
/// A recording of it knows what each of them needs. The VMs are those of the sample environment; on
/// another one the verbs say that there are none, and less is recorded.
final class Rehearsal {
  private static final String LINES =
      """
      attack vm-b126aa
      attack --why --sort hops vm-b126aa
      attack -o json vm-b126aa
      attack -o csv --max-hops 2 vm-b126aa vm-720e37
      attack vm-none
      blast-radius vm-1625bd
      path vm-1625bd vm-b126aa
      surface vm-b126aa
      chokepoints vm-b126aa
      what-if vm-b126aa --remove-rule fw-68937c6
      vm vm-b126aa
      vms
      report
      rules
      pairs --limit 5
      validate
      """;

  private Rehearsal() {}

  /// Runs them on the environment in a folder, which is the only argument.
  public static void main(String... args) {
    for (String line : LINES.lines().toList()) {
      var words = new ArrayList<>(List.of(line.split(" ")));
      words.addAll(List.of("--data", args[0]));
      run(words);
    }
    run(List.of("diff", args[0], args[0]));
    run(List.of("help"));
    run(List.of("attack", "--help"));
  }

  private static void run(List<String> words) {
    var nowhere = OutputStream.nullOutputStream();
    var around =
        new ProcessContext(
            InputStream.nullInputStream(),
            nowhere,
            false,
            nowhere,
            false,
            Map.of(),
            Optional.<Path>empty());
    Surfacescan.run(around, (_, _) -> 0, words.toArray(String[]::new));
  }
}
