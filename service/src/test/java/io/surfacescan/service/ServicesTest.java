package io.surfacescan.service;

import static io.surfacescan.service.RunningService.ids;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `service` and `certain` over HTTP: web can use ssh and, perhaps, DNS on the bastion, and that
/// everything on the database.
class ServicesTest {
  @TempDir static Path folder;
  private static RunningService service;

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(
        folder.resolve("cloud.json"),
        """
        {"vms": [
          {"vm_id": "web", "name": "", "tags": ["web"]},
          {"vm_id": "bastion", "name": "", "tags": ["bastion"]},
          {"vm_id": "db", "name": "", "tags": ["db"]}],
         "fw_rules": [
          {"fw_id": "fw-1", "source_tag": "web", "dest_tag": "bastion", "services": ["tcp/22"]},
          {"fw_id": "fw-2", "source_tag": "web", "dest_tag": "bastion", "services": ["udp/53"],
           "assumed": "not known"},
          {"fw_id": "fw-3", "source_tag": "bastion", "dest_tag": "db"}]}
        """);
    service = RunningService.of(folder);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/attack?vm_id=db | bastion web",
        "/attack?vm_id=db&service=ssh | bastion web",
        "/attack?vm_id=db&service=tcp/1-21 | bastion",
        "/attack?vm_id=db&service=dns | bastion web",
        "/attack?vm_id=db&service=dns&certain=true | bastion",
        "/attack?vm_id=db&service=tcp/80&service=rdp,ssh | bastion web",
        "/blast-radius?vm_id=web&service=udp&certain=true | none"
      })
  void questions_seeTheRulesForTheServicesAlone(String path, String expected) {
    // The second time from what is kept.
    for (int i = 0; i < 2; i++) {
      var response = service.get(path);
      assertThat(response.status()).isEqualTo(200);
      assertThat(ids(response).stream().sorted().toList())
          .isEqualTo(Arrays.stream(expected.split(" ")).filter(id -> !id.equals("none")).toList());
    }
  }

  @Test
  void pairs_showServicesAndCertainty() {
    assertThat(service.get("/pairs?from=web").text())
        .isEqualTo(
            """
            [{"from":{"vm_id":"web","name":""},"to":{"vm_id":"bastion","name":""},\
            "services":["tcp/22"],"certainty":"sure","rules":[{"fw_id":"fw-1","source_tag":"web",\
            "dest_tag":"bastion","services":["tcp/22"]}]},\
            {"from":{"vm_id":"web","name":""},"to":{"vm_id":"bastion","name":""},\
            "services":["udp/53"],"certainty":"maybe","rules":[{"fw_id":"fw-2","source_tag":"web",\
            "dest_tag":"bastion","services":["udp/53"],"assumed":"not known"}]}]\
            """);
  }

  @ParameterizedTest
  @CsvSource({"/attack?vm_id=db&service=shs", "/report?service=tcp/70000", "/rules?service="})
  void unknownService_isRefused(String path) {
    assertThat(service.get(path).status()).isEqualTo(400);
  }

  @Test
  void unknownService_isNamed_withTheRemedy() {
    assertThat(service.get("/attack?vm_id=db&service=shs").text())
        .contains(
            "which is no service; write tcp/22, udp/53-60, tcp, icmp or all, or a name such as ssh, rdp"
                + " or https.");
  }
}
