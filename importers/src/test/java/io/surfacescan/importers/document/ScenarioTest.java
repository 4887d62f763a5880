package io.surfacescan.importers.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Folder;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Vm;
import io.surfacescan.testkit.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The documents of the scenario folders, against the plain reading of testkit.
class ScenarioTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @MethodSource("io.surfacescan.testkit.Scenario#all")
  void read_understandsTheDocument_andWarnsOfExactlyWhatItShould(Scenario scenario)
      throws IOException {
    var imported = new Folder(directory).with("environment.json", scenario.document()).readAll();
    assertThat(imported.problems().errors()).isEmpty();
    assertThat(vms(imported.environment()))
        .containsExactlyElementsOf(vms(scenario.environment()).toList());
    assertThat(imported.environment().rules()).isEqualTo(scenario.environment().rules());
    var warnings = new TreeSet<String>();
    imported.problems().counts().keySet().forEach(kind -> warnings.add(kind.code()));
    assertThat(warnings).isEqualTo(scenario.warnings());
  }

  private static Stream<Vm> vms(Environment environment) {
    return IntStream.range(0, environment.vmCount()).mapToObj(environment::vm);
  }
}
