package io.surfacescan.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.policy.PolicyRule;
import io.surfacescan.policy.reading.Packs;
import io.surfacescan.policy.reading.PolicyReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The packs that ship, rule by rule: an environment that breaks it, and one that does not.
class PacksTest {
  private static final Pattern BROKEN =
      Pattern.compile("(?m)^(?:low|medium|high|critical)  (\\S+): ");

  /// Per rule, a document that breaks it and one that is almost the same.
  private static final Map<String, String[]> CASES =
      new TreeMap<>(
          Map.of(
              "baseline/internet-ssh",
              reached("tcp/22", "tcp/443"),
              "baseline/internet-rdp",
              reached("tcp/3000-4000", "tcp/3000"),
              "baseline/internet-database",
              reached("tcp/5432", "tcp/8443"),
              "baseline/internet-kubernetes",
              reached("tcp/6443", "tcp/443"),
              "baseline/internet-near-database",
              new String[] {hops(3), hops(4)},
              "baseline/environments-mix",
              new String[] {
                two("\"labels\": [\"env=staging\"]", "\"labels\": [\"env=prod\"]", "tcp/443"),
                two("\"labels\": [\"env=prod\"]", "\"labels\": [\"env=prod\"]", "tcp/443")
              },
              "baseline/any-any",
              reached("tcp", "tcp/443"),
              "hygiene/phantom-tags",
              new String[] {
                two("\"kind\": \"vm\"", "\"kind\": \"vm\"", "tcp/1")
                    .replace("\"dest_tag\": \"b\"", "\"dest_tag\": \"bb\""),
                two("\"kind\": \"vm\"", "\"kind\": \"vm\"", "tcp/1")
              },
              "hygiene/superfluous-rules",
              new String[] {
                two(
                    "\"kind\": \"vm\"",
                    "\"kind\": \"vm\"",
                    "tcp/1\"]}, {\"fw_id\": \"2\", \"source_tag\": \"a\", \"dest_tag\": \"b\", \"services\": [\"tcp/1"),
                two(
                    "\"kind\": \"vm\"",
                    "\"kind\": \"vm\"",
                    "tcp/1\"]}, {\"fw_id\": \"2\", \"source_tag\": \"a\", \"dest_tag\": \"b\", \"services\": [\"tcp/2")
              },
              "hygiene/assumed-rules",
              new String[] {
                two(
                        "\"kind\": \"vm\"",
                        "\"kind\": \"vm\"",
                        "tcp/1\"], \"assumed\": \"a list is missing\", \"services_\": [\"")
                    .replace(", \"services_\": [\"\"]", ""),
                two("\"kind\": \"vm\"", "\"kind\": \"vm\"", "tcp/1")
              }));

  private static String two(String first, String second, String services) {
    return """
    {"vms": [{"vm_id": "a", "name": "a", "tags": ["a"], %s}, {"vm_id": "b", "name": "b", "tags": ["b"], %s}],
     "fw_rules": [{"fw_id": "1", "source_tag": "a", "dest_tag": "b", "services": ["%s"]}]}
    """
        .formatted(first, second, services);
  }

  private static String[] reached(String bad, String good) {
    String internet = "\"kind\": \"external\"";
    return new String[] {
      two(internet, "\"kind\": \"vm\"", bad).replace("\"vm_id\": \"a\"", "\"vm_id\": \"internet\""),
      two(internet, "\"kind\": \"vm\"", good).replace("\"vm_id\": \"a\"", "\"vm_id\": \"internet\"")
    };
  }

  /// A database so many hops from the internet.
  private static String hops(int hops) {
    var vms =
        new StringBuilder(
            "{\"vm_id\": \"internet\", \"name\": \"i\", \"tags\": [\"t0\"], \"kind\": \"external\"}");
    var rules = new StringBuilder();
    for (int hop = 1; hop <= hops; hop++) {
      vms.append(
          ", {\"vm_id\": \"v%d\", \"name\": \"v\", \"tags\": [\"t%d\"], \"kind\": \"%s\"}"
              .formatted(hop, hop, hop == hops ? "database" : "vm"));
      rules
          .append(hop == 1 ? "" : ", ")
          .append(
              "{\"fw_id\": \"%d\", \"source_tag\": \"t%d\", \"dest_tag\": \"t%d\", \"services\": [\"tcp/443\"]}"
                  .formatted(hop, hop - 1, hop));
    }
    return "{\"vms\": [" + vms + "], \"fw_rules\": [" + rules + "]}";
  }

  @Test
  void everyRule_hasAnEnvironmentThatBreaksIt_andOneThatDoesNot() {
    for (String pack : Packs.NAMES) {
      for (PolicyRule rule : Packs.named(pack).orElseThrow().rules()) {
        assertThat(CASES).containsKey(rule.id());
        String[] documents = requireNonNull(CASES.get(rule.id()));
        assertThat(broken(pack, documents[0])).as(rule.id()).contains(rule.id());
        assertThat(broken(pack, documents[1])).as(rule.id()).doesNotContain(rule.id());
      }
    }
  }

  private static String broken(String pack, String document) {
    var ran =
        new Trial().in(document).run("check", "-q", "--data", "-", "--policy", Packs.PREFIX + pack);
    assertThat(ran.exit()).as(ran.err()).isIn(0, 1);
    return String.join(
        " ", BROKEN.matcher(ran.out()).results().map(found -> found.group(1)).toList());
  }

  @Test
  void samples_areToldOfTheirStories() {
    var aws = new Trial().run("check", "-q", "--data", "../samples/aws");
    assertThat(aws.exit()).isEqualTo(1);
    assertThat(aws.out())
        .contains("high  baseline/internet-ssh: The internet does not reach SSH (1 VM)")
        .contains("the internet (internet) can attack migration-host (i-migration-host) directly")
        .contains("the internet (internet) can attack orders-db-a (eni-orders-db-a) in 2 hops");
    var kubernetes = new Trial().run("check", "-q", "--data", "../samples/kubernetes");
    assertThat(kubernetes.exit()).isEqualTo(1);
    assertThat(kubernetes.out())
        .contains("in 3 hops")
        .contains("to do: remove or narrow netpol/data/reports; nothing else allows it")
        .contains("at ../samples/kubernetes/policies.yaml:256:5");
    assertThat(new Trial().run("check", "-q", "--data", "../samples/azure").out())
        .contains("to do: restrict by a new rule who reaches dev-test (/subscriptions/")
        .contains("to do: remove or narrow rg-shop/nsg-data/copy-orders; nothing else allows it");
  }

  @Test
  void page_hasTenPoliciesThatAreRead() throws IOException {
    String page = Files.readString(Path.of("../docs/policies.md"));
    String ten = page.substring(page.indexOf("## Ten policies"));
    var blocks = Pattern.compile("```yaml\n(- id: .*?)```", Pattern.DOTALL).matcher(ten).results();
    var policies = blocks.map(block -> block.group(1)).toList();
    assertThat(policies).hasSize(10);
    assertThat(policies)
        .allSatisfy(rules -> {
          byte[] policy = ("rules:\n" + rules).getBytes(StandardCharsets.UTF_8);
          assertThat(PolicyReader.read("policies.md", policy).rules()).hasSize(1);
        });
  }
}
