package io.surfacescan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.surfacescan.model.Environment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NaiveDocumentTest {
  @Test
  void read_mergesDocuments_inTheirOrder() {
    var environment =
        NaiveDocument.read(
            List.of(
                "{\"vms\": [{\"vm_id\": \"B\", \"tags\": [\"b\", \"a\"]}]}",
                "{\"fw_rules\": [{\"source_tag\": \"a\", \"dest_tag\": \"b\"}],"
                    + " \"vms\": [{\"vm_id\": \"A\", \"name\": \"\", \"tags\": []}]}"));
    assertThat(facts(environment))
        .hasToString(
            "[Vm[id=B, name=Optional.empty, tags=[b, a]], Vm[id=A, name=Optional[], tags=[]],"
                + " FirewallRule[id=Optional.empty, sourceTag=a, destTag=b]]");
  }

  @Test
  void read_failsOnWhatIsNotADocument() {
    for (String bad :
        List.of(
            "",
            "[]",
            "{} {}",
            "{\"vms\": {}}",
            "{\"vms\": [], \"vms\": []}",
            "{\"vms\": [{\"vm_id\": 1, \"tags\": []}]}",
            "{\"vms\": [{\"vm_id\": \"A\"}]}")) {
      assertThatThrownBy(() -> NaiveDocument.read(bad))
          .as(bad)
          .isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void write_isReadBackAsTheSameFacts() {
    Seeds.check(
        300,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          assertThat(facts(NaiveDocument.read(NaiveDocument.write(environment))))
              .isEqualTo(facts(environment));
        });
  }

  private static List<Object> facts(Environment environment) {
    var facts = new ArrayList<Object>();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      facts.add(environment.vm(vm));
    }
    facts.addAll(environment.rules());
    return facts;
  }
}
