package io.surfacescan.importers;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Problem;
import io.surfacescan.model.ProblemKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An export with rules alone has no attackers; whoever forgot a list must hear of it.
class EmptyExportTest {
  private static final String AWS =
      """
      {"SecurityGroups": [{"GroupId": "sg-1", "VpcId": "vpc-1", "IpPermissions": []}]}
      """;

  private static final String GCP =
      """
      [{"kind": "compute#firewall", "name": "f", "direction": "INGRESS", "priority": 1,
        "network": "https://www.googleapis.com/compute/v1/projects/p/global/networks/n",
        "sourceRanges": ["0.0.0.0/0"], "allowed": [{"IPProtocol": "tcp"}],
        "selfLink": "https://www.googleapis.com/compute/v1/projects/p/global/firewalls/f"}]
      """;

  private static final String AZURE =
      """
      [{"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/n",
        "name": "n", "type": "Microsoft.Network/networkSecurityGroups", "securityRules": []}]
      """;

  @TempDir private Path directory;

  @Test
  void anExportWithoutAnythingToAttack_isAWarning() throws IOException {
    for (String text : List.of(AWS, GCP, AZURE)) {
      var problems = new Folder(directory).with("a.json", text).read("a.json").problems();
      assertThat(problems.warnings())
          .as(text)
          .filteredOn(problem -> problem.kind() == ProblemKind.ABSENT_LAYER)
          .extracting(Problem::what)
          .contains("the export lists nothing that attacks or is attacked");
    }
  }
}
