package io.surfacescan.importers;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Origin;
import io.surfacescan.reachability.Direction;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The names of gates say which way a rule lets packets pass: places of findings rest on that.
class GateNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "../samples/aws",
        "../samples/azure",
        "src/test/resources/azure/admin-rules",
        "../samples/kubernetes",
        "../samples/terraform/plan.json",
        "src/test/resources/kubernetes/admin-tiers",
        "src/test/resources/kubernetes/cluster-network-policy"
      })
  void gate_isInboundByItsName_asByItsDirection(String export) {
    var read = Importers.read(List.of(export), InputStream.nullInputStream(), ReadProgress.NONE);
    var model = read.export().orElseThrow().lowered().model();
    assertThat(model.gates()).isNotEmpty();
    for (var gate : model.gates()) {
      var origin = new Origin("rule", gate.name(), Optional.empty(), "");
      boolean isAcl = gate.name().startsWith("network ACL");
      assertThat(origin.isInbound())
          .as(gate.name())
          .isEqualTo(gate.direction() == Direction.INGRESS && !isAcl);
    }
  }
}
