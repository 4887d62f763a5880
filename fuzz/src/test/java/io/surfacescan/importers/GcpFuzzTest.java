package io.surfacescan.importers;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.surfacescan.importers.json.ReadLimit;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.Stream;

/// Exports of Google Cloud of any bytes, several documents one behind the other: what is refused is
/// explained, and what is accepted lets through what its own gates say.
class GcpFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void export(byte[] bytes) {
    var imported =
        Importers.read(
            List.of("-"),
            new ByteArrayInputStream(bytes),
            ReadProgress.NONE,
            new Partitioning(1, 1),
            ReadLimit.ofThisProgram(),
            ReadOptions.STRICT.withFormat(InputFormat.GCP),
            ReadCancellation.NEVER);
    var problems = imported.problems();
    assertThat(problems.errors().isEmpty()).isEqualTo(!problems.refused());
    Stream.of(problems.errors(), problems.warnings())
        .flatMap(List::stream)
        .forEach(problem -> Sayings.assertForUsers(problem.toString(), bytes));
    imported.export().ifPresent(KubernetesFuzzTest::check);
  }
}
