package io.surfacescan.importers;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.surfacescan.importers.json.ReadLimit;
import io.surfacescan.model.Services;
import io.surfacescan.reachability.Explanation;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.Stream;

/// Exports of Kubernetes of any bytes, JSON or YAML: what is refused is explained, and what is
/// accepted lets through what its own gates say.
class KubernetesFuzzTest {
  private static final int VMS_CHECKED = 12;

  @FuzzTest(maxDuration = "5m")
  void export(byte[] bytes) {
    var imported =
        Importers.read(
            List.of("-"),
            new ByteArrayInputStream(bytes),
            ReadProgress.NONE,
            new Partitioning(1, 1),
            ReadLimit.ofThisProgram(),
            ReadOptions.STRICT.withFormat(InputFormat.KUBERNETES),
            ReadCancellation.NEVER);
    var problems = imported.problems();
    assertThat(problems.errors().isEmpty()).isEqualTo(!problems.refused());
    Stream.of(problems.errors(), problems.warnings())
        .flatMap(List::stream)
        .forEach(problem -> Sayings.assertForUsers(problem.toString(), bytes));
    imported.export().ifPresent(KubernetesFuzzTest::check);
  }

  /// Holds what an export came to against its own gates.
  static void check(ImportedExport export) {
    var lowered = export.lowered();
    var environment = lowered.environment();
    int vms = Math.min(VMS_CHECKED, environment.vmCount());
    for (int from = 0; from < vms; from++) {
      for (int to = 0; to < vms; to++) {
        boolean isAsked =
            from != to
                && !environment.vmKind(from).isExternal()
                && !environment.vmKind(to).isExternal();
        if (isAsked) {
          var explained =
              Explanation.of(lowered.model(), lowered.side(from), lowered.side(to), true);
          var services = Services.NONE;
          for (var rule : environment.rules()) {
            if (environment.vm(from).tags().contains(rule.sourceTag())
                && environment.vm(to).tags().contains(rule.destTag())) {
              services = services.or(rule.services());
            }
          }
          assertThat(services).isEqualTo(explained.services());
        }
      }
    }
  }
}
