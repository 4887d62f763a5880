package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ten policies of `docs/policies.md`, as they stand there: an environment that keeps all of
/// them, and for each one a change that breaks it.
class TenPoliciesTest {
  private static final Pattern BLOCK = Pattern.compile("```yaml\n(- id: .*?)```", Pattern.DOTALL);
  private static final Pattern BROKEN =
      Pattern.compile("(?m)^(?:low|medium|high|critical)  (\\S+): ");

  private static final String KEEPS =
      """
      {"vms": [
        {"vm_id": "internet", "kind": "external", "tags": ["internet"]},
        {"vm_id": "lb", "kind": "load-balancer", "tags": ["lb"]},
        {"vm_id": "web", "tags": ["web"]},
        {"vm_id": "app", "tags": ["app"]},
        {"vm_id": "db", "kind": "database", "tags": ["customer-db"], "labels": ["env=prod"]},
        {"vm_id": "sync-1", "tags": ["sync", "app"], "labels": ["env=staging"]},
        {"vm_id": "stage", "tags": ["stage"], "labels": ["env=staging"]},
        {"vm_id": "bastion", "tags": ["bastion"]},
        {"vm_id": "o1", "tags": ["office"]}, {"vm_id": "o2", "tags": ["office"]},
        {"vm_id": "p1", "tags": ["printer"]}, {"vm_id": "p2", "tags": ["printer"]},
        {"vm_id": "p3", "tags": ["printer"]}, {"vm_id": "p4", "tags": ["printer"]},
        {"vm_id": "p5", "tags": ["printer"]}, {"vm_id": "p6", "tags": ["camera"]}],
       "fw_rules": [
        {"fw_id": "1", "source_tag": "internet", "dest_tag": "lb", "services": ["tcp/443"]},
        {"fw_id": "2", "source_tag": "lb", "dest_tag": "web", "services": ["tcp/8080"]},
        {"fw_id": "3", "source_tag": "web", "dest_tag": "app", "services": ["tcp/8080"]},
        {"fw_id": "4", "source_tag": "app", "dest_tag": "customer-db", "services": ["tcp/5432"]},
        {"fw_id": "5", "source_tag": "bastion", "dest_tag": "web", "services": ["tcp/22"]},
        {"fw_id": "6", "source_tag": "office", "dest_tag": "printer", "services": ["tcp/631"]}]}
      """;

  /// A rule of the page and a firewall rule that breaks it.
  private record Case(String id, String source, String dest, String service) {}

  private static final List<Case> CASES =
      List.of(
          new Case("office-db", "office", "web", "tcp/443"),
          new Case("internet-balancers", "internet", "web", "tcp/443"),
          new Case("db-clients", "web", "customer-db", "tcp/5432"),
          new Case("ssh-from-bastion", "app", "customer-db", "tcp/22"),
          new Case("staging-prod", "stage", "app", "tcp/80"),
          new Case("office-radius", "office", "camera", "tcp/80"),
          new Case("attackers-half", "printer", "lb", "tcp/80"),
          new Case("db-depth", "lb", "app", "tcp/8080"),
          new Case("no-new-exposure", "lb", "stage", "tcp/80"),
          new Case("tidy-rules", "office", "printer", "tcp/631"));

  @TempDir Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private List<String> broken(String environment) throws IOException {
    var policy = new StringBuilder("rules:\n");
    String page = Files.readString(Path.of("../docs/policies.md"));
    var blocks = BLOCK.matcher(page).results().map(found -> found.group(1)).toList();
    assertThat(blocks).hasSize(CASES.size());
    blocks.forEach(policy::append);
    var ran =
        new Trial()
            .run(
                "check",
                "--quiet",
                "--data",
                file("now.json", environment),
                "--baseline",
                file("before.json", KEEPS),
                "--policy",
                file("policy.yaml", policy.toString()));
    var ids = BROKEN.matcher(ran.out()).results().map(found -> found.group(1)).toList();
    assertThat(ran.exit()).as(ran.err()).isEqualTo(ids.isEmpty() ? 0 : 1);
    return ids;
  }

  @Test
  void eachPolicy_isKept_andBroken() throws IOException {
    assertThat(broken(KEEPS)).isEmpty();
    var unbroken = new ArrayList<String>();
    for (var each : CASES) {
      String rule =
          """
          ,
            {"fw_id": "new", "source_tag": "%s", "dest_tag": "%s", "services": ["%s"]}]}
          """
              .formatted(each.source, each.dest, each.service);
      if (!broken(KEEPS.replace("]}\n", rule.strip() + "\n").replace("]},\n]}", "]}\n]}"))
          .contains(each.id)) {
        unbroken.add(each.id);
      }
    }
    assertThat(unbroken).isEmpty();
    assertThat(Arrays.stream(CASES.toArray(Case[]::new)).map(Case::id)).doesNotHaveDuplicates();
  }
}
