package io.surfacescan.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// VMs by name and groups by tag, over the wire.
class NamesAndGroupsTest {
  @TempDir static Path folder;
  @TempDir static Path outside;
  private static RunningService service;

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(
        folder.resolve("cloud.json"),
        """
        {"vms": [
          {"vm_id": "vm-1", "name": "laptop-b", "tags": ["office"]},
          {"vm_id": "vm-2", "name": "laptop-a", "tags": ["office"]},
          {"vm_id": "vm-3", "name": "twin", "tags": ["jump"]},
          {"vm_id": "vm-4", "name": "twin", "tags": ["db"]},
          {"vm_id": "laptop-x", "tags": ["paper"]}],
         "fw_rules": [
          {"fw_id": "fw-1", "source_tag": "office", "dest_tag": "jump"},
          {"fw_id": "fw-2", "source_tag": "jump", "dest_tag": "db"},
          {"fw_id": "fw-3", "source_tag": "db", "dest_tag": "nothing"}]}
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
        "/attack?name=laptop-a | /attack?vm_id=vm-2",
        "/blast-radius?name=laptop-a | /blast-radius?vm_id=vm-2",
        "/vm?name=laptop-a | /vm?vm_id=vm-2",
        "/surface?name=laptop-a | /surface?vm_id=vm-2",
        "/chokepoints?name=laptop-a | /chokepoints?vm_id=vm-2",
        "/path?from_name=laptop-a&to=vm-4 | /path?from=vm-2&to=vm-4",
        "/path?from=vm-3&to_name=laptop-a | /path?from=vm-3&to=vm-2",
      })
  void name_standsForItsVm(String byName, String byId) {
    var answer = service.get(byName);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo(service.get(byId).text());
  }

  @Test
  void vmId_isNeverAName() {
    assertThat(service.get("/attack?vm_id=laptop-a").status()).isEqualTo(404);
    assertThat(service.get("/vm?name=vm-2").status()).isEqualTo(404);
  }

  @Test
  void nameOfSeveralVms_isAConflict_withTheCandidates() {
    var answer = service.get("/attack?name=twin");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.text())
        .startsWith(
            "{\"type\":\"urn:surfacescan:problem:ambiguous-name\",\"title\":\"Several VMs have the"
                + " name\",\"status\":409,\"detail\":\"2 VMs have the name \\\"twin\\\"; ask by the id"
                + " of one of them.\"")
        .endsWith(
            "\"candidates\":[{\"vm_id\":\"vm-3\",\"name\":\"twin\"},"
                + "{\"vm_id\":\"vm-4\",\"name\":\"twin\"}]}");
  }

  @Test
  void unknownName_isNotFound() {
    var answer = service.get("/vm?name=laptop-c");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text())
        .contains("problem:unknown-vm\"", "No VM has the name \\\"laptop-c\\\"; names are exact.");
  }

  @Test
  void tag_asksAboutAGroup() {
    assertThat(service.get("/attack?tag=db").text()).isEqualTo("[\"vm-1\",\"vm-2\",\"vm-3\"]");
    assertThat(service.get("/attack?tag=db&max_hops=1").text()).isEqualTo("[\"vm-3\"]");
    assertThat(service.get("/blast-radius?tag=office").text()).isEqualTo("[\"vm-3\",\"vm-4\"]");
    assertThat(service.get("/pairs?from_tag=office&limit=1").text())
        .startsWith("[{\"from\":{\"vm_id\":")
        .endsWith("}]}]");
    assertThat(service.get("/pairs?to_tag=nothing").status()).isEqualTo(404);
    assertThat(service.get("/attack?tag=db&hops=true&sort=hops&limit=1").text())
        .isEqualTo("[{\"vm_id\":\"vm-3\",\"name\":\"twin\",\"hops\":1}]");
    assertThat(service.get("/path?from_tag=office&to_tag=db").text())
        .startsWith(
            "{\"from\":\"vm-1\",\"from_name\":\"laptop-b\",\"to\":\"vm-4\",\"to_name\":\"twin\","
                + "\"from_tag\":\"office\",\"to_tag\":\"db\",\"reachable\":true,");
    assertThat(service.get("/path?from_tag=db&to_tag=office", "Accept: text/plain").text())
        .isEqualTo(
            """
            tag:db cannot attack tag:office:
              tag:db can attack no VMs
              no VMs can attack tag:office
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/attack?tag=offic", "/attack?tag=nothing", "/path?from_tag=x&to=vm-1"})
  void tagThatNoVmCarries_isNotFound(String path) {
    var answer = service.get(path);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).contains("urn:surfacescan:problem:unknown-tag");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/attack?vm_id=vm-1&name=laptop-a | The parameters vm_id and name name one thing",
        "/attack?vm_id=vm-1&tag=db | The parameters vm_id and tag name one thing",
        "/path?from=vm-1&from_tag=office&to=vm-4 | The parameters from and from_tag name one thing",
        "/path?from=vm-2&to_name=laptop-a | are one VM, and no VM attacks itself",
        "/path?from_name=laptop-a&to=vm-4&via=vm-2 | The parameter via is where",
        "/attack | The parameter vm_id is missing; add ?vm_id=",
        "/attack?name= | The parameter name is empty",
        "/vm?tag=office | There is no parameter",
        "/chokepoints?tag=office | There is no parameter",
        "/surface?tag=office | There is no parameter",
      })
  void whatNamesNoOneThing_isRefused(String path, String detail) {
    var answer = service.get(path);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains(detail);
  }

  @Test
  void ipAddress_standsForItsVm_orForWhatIsOutside() throws IOException {
    Files.writeString(
        outside.resolve("cloud.json"),
        """
        {"vms": [
          {"vm_id": "internet", "tags": ["any"], "kind": "external", "addresses": ["0.0.0.0/0"]},
          {"vm_id": "vm-1", "tags": ["web"], "addresses": ["10.0.0.1", "2001:db8::1"]},
          {"vm_id": "vm-2", "tags": ["db"], "addresses": ["10.0.0.9"]},
          {"vm_id": "vm-3", "tags": [], "addresses": ["10.0.0.9"]}],
         "fw_rules": [
          {"fw_id": "fw-1", "source_tag": "any", "dest_tag": "web"},
          {"fw_id": "fw-2", "source_tag": "web", "dest_tag": "db"}]}
        """);
    try (var addressed = RunningService.of(outside)) {
      assertThat(addressed.get("/blast-radius?vm_id=10.0.0.1").text()).isEqualTo("[\"vm-2\"]");
      assertThat(addressed.get("/blast-radius?vm_id=2001:DB8:0::1").text()).isEqualTo("[\"vm-2\"]");
      assertThat(addressed.get("/blast-radius?vm_id=8.8.8.8&hops=true").text())
          .isEqualTo(addressed.get("/blast-radius?vm_id=internet&hops=true").text())
          .contains("\"vm-2\"");
      var several = addressed.get("/attack?vm_id=10.0.0.9");
      assertThat(several.status()).isEqualTo(409);
      assertThat(several.text())
          .contains(
              "problem:ambiguous-address\"",
              "2 VMs have the address \\\"10.0.0.9\\\"; ask by the id of one of them.",
              "\"candidates\":[{\"vm_id\":\"vm-2\",\"name\":null},{\"vm_id\":\"vm-3\"");
      var unknown = addressed.get("/attack?vm_id=2001:db8::2");
      assertThat(unknown.status()).isEqualTo(404);
      assertThat(unknown.text()).contains("No VM has the id or address");
      assertThat(addressed.get("/stats").text()).startsWith("{\"vm_count\":3,");
      assertThat(addressed.get("/environment").text()).contains("\"vm_count\":3,");
    }
  }
}
