package io.surfacescan.policy.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.surfacescan.model.Place;
import io.surfacescan.model.Services;
import io.surfacescan.policy.Demand;
import io.surfacescan.policy.Policy;
import io.surfacescan.policy.PolicyProblem;
import io.surfacescan.policy.PolicyRefused;
import io.surfacescan.policy.Selector;
import io.surfacescan.policy.Severity;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyReaderTest {
  private static Policy read(String text) throws PolicyRefused {
    return PolicyReader.read("p.yaml", text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> problems(String text) {
    return catchThrowableOfType(PolicyRefused.class, () -> read(text)).problems().stream()
        .map(PolicyProblem::toString)
        .toList();
  }

  private static final String PLAINEST =
      """
      rules: [{id: office-db, title: The office must not reach the customer database, severity: high,
        forbid: {from: ["tag:office"], to: ["tag:customer-db"]}}]
      """;

  @Test
  void read_thePlainestForm() throws PolicyRefused {
    var rule = read(PLAINEST).rules().getFirst();
    assertThat(rule.id()).isEqualTo("office-db");
    assertThat(rule.severity()).isEqualTo(Severity.HIGH);
    assertThat(rule.place()).isEqualTo(new Place("p.yaml", 1, 9));
    var forbid = (Demand.Forbid) rule.demand();
    assertThat(forbid.maxHops()).isEqualTo(Demand.ANY_HOPS);
    assertThat(forbid.services()).isEqualTo(Services.ALL);
    assertThat(forbid.ends().from())
        .containsExactly(
            new Selector(Selector.Kind.TAG, "office", "tag:office", new Place("p.yaml", 2, 19)));
  }

  @Test
  void read_takesJson_indentedByTabs() throws PolicyRefused {
    String json =
        "{\n\t\"rules\": [{\"id\": \"a\", \"title\": \"t\", \"severity\": \"low\",\n\t\t\"lint\": [\"open\"]}]}";
    assertThat(read(json).rules()).hasSize(1);
  }

  @Test
  void read_takesAllThatARuleMaySay() throws PolicyRefused {
    var policy =
        read(
            """
            description: All of it
            rules:
              - id: one
                title: One
                severity: critical
                reason: Because
                references: [https://example.org]
                certain: true
                may_be_empty: true
                forbid:
                  from: internet
                  to: [any, "kind:database", "label:env=prod", "scope:eu*", "name:x*", "id:7", jump]
                  hops: 3
                  services: [ssh, tcp/8000-8100]
                  except: [{from: "tag:a", to: "tag:b"}, {to: "tag:c"}]
              - {id: two, title: Two, severity: low,
                 allow-only: {from: internet, to: "kind:load-balancer", services: tcp/443, restrict: to, hops: any}}
              - {id: three, title: Three, severity: low, limit: {of: any, attackers_share: 2.5%}}
              - {id: four, title: Four, severity: low, no-new: {what: [direct, exposure], of: "tag:a"}}
              - {id: five, title: Five, severity: low, lint: [unused, open]}
            waivers:
              - {rule: "t*", subject: x, reason: Later, owner: me, expires: 2027-01-31}
              - {fingerprint: 00ff, reason: Later, owner: me, expires: 2027-01-31}
            """);
    assertThat(policy.rules())
        .extracting(rule -> rule.demand().key())
        .containsExactly("forbid", "allow-only", "limit", "no-new", "lint");
    var forbid = (Demand.Forbid) policy.rules().getFirst().demand();
    assertThat(forbid.maxHops()).isEqualTo(3);
    assertThat(forbid.services().toString()).isEqualTo("tcp/22, tcp/8000-8100");
    assertThat(forbid.ends().to())
        .extracting(Selector::kind)
        .containsExactly(
            Selector.Kind.ANY,
            Selector.Kind.KIND,
            Selector.Kind.LABEL,
            Selector.Kind.SCOPE,
            Selector.Kind.NAME,
            Selector.Kind.ID,
            Selector.Kind.VM);
    assertThat(forbid.except()).hasSize(2);
    var allow = (Demand.AllowOnly) policy.rules().get(1).demand();
    assertThat(allow.restrictsTo()).isTrue();
    var limit = (Demand.Limit) policy.rules().get(2).demand();
    assertThat(limit.bound()).isEqualTo(Demand.Bound.ATTACKERS_SHARE);
    assertThat(limit.value()).isEqualTo(2.5);
    assertThat(policy.waivers())
        .extracting(waiver -> waiver.expires())
        .containsOnly(LocalDate.of(2027, 1, 31));
  }

  @Test
  void read_refusesWhatItDoesNotKnow_withPlaceAndNearName() {
    assertThat(problems(PLAINEST.replace("forbid:", "forbids:")))
        .containsExactly(
            "p.yaml:1:9: the rule demands nothing; write one of forbid, allow-only, limit, no-new, lint",
            "p.yaml:2:3: a rule has the unknown key \"forbids\"; did you mean forbid?");
    assertThat(problems(PLAINEST.replace("to:", "too:")))
        .containsExactly(
            "p.yaml:2:11: `forbid` has no \"to\"; name VMs, such as tag:web, a VM's id, internet or any",
            "p.yaml:2:34: `forbid` has the unknown key \"too\"; did you mean to?");
    assertThat(problems(PLAINEST.replace("high", "hihg")))
        .containsExactly(
            "p.yaml:1:91: \"severity\" is \"hihg\"; did you mean high? Or write one of low, medium, high, critical");
    assertThat(problems(PLAINEST.replace("}}]", ", services: shh}}]")))
        .containsExactly(
            "p.yaml:2:69: \"shh\" is no service; did you mean ssh? Or write tcp/22, udp/53-60, tcp, icmp or all, or a name such as ssh");
  }

  @Test
  void read_refusesWhatWouldPassEverything() {
    assertThat(problems("rules: []"))
        .containsExactly(
            "p.yaml:1:1: the policy has no \"rules\"; write at least one rule: a policy without any passes everything");
    assertThat(problems(""))
        .containsExactly(
            "p.yaml: there is nothing in the file; write at least one rule: a policy without any passes everything");
    assertThat(problems(PLAINEST.replace("\"tag:office\"", "")))
        .containsExactly(
            "p.yaml:2:11: `forbid` has no \"from\"; name VMs, such as tag:web, a VM's id, internet or any");
    assertThat(problems("rules: [{id: a, title: t, severity: low, lint: []}]"))
        .containsExactly(
            "p.yaml:1:48: `lint` is empty; write some of unused, duplicate, shadowed, phantom-tag, open, assumed");
    assertThat(problems("rules: [{id: a, title: t, severity: low, limit: {of: any}}]"))
        .containsExactly(
            "p.yaml:1:49: `limit` has no bound; write one of attackers, attackers_share, blast_radius, blast_radius_share, internet_hops, reachable");
  }

  @Test
  void read_refusesTwoOfAKind() {
    assertThat(problems(PLAINEST.replace("severity: high", "severity: high, severity: low")))
        .containsExactly("p.yaml:1:97: the key \"severity\" stands twice; keep one of them");
    String two = "rules:\n- {id: a, title: t, severity: low, lint: open}\n";
    assertThat(problems(two + two.substring(7)))
        .containsExactly("p.yaml:3:8: the id \"a\" stands at p.yaml:2:8 too; rename one");
    assertThat(problems(two + "---\n" + two))
        .singleElement()
        .asString()
        .contains("second document");
  }

  @Test
  void read_refusesWaiversThatSayTooLittle() {
    String rules = "rules: [{id: a, title: t, severity: low, lint: open}]\nwaivers: ";
    assertThat(problems(rules + "[{rule: a, reason: r, owner: o, expires: soon}]"))
        .containsExactly("p.yaml:2:51: `expires` is \"soon\"; write a day as 2027-01-31");
    assertThat(problems(rules + "[{reason: r, owner: o, expires: 2027-01-31}]"))
        .containsExactly(
            "p.yaml:2:11: a waiver has no \"fingerprint\"; name one finding by fingerprint, or several by rule");
    assertThat(problems(rules + "[{rule: a, owner: o, expires: 2027-01-31}]"))
        .containsExactly(
            "p.yaml:2:11: a waiver has no \"reason\"; say why the finding is accepted");
  }

  /// The parser holds a text as a whole, and takes more time the longer it is.
  @Test
  void read_endsTextsWithoutEnd() {
    String endless = "x".repeat(2_000_000);
    for (String text :
        List.of(
            PLAINEST + "# " + endless,
            PLAINEST + "description: \"" + endless,
            PLAINEST + "description: |\n  " + endless,
            endless)) {
      assertThat(problems(text))
          .containsExactly("p.yaml: a text in it has over 524288 characters; shorten it");
    }
    byte[] waivers = ("waivers: [" + endless).getBytes(StandardCharsets.UTF_8);
    assertThat(
            catchThrowableOfType(
                PolicyRefused.class, () -> PolicyReader.readWaivers("w.yaml", waivers)))
        .hasMessage("w.yaml: a text in it has over 524288 characters; shorten it");
  }

  @Test
  void packs_areRead() {
    assertThat(Packs.NAMES).allSatisfy(name -> assertThat(Packs.named(name)).isPresent());
    assertThat(Packs.named("none")).isEmpty();
    assertThat(Packs.named("baseline").orElseThrow().rules())
        .allSatisfy(rule -> {
          assertThat(rule.reason()).isPresent();
          assertThat(rule.references()).isNotEmpty();
        });
  }
}
