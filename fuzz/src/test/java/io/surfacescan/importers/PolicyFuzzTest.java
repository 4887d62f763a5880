package io.surfacescan.importers;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.surfacescan.engine.AttackGraph;
import io.surfacescan.policy.Finding;
import io.surfacescan.policy.Policy;
import io.surfacescan.policy.PolicyRefused;
import io.surfacescan.policy.checking.CheckOptions;
import io.surfacescan.policy.checking.Judgement;
import io.surfacescan.policy.checking.PolicyCheck;
import io.surfacescan.policy.reading.KnownFindings;
import io.surfacescan.policy.reading.PolicyReader;
import io.surfacescan.testkit.NaiveDocument;
import java.time.LocalDate;
import java.util.Set;

/// Policies, waivers and findings from before, as any bytes: refused with a reason, or checked with
/// findings that explain all that is counted.
class PolicyFuzzTest {
  private static final String FILE = "policy.yaml";

  private static final AttackGraph CHECKED =
      AttackGraph.of(
          NaiveDocument.read(
              """
              {"vms": [{"vm_id": "a", "name": "", "tags": ["x"]},
                       {"vm_id": "b", "name": "", "tags": ["y", "z"]},
                       {"vm_id": "c", "name": "", "tags": ["w"]}],
               "fw_rules": [{"fw_id": "1", "source_tag": "x", "dest_tag": "y"},
                            {"fw_id": "2", "source_tag": "z", "dest_tag": "w"}]}
              """));

  @FuzzTest(maxDuration = "5m")
  void policy(byte[] bytes) {
    try {
      var policy = PolicyReader.read(FILE, bytes);
      assertThat(policy.rules()).isNotEmpty();
      check(policy);
    } catch (PolicyRefused refused) {
      assertRefused(refused, bytes);
    }
  }

  @FuzzTest(maxDuration = "5m")
  void waivers(byte[] bytes) {
    try {
      PolicyReader.readWaivers(FILE, bytes);
    } catch (PolicyRefused refused) {
      assertRefused(refused, bytes);
    }
  }

  @FuzzTest(maxDuration = "5m")
  void knownFindings(byte[] bytes) {
    try {
      KnownFindings.read(FILE, bytes);
    } catch (PolicyRefused refused) {
      assertRefused(refused, bytes);
    }
  }

  private static void check(Policy policy) throws PolicyRefused {
    var options = CheckOptions.USUAL.withBaseline(CHECKED);
    var found = PolicyCheck.of(CHECKED, policy, options);
    assertThat(found.verdicts()).hasSameSizeAs(policy.rules());
    for (var verdict : found.verdicts()) {
      long explained = verdict.findings().stream().mapToLong(Finding::count).sum();
      assertThat(explained + verdict.unexplained()).isGreaterThanOrEqualTo(verdict.affected());
    }
    Judgement.of(found, policy.waivers(), Set.of(), LocalDate.of(2027, 1, 1));
  }

  private static void assertRefused(PolicyRefused refused, byte[] bytes) {
    assertThat(refused.problems()).hasSizeBetween(1, 20);
    refused
        .problems()
        .forEach(problem -> {
          assertThat(problem.place().file()).isEqualTo(FILE);
          Sayings.assertForUsers(problem.what(), bytes);
        });
  }
}
