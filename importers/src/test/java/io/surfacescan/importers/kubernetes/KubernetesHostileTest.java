package io.surfacescan.importers.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Imported;
import io.surfacescan.importers.Importers;
import io.surfacescan.model.Problem;
import io.surfacescan.model.Services;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Exports that are made to break something, and those that a cluster would not take: each comes to
/// an answer, or to an error that says where it stands.
class KubernetesHostileTest {
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: a, namespace: prod, labels: {app: a}}
      ---
      """;

  private static final String POLICY =
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: p, namespace: prod}
      spec: {podSelector: {}, policyTypes: [Ingress, Egress], ingress: [RULE]}
      """;

  private static Imported read(String text) {
    return Importers.read(
        List.of("-"), new ByteArrayInputStream(text.getBytes(UTF_8)), (_, _) -> {});
  }

  private static List<String> errors(String text) {
    return read(text).problems().errors().stream().map(Problem::toString).toList();
  }

  private static String policy(String rule) {
    return POD + POLICY.replace("RULE", rule);
  }

  /// All ranges say the same, so they come to one attacker, and what they leave out to another.
  @Test
  void tenThousandRanges_onOneRule_comeToFewAttackers() {
    String ranges =
        IntStream.range(0, 10_000)
            .mapToObj(i ->
                "{ipBlock: {cidr: %1$d.%2$d.%3$d.0/24, except: [%1$d.%2$d.%3$d.128/25]}}"
                    .formatted(1 + i / 65_536, i / 256 % 256, i % 256))
            .collect(Collectors.joining(", "));
    var imported = read(policy("{from: [" + ranges + "]}"));
    assertThat(imported.problems().errors()).isEmpty();
    assertThat(imported.environment().vmCount()).isEqualTo(4);
    assertThat(KubernetesScenarioTest.pairs(imported.environment()))
        .containsExactly("1.0.0.0/25 > prod/a[Pod]: all");
  }

  @Test
  void everySecondPort_onOneRule_isReadAsItStands() {
    String ports =
        IntStream.range(0, 32_768)
            .mapToObj(i -> "{port: " + (2 * i + 1) + "}")
            .collect(Collectors.joining(", "));
    var environment = read(policy("{ports: [" + ports + "]}")).environment();
    assertThat(environment.ruleCount()).isEqualTo(1);
    assertThat(environment.services(0).texts()).hasSize(32_768).endsWith("tcp/65535");
    assertThat(environment.services(0).meets(Services.parse("tcp/2").orElseThrow())).isFalse();
  }

  @Test
  void tenThousandPeers_onOneRule_areRead() {
    String peers =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "{podSelector: {matchLabels: {app: a, n: \"" + i + "\"}}}")
            .collect(Collectors.joining(", "));
    var imported =
        read(
            policy("{from: [" + peers + "]}")
                + "---\n"
                + POD.replace("name: a", "name: b").replace("app: a", "app: a, n: \"9999\""));
    assertThat(imported.problems().errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"a\"}, \"spec\": LISTS}",
        "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": LISTS}",
        "apiVersion: v1\nkind: List\nitems: LISTS\n"
      })
  void deepLists_areRefused(String document) {
    String lists = "[".repeat(100_000) + "]".repeat(100_000);
    assertThat(errors(document.replace("LISTS", lists)))
        .singleElement()
        .asString()
        .containsAnyOf("nested deeper than 64", "nested more than 64 deep");
  }

  @Test
  void aliasesThatGrow_areRefused_whereverTheyStand() {
    var labels = new StringBuilder(POD).append("apiVersion: v1\nkind: List\nitems:\n");
    labels.append("- &a0 {apiVersion: v1, kind: Pod, metadata: {name: x}}\n");
    for (int i = 1; i < 40; i++) {
      labels.append("- &a%d [*a%d, *a%d]\n".formatted(i, i - 1, i - 1));
    }
    assertThat(errors(labels.toString()))
        .anyMatch(error -> error.contains("aliases stand for more than 100000 values"));
    var merges = new StringBuilder(POD).append("apiVersion: v1\nkind: ConfigMap\nm0: &m0 {x: 1}\n");
    for (int i = 1; i < 40; i++) {
      merges.append("m%d: &m%d {<<: [*m%d, *m%d], y: *m%d}\n".formatted(i, i, i - 1, i - 1, i - 1));
    }
    assertThat(errors(merges.toString()))
        .singleElement()
        .asString()
        .contains("aliases stand for more than 100000 values");
  }

  /// The parser holds a text as a whole, and takes more time the longer it is.
  @ParameterizedTest
  @ValueSource(strings = {"spec: {nodeName: \"TEXT\"}", "# TEXT"})
  void endlessText_isRefused(String spec) {
    String text = "x".repeat(2_300_000);
    assertThat(errors(POD + "kind: Pod\n" + spec.replace("TEXT", text) + "\n"))
        .singleElement()
        .asString()
        .contains("a text in the document is longer than 2097152 characters");
  }

  @Test
  void aliasOfItself_standsForNothing() {
    assertThat(errors(POD + "apiVersion: v1\nkind: Pod\nmetadata: &m {name: b, labels: *m}\n"))
        .singleElement()
        .asString()
        .contains("the alias *m stands for nothing");
  }

  @Test
  void longNames_areErrors_whoseMessagesStayShort() {
    assertThat(errors(POD.replace("name: a", "name: " + "n".repeat(1_000_000))))
        .singleElement()
        .asString()
        .hasSizeLessThan(300)
        .contains("the name of a Pod is longer than 253 characters");
  }

  @Test
  void namesThatActOnATerminal_areEscaped() {
    String pod = POD.replace("name: a", "name: \"a\\u001b[2J\\nerror\"");
    assertThat(errors(pod + pod.replace("app: a", "app: b")))
        .singleElement()
        .asString()
        .contains("the Pod prod/a\\u001b[2J\\nerror stands twice and differs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {ports: [{port: 99999999999}]} | the port "99999999999" is neither a number nor a name
          {ports: [{port: 8.5}]} | the port "8.5" is neither a number nor a name
          {ports: [{port: 0}]} | the ports "0" are none
          {ports: [{port: 9, endPort: 8}]} | the ports "9-8" are none
          {ports: [{port: http, endPort: 90}]} | endPort stands beside the name of a port
          {ports: [{port: 80, protocol: GRE}]} | the protocol "GRE" is not known
          {ports: [{portt: 80}]} | a port has the key "portt", which is not known
          {ports: {port: 80}} | ports is no list
          {to: [{podSelector: {}}]} | a rule has the key "to", which is not known
          {from: {podSelector: {}}} | from is no list
          {from: [{podselector: {}}]} | a peer has the key "podselector", which is not known
          {from: [{podSelector: {}, ipBlock: {cidr: 10.0.0.0/8}}]} | a peer has more than one of podSelector, ipBlock
          {from: [{podSelector: {matchLabel: {app: a}}}]} | a selector has the key "matchLabel", which is not known
          {from: [{podSelector: {matchLabels: [app]}}]} | matchLabels is no object
          {from: [{podSelector: app}]} | a selector is no object
          {from: [{podSelector: {matchExpressions: [{key: a, operator: In}]}}]} | the operator In has no values
          {from: [{podSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}}]} | the operator Exists has values
          {from: [{podSelector: {matchExpressions: [{operator: Exists}]}}]} | an expression has no key
          {from: [{ipBlock: {cidr: 10.0.0.0/8, except: 10.0.0.0/9}}]} | except is no list
          """)
  void whatAClusterWouldNotTake_isAnErrorOnTheLineOfTheRule(String rule, String what) {
    assertThat(errors(policy(rule)))
        .singleElement()
        .asString()
        .startsWith("<stdin>:8:")
        .contains(what)
        .contains(", in NetworkPolicy prod/p; ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {subject: {namespaces: {namespaceSelector: {}}}, priority: 1} | a selector has the key "namespaceSelector", which is not known
          {subject: {namespaces: {}, pods: {}}, priority: 1} | a subject or peer has more than one of namespaces, pods
          {subject: {}, priority: 1} | a subject is neither namespaces nor pods
          {subject: {namespaces: {}}, priority: 1001} | the priority "1001" is none
          {subject: {namespaces: {}}} | the priority "" is none
          {subject: {namespaces: {}}, priority: 1, ingress: [{action: Log, from: [{namespaces: {}}]}]} | the action "Log" is not known
          {subject: {namespaces: {}}, priority: 1, ingress: [{action: Deny, from: [{namespace: {}}]}]} | a peer has the key "namespace", which is not known
          """)
  void adminPolicy_thatAClusterWouldNotTake_isAnError(String spec, String what) {
    String policy =
        POD
            + "apiVersion: policy.networking.k8s.io/v1alpha1\nkind: AdminNetworkPolicy\n"
            + "metadata: {name: p}\nspec: ";
    assertThat(errors(policy + spec + "\n"))
        .isNotEmpty()
        .allMatch(error -> error.contains(what + ", in AdminNetworkPolicy p; "));
  }

  @Test
  void policyTypes_otherThanTheTwo_areErrors() {
    assertThat(errors(policy("{}").replace("[Ingress, Egress]", "[ingress]")))
        .isNotEmpty()
        .allMatch(error -> error.contains("the policy type \"ingress\" is not known"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {port: 70000} | the port 70000 of Service prod/s is none
          {port: 0} | the port 0 of Service prod/s is none
          {port: 80, targetPort: 70000} | the port 70000 of Service prod/s is none
          {port: 80, protocol: QUIC} | the protocol "QUIC" is not known
          """)
  void portsOfServices_thatAreNone_areErrors(String port, String what) {
    String service =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: s, namespace: prod}
        spec: {type: LoadBalancer, selector: {app: a}, ports: [PORT]}
        """;
    assertThat(errors(POD + service.replace("PORT", port)))
        .isNotEmpty()
        .allMatch(error -> error.startsWith("<stdin>:8:") && error.contains(what));
  }

  @Test
  void portOfAContainer_thatIsNone_isAnError() {
    assertThat(
            errors(
                POD.replace(
                    "---",
                    "spec: {containers: [{ports: [{name: http, containerPort: 99999}]}]}\n---")))
        .containsExactly(
            "<stdin>:4:58: the containerPort 99999 is none; write a number from 1 to 65535");
  }
}
