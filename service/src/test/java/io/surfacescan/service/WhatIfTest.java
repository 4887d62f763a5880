package io.surfacescan.service;

import static io.surfacescan.service.RunningService.ids;
import static io.surfacescan.service.RunningService.object;
import static io.surfacescan.service.RunningService.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhatIfTest {
  /// a attacks m over fw-1, m attacks x over fw-2.
  private static final String CLOUD =
      """
      {"vms": [{"vm_id": "a", "tags": ["a"]},
               {"vm_id": "m", "tags": ["b", "c"]},
               {"vm_id": "x", "tags": ["d"]}],
       "fw_rules": [{"fw_id": "fw-1", "source_tag": "a", "dest_tag": "b"},
                    {"fw_id": "fw-2", "source_tag": "c", "dest_tag": "d"}]}
      """;

  @TempDir Path folder;

  private RunningService serving() throws IOException {
    Files.writeString(folder.resolve("cloud.json"), CLOUD);
    return RunningService.of(folder);
  }

  private static Wire.Answer post(RunningService service, String body, String... headers) {
    return postAs(service, "application/json", body, headers);
  }

  private static Wire.Answer postAs(
      RunningService service, String type, String body, String... headers) {
    try (var wire = new Wire(service.port())) {
      var head = new StringBuilder("POST /what-if HTTP/1.1\r\nHost: localhost\r\n");
      head.append("Content-Type: ").append(type).append("\r\n");
      head.append("Content-Length: ")
          .append(body.getBytes(StandardCharsets.UTF_8).length)
          .append("\r\n");
      for (String header : headers) {
        head.append(header).append("\r\n");
      }
      wire.send(head + "\r\n" + body);
      return wire.read(false);
    }
  }

  private static Map<String, @Nullable Object> member(
      Map<String, @Nullable Object> object, String name) {
    return Parsed.objectOf(Object.class, object.get(name));
  }

  @Test
  void bodiesOfManyClients_areBoundedTogether_andRoomComesBack() throws IOException {
    String half = "{\"vms\":[\"" + "x".repeat(4_000_000);
    var clients = new ArrayList<Wire>();
    try (var service = serving()) {
      for (int client = 0; client < 16; client++) {
        clients.add(sending(service, half));
      }
      RunningService.await(
          "all of it has come in", () -> service.program.bodies.heldBytes() >= 16L * half.length());
      try (var oneMore = sending(service, half)) {
        var refused = oneMore.read(false);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(problem(refused)).isEqualTo("busy");
        assertThat(refused.header("Retry-After")).isPresent();
      }
      clients.forEach(Wire::close);
      clients.clear();
      RunningService.await("all of it is gone", () -> service.program.bodies.heldBytes() == 0);
      RunningService.await(
          "there is room again",
          () -> {
            try (var again = sending(service, half)) {
              again.send("\"]}" + " ".repeat(100_000 - 3));
              return again.read(false).status() == 400;
            }
          });
    } finally {
      clients.forEach(Wire::close);
    }
  }

  /// Sends the beginning of a body of 100,000 bytes more.
  private static Wire sending(RunningService service, String body) {
    var wire = new Wire(service.port());
    wire.send(
        "POST /what-if HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: "
            + (body.length() + 100_000)
            + "\r\n\r\n"
            + body);
    return wire;
  }

  @Test
  void whatIf_ofANamedVm_saysWhoGoes_andChangesNothing() throws IOException {
    try (var service = serving()) {
      var answer = post(service, "{\"remove_rules\":[\"fw-1\"],\"vms\":[\"x\"]}");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Cache-Control")).contains("no-store");
      assertThat(answer.header("ETag")).isEmpty();
      assertThat(answer.text())
          .isEqualTo(
              """
              {"edits":{"removed_rule_count":1,\
              "removed_rules":[{"fw_id":"fw-1","source_tag":"a","dest_tag":"b"}],\
              "added_rule_count":0,"added_rules":[],"removed_tag_count":0,"removed_tags":[],\
              "added_tag_count":0,"added_tags":[],"removed_vm_count":0,"removed_vms":[],\
              "idle_rule_count":0,"idle_rules":[],"idle_tag_count":0,"idle_tags":[]},\
              "vms":[{"vm_id":"x","name":null,"removed":false,\
              "attackers":{"before":2,"after":1,"gained_count":0,"gained":[],\
              "lost_count":1,"lost":["a"]},\
              "victims":{"before":0,"after":0,"gained_count":0,"gained":[],\
              "lost_count":0,"lost":[]},\
              "gained_through":null,"lost_through":{"rule_count":1,\
              "rules":[{"fw_id":"fw-1","source_tag":"a","dest_tag":"b"}],\
              "path":{"from":"a","from_name":null,"to":"x","to_name":null,"hops":[\
              {"from":"a","from_name":null,"to":"m","to_name":null,\
              "rules":[{"fw_id":"fw-1","source_tag":"a","dest_tag":"b"}]},\
              {"from":"m","from_name":null,"to":"x","to_name":null,\
              "rules":[{"fw_id":"fw-2","source_tag":"c","dest_tag":"d"}]}\
              ]}}}],"environment":null,"limit":100}\
              """);
      assertThat(ids(service.get("/attack?vm_id=x"))).containsExactlyInAnyOrder("a", "m");
    }
  }

  @Test
  void whatIf_ofTheEnvironment_countsPairs() throws IOException {
    try (var service = serving()) {
      var body =
          """
          {"remove_rules":[{"source_tag":"c","dest_tag":"d"}],
           "add_rules":[{"source_tag":"d","dest_tag":"a","fw_id":"fw-3"}],
           "environment":true,"worst":1}
          """;
      var environment = member(object(post(service, body)), "environment");
      // Before a->m, a->x, m->x; after a->m, x->a, x->m.
      assertThat(environment)
          .containsEntry("pairs_before", 3L)
          .containsEntry("pairs_after", 3L)
          .containsEntry("pairs_gained", 2L)
          .containsEntry("pairs_lost", 2L)
          .containsEntry("grown_vms", 2L)
          .containsEntry("shrunk_vms", 1L)
          .containsEntry("truncated", false);
      assertThat(Parsed.listOf(Object.class, environment.get("worst"))).hasSize(1);
      assertThat(post(service, body, "Accept: text/csv").text())
          .isEqualTo(
              """
              kind,vm_id,attackers_before,attackers_after,gained,lost,name
              changed,x,2,0,0,2,
              truncated worst,,,,,,
              """);
    }
  }

  @Test
  void whatIf_malformed_is400_andNamesWhatIsWrong() throws IOException {
    try (var service = serving()) {
      for (String body :
          new String[] {
            "",
            "{",
            "[]",
            "{} {}",
            "{\"remove_rule\":[]}",
            "{\"remove_rules\":[1]}",
            "{\"remove_vms\":[\"m\"],\"remove_vms\":[\"x\"]}",
            "{\"remove_vms\":\"m\"}",
            "{\"add_tags\":[{\"vm_id\":\"m\"}]}",
            "{\"add_tags\":[{\"vm_id\":\"m\",\"tag\":\"\"}]}",
            "{\"remove_vms\":[\"m\"],\"limit\":-1}",
            "{\"remove_vms\":[\"m\"],\"environment\":1}",
            "{}"
          }) {
        var answer = post(service, body);
        assertThat(answer.status()).as(body).isEqualTo(400);
        assertThat(problem(answer)).isEqualTo("invalid-body");
      }
      assertThat(object(post(service, "{\"remove_rule\":[]}")).get("detail"))
          .isEqualTo(
              "The body cannot be read: line 1, column 16: there is no member \"remove_rule\";"
                  + " known are add_rules, add_rules_like, add_tags, environment, limit,"
                  + " narrow_rules, remove_rules, remove_tags, remove_vms, vms, worst.");
    }
  }

  @Test
  void whatIf_ofWhatIsNotThere_isRefusedByName() throws IOException {
    try (var service = serving()) {
      var rule = post(service, "{\"remove_rules\":[\"fw-9\"]}");
      assertThat(rule.status()).isEqualTo(422);
      assertThat(problem(rule)).isEqualTo("edits-refused");
      assertThat(object(rule).get("detail"))
          .isEqualTo("The edits name \"fw-9\": no rule has this id.");
      for (String body :
          new String[] {
            "{\"remove_vms\":[\"mm\"]}",
            "{\"remove_vms\":[\"m\"],\"vms\":[\"mm\"]}",
            "{\"add_tags\":[{\"vm_id\":\"mm\",\"tag\":\"a\"}]}"
          }) {
        var vm = post(service, body);
        assertThat(vm.status()).isEqualTo(404);
        assertThat(problem(vm)).isEqualTo("unknown-vm");
        assertThat(object(vm).get("detail")).asString().contains("\"mm\"");
      }
    }
  }

  @Test
  void whatIf_isNotForForeignPages_norForForms_norForTooMuch() throws IOException {
    try (var service = serving()) {
      String body = "{\"remove_vms\":[\"m\"]}";
      assertThat(post(service, body, "Origin: http://evil.example").status()).isEqualTo(403);
      assertThat(postAs(service, "text/plain", body).status()).isEqualTo(415);
      assertThat(service.get("/what-if").status()).isEqualTo(405);
      var edits = new StringBuilder("{\"remove_vms\":[");
      for (int i = 0; i <= 10_000; i++) {
        edits.append(i == 0 ? "" : ",").append("\"m\"");
      }
      var many = post(service, edits.append("]}").toString());
      assertThat(many.status()).isEqualTo(400);
      assertThat(object(many).get("detail"))
          .asString()
          .contains("there are more than 10000 edits; send fewer at a time");
    }
  }

  @Test
  void changes_beforeASecondLoad_isNotThere() throws IOException {
    try (var service = serving()) {
      var answer = service.get("/changes");
      assertThat(answer.status()).isEqualTo(404);
      assertThat(problem(answer)).isEqualTo("nothing-before");
    }
  }

  @Test
  void changes_comparesWithTheEnvironmentBefore() throws IOException {
    try (var service = serving()) {
      String first = (String) object(service.get("/environment")).get("version");
      RunningService.write(
          folder.resolve("cloud.json"), CLOUD.replace("\"c\", \"dest", "\"a\", \"dest"));
      assertThat(service.reload().status()).isEqualTo(200);
      String second = (String) object(service.get("/environment")).get("version");
      var changes = object(service.get("/changes"));
      assertThat(member(changes, "before")).containsEntry("name", first);
      assertThat(member(changes, "after")).containsEntry("name", second);
      assertThat(member(changes, "rules"))
          .containsEntry("added_count", 1L)
          .containsEntry("removed_count", 1L);
      // m -> x is gone; a -> x was there over m and is there directly.
      assertThat(member(changes, "surfaces"))
          .containsEntry("pairs_before", 3L)
          .containsEntry("pairs_after", 2L)
          .containsEntry("pairs_lost", 1L);
      assertThat(service.get("/changes?limit=0&worst=20", "Accept: text/plain").text())
          .isEqualTo(
              """
                and 1 more of these rules
                and 1 more of these rules
              attacks between two VMs: 3 before, 2 after; 0 new, 1 gone
              surfaces: 0 grew, 1 shrank
              x: 2 attackers before, 1 after (-1)
                lost through 1 more rule
                lost, for one: m -> x (fw-2)
              """);

      // Back to the first: the same change, the other way round.
      RunningService.write(folder.resolve("cloud.json"), CLOUD);
      assertThat(service.reload().status()).isEqualTo(200);
      var back = object(service.get("/changes"));
      assertThat(member(back, "before")).containsEntry("name", second);
      assertThat(member(back, "surfaces")).containsEntry("pairs_gained", 1L);
      assertThat(service.get("/changes?limit=10001").status()).isEqualTo(400);
    }
  }
}
