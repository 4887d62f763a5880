package io.surfacescan.importers;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.surfacescan.importers.json.ReadLimit;
import io.surfacescan.importers.terraform.PlanTime;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.Stream;

/// Plans and states of Terraform of any bytes: what is refused is explained, and what is accepted
/// lets through what its own gates say, before a plan and after it.
class TerraformFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void export(byte[] bytes) {
    for (PlanTime time : PlanTime.values()) {
      var imported =
          Importers.read(
              List.of("-"),
              new ByteArrayInputStream(bytes),
              ReadProgress.NONE,
              new Partitioning(1, 1),
              ReadLimit.ofThisProgram(),
              ReadOptions.STRICT.withFormat(InputFormat.TERRAFORM).at(time),
              ReadCancellation.NEVER);
      var problems = imported.problems();
      assertThat(problems.errors().isEmpty()).isEqualTo(!problems.refused());
      Stream.of(problems.errors(), problems.warnings())
          .flatMap(List::stream)
          .forEach(problem -> Sayings.assertForUsers(problem.toString(), bytes));
      imported.export().ifPresent(KubernetesFuzzTest::check);
    }
  }
}
