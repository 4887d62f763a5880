package io.surfacescan.service;

import static io.surfacescan.service.RunningService.ids;
import static io.surfacescan.service.RunningService.object;
import static io.surfacescan.service.RunningService.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.testkit.Scenario;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The contract of DESIGN 4.1 but for reloading, on an environment of one target, two ways to it
/// and a crowd that attacks another target.
class HttpTest {
  /// Enough that the answer about `crowded` takes many writes, in every format.
  private static final int CROWD = 20_000;

  private static final String TARGET = "db/1 \"prod\";a+b|é😀";

  @TempDir static Path folder;
  private static RunningService service;

  @BeforeAll
  static void start() throws IOException {
    var vms = new ArrayList<String>();
    vms.add(vm("bastion", "admin"));
    vms.add(vm("web,1", "web", "jump"));
    vms.add(vm(TARGET.replace("\"", "\\\""), "db"));
    vms.add(vm("lonely", "alone"));
    for (int i = 0; i < CROWD; i++) {
      vms.add(vm("crowd-%06d-of-many".formatted(i), "crowd"));
    }
    vms.add(vm("crowded", "stage"));
    String document =
        """
        {"vms": [%s],
         "fw_rules": [
           {"fw_id": "1", "source_tag": "admin", "dest_tag": "web"},
           {"fw_id": "2", "source_tag": "jump", "dest_tag": "db"},
           {"fw_id": "3", "source_tag": "crowd", "dest_tag": "stage"}]}
        """
            .formatted(String.join(",\n", vms));
    Files.writeString(folder.resolve("cloud.json"), document);
    service = RunningService.of(folder);
  }

  private static String vm(String id, String... tags) {
    return """
    {"vm_id": "%s", "name": "n", "tags": ["%s"]}\
    """
        .formatted(id, String.join("\", \"", tags));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static String attack(String vmId, String... more) {
    return "/attack?vm_id="
        + URLEncoder.encode(vmId, StandardCharsets.UTF_8)
        + String.join("", more);
  }

  @Test
  void attack_listsEveryAttacker_asBareJson() {
    var answer = service.get(attack(TARGET));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).hasValue("application/json");
    assertThat(answer.text()).isIn("[\"bastion\",\"web,1\"]", "[\"web,1\",\"bastion\"]");
    assertThat(answer.header("X-Total-Count")).hasValue("2");
    assertThat(answer.header("Vary")).hasValue("Accept, Accept-Encoding");
    assertThat(answer.header("Link")).isEmpty();
  }

  @Test
  void attack_ofAnIsolatedVm_isAnEmptyList() {
    assertThat(service.get(attack("lonely")).text()).isEqualTo("[]");
    assertThat(service.get(attack("lonely")).header("Content-Length")).hasValue("2");
  }

  @Test
  void attack_withinHops_listsThoseOnly() {
    assertThat(ids(service.get(attack(TARGET, "&max_hops=1")))).containsExactly("web,1");
    assertThat(ids(service.get(attack(TARGET, "&max_hops=2")))).hasSize(2);
  }

  @Test
  void attack_onALongAnswer_listsEachOnce() {
    var answer = service.get(attack("crowded"));
    assertThat(ids(answer)).hasSize(CROWD).doesNotHaveDuplicates();
    assertThat(answer.header("Content-Length")).hasValue(Integer.toString(answer.body().length));
  }

  @ParameterizedTest
  @CsvSource({
    "application/x-ndjson, application/x-ndjson",
    "text/csv, text/csv; charset=utf-8",
    "text/plain, text/plain; charset=utf-8",
  })
  void attack_inOtherFormats_hasTheSameIdsInTheSameOrder(String accept, String type) {
    var json = ids(service.get(attack("crowded")));
    var answer = service.get(attack("crowded"), "Accept: " + accept);
    assertThat(answer.header("Content-Type")).hasValue(type);
    var lines = new ArrayList<>(answer.text().lines().toList());
    if (accept.equals("text/csv")) {
      assertThat(lines.removeFirst()).isEqualTo("vm_id");
    }
    lines.replaceAll(line -> line.replace("\"", ""));
    assertThat(lines).isEqualTo(json);
    assertThat(answer.text()).endsWith("\n");
  }

  @Test
  void attack_inShortOtherFormats_hasALength() {
    var csv = service.get(attack(TARGET), "Accept: text/csv");
    assertThat(csv.text().lines()).containsExactlyInAnyOrder("vm_id", "bastion", "\"web,1\"");
    assertThat(csv.header("Content-Length")).hasValue(Integer.toString(csv.body().length));
    var none = service.get(attack("lonely"), "Accept: text/plain");
    assertThat(none.body()).isEmpty();
    assertThat(none.header("Content-Length")).hasValue("0");
  }

  @Test
  void attack_ifNoFormatWillDo_is406() {
    var answer = service.get(attack(TARGET), "Accept: image/png");
    assertThat(answer.status()).isEqualTo(406);
    assertThat(problem(answer)).isEqualTo("not-acceptable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/csv"})
  void attack_zipped_isTheSameBytes(String accept) throws IOException {
    var plain = service.get(attack("crowded"), "Accept: " + accept);
    var zipped =
        service.get(attack("crowded"), "Accept: " + accept, "Accept-Encoding: gzip, deflate, br");
    assertThat(zipped.header("Content-Encoding")).hasValue("gzip");
    assertThat(zipped.body().length).isLessThan(plain.body().length / 2);
    try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
      assertThat(unzipped.readAllBytes()).isEqualTo(plain.body());
    }
  }

  @Test
  void attack_ofAShortAnswer_isNotZipped() {
    var answer = service.get(attack(TARGET), "Accept-Encoding: gzip");
    assertThat(answer.header("Content-Encoding")).isEmpty();
    assertThat(ids(answer)).hasSize(2);
  }

  @Test
  void attack_tagsEveryFormAndCodingApart() {
    var tags = new TreeSet<String>();
    for (String accept : List.of("application/json", "application/x-ndjson", "text/csv", "*/*")) {
      for (String coding : List.of("identity", "gzip")) {
        var answer =
            service.get(attack("crowded"), "Accept: " + accept, "Accept-Encoding: " + coding);
        tags.add(answer.header("ETag").orElseThrow());
      }
    }
    assertThat(tags).hasSize(6);
  }

  @Test
  void attack_ifTheClientHasIt_is304WithoutABody() {
    for (String coding : List.of("identity", "gzip")) {
      var first = service.get(attack("crowded"), "Accept-Encoding: " + coding);
      String tag = first.header("ETag").orElseThrow();
      var second =
          service.get(
              attack("crowded"), "Accept-Encoding: " + coding, "If-None-Match: \"x\", W/" + tag);
      assertThat(second.status()).isEqualTo(304);
      assertThat(second.header("ETag")).hasValue(tag);
      assertThat(second.header("Vary")).hasValue("Accept, Accept-Encoding");
      assertThat(second.header("Content-Length")).isEmpty();
    }
    var other = service.get(attack("crowded"), "If-None-Match: \"x\"");
    assertThat(other.status()).isEqualTo(200);
  }

  @Test
  void attack_ifTheClientHasAnError_isTheErrorAgain() {
    var unknown = service.get(attack("nobody"), "If-None-Match: *");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.header("ETag")).isEmpty();
  }

  @Test
  void head_isTheHeadOfGet() {
    for (String target :
        List.of(
            attack("crowded"),
            attack(TARGET),
            attack("nobody"),
            "/attack",
            "/nowhere",
            "/reload",
            "/environment")) {
      for (String accept : List.of("application/json", "text/csv", "image/png")) {
        for (String coding : List.of("identity", "gzip")) {
          String[] headers = {"Accept: " + accept, "Accept-Encoding: " + coding, "X-Request-ID: 1"};
          var get = service.get(target, headers);
          var head = service.ask("HEAD", target, headers);
          var expected = new java.util.TreeMap<>(get.headers());
          // Chunks are a way to send a body, which a head has not.
          expected.remove("transfer-encoding");
          expected.remove("Transfer-Encoding");
          assertThat(head.status()).isEqualTo(get.status());
          assertThat(head.headers()).as("%s %s %s", target, accept, coding).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void attack_pageByPage_isTheWholeAnswer() {
    var whole = ids(service.get(attack("crowded")));
    var pages = new ArrayList<String>();
    var next = Optional.of(attack("crowded", "&limit=7000"));
    var sizes = new ArrayList<Integer>();
    while (next.isPresent()) {
      var page = service.get(next.get());
      assertThat(page.header("X-Total-Count")).hasValue(Integer.toString(CROWD));
      sizes.add(ids(page).size());
      pages.addAll(ids(page));
      next =
          page.header("Link")
              .map(link -> {
                assertThat(link).startsWith("<").endsWith(">; rel=\"next\"");
                return link.substring(1, link.indexOf('>'));
              });
    }
    assertThat(sizes).containsExactly(7000, 7000, 6000);
    assertThat(pages).isEqualTo(whole);
  }

  @Test
  void attack_ofLimitZero_answersTheCountAlone() {
    var answer = service.get(attack("crowded", "&limit=0"));
    assertThat(answer.text()).isEqualTo("[]");
    assertThat(answer.header("X-Total-Count")).hasValue(Integer.toString(CROWD));
    assertThat(answer.header("Link")).isEmpty();
  }

  @Test
  void attack_inPagesOfAnyOrder_isTheSameSet() {
    var whole = ids(service.get(attack("crowded", "")));
    for (String order : List.of("id", "hops", "input")) {
      var sorted = ids(service.get(attack("crowded", "&sort=" + order)));
      assertThat(sorted).containsExactlyInAnyOrderElementsOf(whole);
      if (order.equals("id")) {
        assertThat(sorted).isSorted();
      }
      var page = service.get(attack("crowded", "&sort=" + order + "&limit=3"));
      String next = page.header("Link").orElseThrow();
      var second = service.get(next.substring(1, next.indexOf('>')));
      assertThat(ids(page)).isEqualTo(sorted.subList(0, 3));
      assertThat(ids(second)).isEqualTo(sorted.subList(3, 6));
    }
  }

  @Test
  void attack_withHops_andWhy_areObjects_alsoWhenTheyAreMany() {
    var small = service.get(attack(TARGET, "&hops=true&limit=1"));
    assertThat(small.text()).startsWith("[{\"vm_id\":").endsWith("}]").contains("\"hops\":");
    var why = service.get(attack(TARGET, "&why=true&limit=1"));
    assertThat(why.text()).contains("\"first_rule\":{\"fw_id\":");
    var many = service.get(attack("crowded", "&hops=true"));
    assertThat(many.header("X-Total-Count")).hasValue(Integer.toString(CROWD));
    assertThat(many.header("Transfer-Encoding")).hasValue("chunked");
    assertThat(many.text().split("\"vm_id\"", -1)).hasSize(CROWD + 1);
    assertThat(many.text()).endsWith("}]");
  }

  @Test
  void vm_hasTheSizesOfItsLists() {
    var vm = object(service.get("/vm?vm_id=crowded"));
    assertThat(vm).containsEntry("vm_id", "crowded").containsEntry("attackers", (long) CROWD);
    assertThat(problem(service.get("/vm?vm_id=nobody"))).isEqualTo("unknown-vm");
    assertThat(problem(service.get("/vm"))).isEqualTo("missing-parameter");
  }

  @Test
  void askedAgain_theAnswerIsTheSame_inEveryFormAndCoding() {
    for (String form : List.of("application/json", "text/csv", "text/plain")) {
      String target = "/vms?id=crowd&limit=2&sort=id";
      var first = service.get(target, "Accept: " + form);
      var again = service.get(target, "Accept: " + form);
      assertThat(again.text()).isEqualTo(first.text()).isNotEmpty();
      for (String header : List.of("ETag", "Link", "X-Total-Count", "Content-Type")) {
        assertThat(again.header(header)).isPresent().isEqualTo(first.header(header));
      }
      var tag = again.header("ETag").orElseThrow();
      assertThat(service.get(target, "Accept: " + form, "If-None-Match: " + tag).status())
          .isEqualTo(304);
      var compressed = service.get(target, "Accept: " + form, "Accept-Encoding: gzip");
      var compressedTag = compressed.header("ETag").orElseThrow();
      assertThat(compressedTag).endsWith("-gzip\"");
      assertThat(service.get(target, "Accept: " + form, "Accept-Encoding: gzip").header("ETag"))
          .hasValue(compressedTag);
    }
  }

  @Test
  void vms_inPages_areAllVms_largestFirst() {
    var first = service.get("/vms?sort=attackers&limit=600");
    assertThat(first.text()).startsWith("[{\"vm_id\":\"crowded\",");
    int total = Integer.parseInt(first.header("X-Total-Count").orElseThrow());
    int listed = 0;
    var next = Optional.of("/vms?sort=attackers&limit=1000");
    while (next.isPresent()) {
      var page = service.get(next.get());
      listed += page.text().split("\"vm_id\"", -1).length - 1;
      next = page.header("Link").map(link -> link.substring(1, link.indexOf('>')));
    }
    assertThat(listed).isEqualTo(total).isGreaterThan(CROWD);
    assertThat(problem(service.get("/vms?limit=1001"))).isEqualTo("invalid-parameter");
    assertThat(problem(service.get("/vms?sort=size"))).isEqualTo("invalid-parameter");
    assertThat(service.get("/vms?id=crowded").header("X-Total-Count")).hasValue("1");
    assertThat(service.get("/vms?id=nothing+like+it").text()).isEqualTo("[]");
  }

  @Test
  void vms_collapsed_haveFewerRows_withTheirNumbers() {
    var collapsed = service.get("/vms?collapse=true&limit=1000");
    var numbers = Pattern.compile("\"vms\":(\\d+)").matcher(collapsed.text());
    int vms = 0;
    while (numbers.find()) {
      vms += Integer.parseInt(numbers.group(1));
    }
    var all = service.get("/vms?limit=0");
    assertThat(Integer.toString(vms)).isEqualTo(all.header("X-Total-Count").orElseThrow());
    assertThat(all.text()).isEqualTo("[]");
  }

  @Test
  void report_isStreamed_andAsRowsInCsv() {
    var report = service.get("/report?sort=attackers&hops=true");
    assertThat(report.status()).isEqualTo(200);
    assertThat(object(report))
        .containsKeys("summary", "findings", "vms")
        .containsEntry("truncated", false);
    var csv = service.get("/report?limit=3", "Accept: text/csv");
    assertThat(csv.text().lines()).hasSize(4);
    assertThat(csv.text())
        .startsWith(
            "vm_id,name,attackers,direct_attackers,blast_radius,direct_blast_radius,on_cycle\n");
  }

  @Test
  void blastRadius_ofAnAttacker_namesTheVm() {
    var attackers = ids(service.get(attack(TARGET, "")));
    assertThat(attackers).isNotEmpty();
    for (String attacker : attackers) {
      String query = "/blast-radius?vm_id=" + URLEncoder.encode(attacker, StandardCharsets.UTF_8);
      assertThat(ids(service.get(query))).contains(TARGET);
      assertThat(service.get(query + "&why=true").text()).contains("\"last_rule\"");
    }
    assertThat(problem(service.get("/blast-radius?vm_id=nobody"))).isEqualTo("unknown-vm");
  }

  @Test
  void attack_thePageAfter_keepsTheQuestion() {
    var page = service.get(attack(TARGET, "&limit=1&max_hops=2"));
    String next = page.header("Link").orElseThrow();
    assertThat(next).contains("&limit=1&max_hops=2&after=");
    var last = service.get(next.substring(1, next.indexOf('>')));
    assertThat(ids(last)).hasSize(1).doesNotContainAnyElementsOf(ids(page));
    assertThat(last.header("Link")).isEmpty();

    String cursor = next.substring(next.indexOf("after=") + 6, next.indexOf('>'));
    var other = service.get(attack(TARGET, "&after=" + cursor));
    assertThat(problem(other)).isEqualTo("invalid-cursor");
    var broken = service.get(attack(TARGET, "&after=x" + cursor));
    assertThat(broken.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "/attack, missing-parameter",
    "/attack?, missing-parameter",
    "/attack?vm_id=, empty-parameter",
    "/attack?vm_id=a&vm_id=b, repeated-parameter",
    "/attack?vm_id=a&max_hop=1, unknown-parameter",
    "/attack?vm_id=a&max_hops=0, invalid-parameter",
    "/attack?vm_id=a&limit=x, invalid-parameter",
    "/attack?vm_id=%zz, malformed-query",
    "/attack?vm_id=%ff, malformed-query",
    "/stats?since=1, unknown-parameter",
    "/stats?from=, empty-parameter",
    "/stats?from=1, invalid-parameter",
    "/stats?from=2026-13-01, invalid-parameter",
    "/stats?to=yesterday, invalid-parameter",
    "/stats?from=-5x, invalid-parameter",
    "/stats?step=30s, invalid-parameter",
    "/stats?step=0m, invalid-parameter",
    "/stats?scope=all, invalid-parameter",
    "/stats?from=-1h&to=-2h, invalid-parameter",
    "/stats?from=2999-01-01, invalid-parameter",
    "/stats?step=PT9223372036854775800S, invalid-parameter",
    "/environment?x, unknown-parameter",
  })
  void badQueries_are400(String target, String kind) {
    var answer = service.get(target);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(problem(answer)).isEqualTo(kind);
    assertThat(answer.header("Cache-Control")).hasValue("no-store");
  }

  @Test
  void attack_onAnUnknownVm_is404_withIdsLikeIt() {
    RunningService.await(
        "the ids are found within their few milliseconds",
        () -> {
          var answer = service.get(attack("webb,1"));
          assertThat(answer.status()).isEqualTo(404);
          assertThat(problem(answer)).isEqualTo("unknown-vm");
          return object(answer).get("nearest") instanceof List<?> nearest
              && nearest.getFirst().equals("web,1");
        });
  }

  @Test
  void attack_onAVeryLongId_is404_andABitLonger414() {
    assertThat(problem(service.get(attack("\u00e9".repeat(32 * 1024))))).isEqualTo("unknown-vm");
    var answer = service.get(attack("x".repeat(201 * 1024)));
    assertThat(answer.status()).isEqualTo(414);
    assertThat(problem(answer)).isEqualTo("uri-too-long");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /, 405, method-not-allowed",
    "GET, /page, 404, unknown-route",
    "GET, /page/0123/app.js, 404, unknown-route",
    "GET, /page/../stats, 404, unknown-route",
    "GET, /Attack, 404, unknown-route",
    "GET, /attack/, 404, unknown-route",
    "GET, /docs/../stats, 404, unknown-route",
    "GET, //attack, 404, unknown-route",
    "GET, nowhere, 400, malformed-request",
    "OPTIONS, *, 400, malformed-request",
    "POST, /attack, 405, method-not-allowed",
    "DELETE, /stats, 405, method-not-allowed",
    "OPTIONS, /environment, 405, method-not-allowed",
    "TRACE, /health, 405, method-not-allowed",
    "BREW, /metrics, 405, method-not-allowed",
    "GET, /reload, 405, method-not-allowed",
  })
  void whatIsNotThere_isAProblem(String method, String target, int status, String kind) {
    var answer = service.ask(method, target);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(problem(answer)).isEqualTo(kind);
  }

  @Test
  void wrongMethods_areToldTheRightOnes() {
    assertThat(service.ask("POST", "/stats").header("Allow")).hasValue("GET, HEAD");
    assertThat(service.ask("PUT", "/reload").header("Allow")).hasValue("POST");
  }

  @Test
  void absoluteTargets_areAnswered_ifTheirHostIs() {
    assertThat(service.get("http://localhost/stats").status()).isEqualTo(200);
    assertThat(service.get("HTTP://127.0.0.1:8001/attack?vm_id=lonely").text()).isEqualTo("[]");
    assertThat(service.get("http://evil.example/stats").status()).isEqualTo(421);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example",
        "Host: localhost.evil.example",
        "Host:",
        "Host: [::2]:8001",
        "Host: %65vil.example:80",
      })
  void otherHosts_areMisdirected(String host) {
    for (String target : List.of("/stats", "/nowhere", attack("lonely"))) {
      var answer = service.get(target, host);
      assertThat(answer.status()).isEqualTo(421);
      assertThat(problem(answer)).isEqualTo("misdirected");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X: y",
        "Host: localhost\r\nHost: localhost",
        "Host: localhost\r\nHost: evil.example",
        "Host: a b",
        "Host: localhost, localhost",
        "Host: localhost:80:80",
        "Host: localhost:x",
        "Host: user@localhost",
        "Host: localhost/",
        "Host: [::1",
        "Host: %zz",
      })
  void noHost_orTwo_orNone_isMalformed(String header) {
    try (var wire = new Wire(service.port())) {
      wire.send("GET /stats HTTP/1.1\r\n" + header + "\r\n\r\n");
      var answer = wire.read(false);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(problem(answer)).isEqualTo("malformed-request");
      assertThat(answer.header("Connection")).hasValue("close");
      assertThat(wire.isClosedByService()).isTrue();
    }
  }

  @Test
  void oldClientsWithoutHost_areMisdirected() {
    try (var wire = new Wire(service.port())) {
      wire.send("GET /stats HTTP/1.0\r\n\r\n");
      assertThat(wire.read(false).status()).isEqualTo(421);
    }
  }

  @Test
  void requestIds_areEchoedIfSane_elseMade() {
    assertThat(service.get("/stats", "X-Request-ID: a-1_b.C:/+=@").header("X-Request-ID"))
        .hasValue("a-1_b.C:/+=@");
    for (String odd : List.of("<script>", "a b", "x".repeat(129), "é")) {
      assertThat(service.get("/stats", "X-Request-ID: " + odd).header("X-Request-ID"))
          .hasValueSatisfying(id -> assertThat(id).matches("[0-9a-f]{16}"));
    }
    var problem = service.get("/nowhere", "X-Request-ID: mine");
    assertThat(object(problem)).containsEntry("request_id", "mine");
  }

  @Test
  void everyAnswer_namesTheEnvironmentItIsMadeFrom() {
    var version = String.valueOf(object(service.get("/environment")).get("version"));
    String tag = service.get(attack("crowded")).header("ETag").orElseThrow();
    var answers =
        List.of(
            service.get(attack("crowded")),
            service.get(attack("crowded"), "If-None-Match: " + tag),
            service.get(attack("nobody")),
            service.get("/vm?vm_id=crowded"),
            service.get("/vms", "Accept: text/csv", "Accept-Encoding: gzip"),
            service.get("/vms", "Accept: image/png"),
            service.get("/attack"),
            service.get("/environment"),
            service.get("/stats"),
            service.get("/nowhere"),
            service.ask("DELETE", "/stats"),
            service.ask("HEAD", "/stats"));
    assertThat(answers).extracting(Wire.Answer::status).contains(200, 304, 400, 404, 405, 406);
    assertThat(answers)
        .allSatisfy(answer -> assertThat(answer.header("X-Environment-Version")).hasValue(version));
  }

  @Test
  void whoIsNotServed_learnsNothingOfTheEnvironment() {
    var answer = service.get("/stats", "Host: evil.example");
    assertThat(answer.status()).isEqualTo(421);
    assertThat(answer.headers()).doesNotContainKey("X-Environment-Version");
  }

  @Test
  void everyAnswer_forbidsGuessingItsTypeAndEmbeddingIt() {
    for (String target : List.of("/stats", "/nowhere", attack("crowded"), attack("nobody"))) {
      var answer = service.get(target);
      assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(answer.header("Cross-Origin-Resource-Policy")).hasValue("same-origin");
      assertThat(answer.header("Content-Security-Policy"))
          .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
    }
  }

  @Test
  void requestsSentAtOnce_areAnsweredInTheirOrder_howeverMany() {
    int count = 1_000;
    try (var wire = new Wire(service.port())) {
      var requests = new StringBuilder();
      for (int i = 0; i < count; i++) {
        requests.append(Wire.head("GET", "/vms?limit=1", "X-Request-ID: " + i));
      }
      wire.send(requests.toString());
      for (int i = 0; i < count; i++) {
        var answer = wire.read(false);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-Request-ID")).hasValue(Integer.toString(i));
      }
    }
  }

  @Test
  void requestsAndBodiesSentAtOnce_areAnsweredInTheirOrder() {
    try (var wire = new Wire(service.port())) {
      String pair =
          Wire.head("POST", "/what-if", "Content-Type: application/json", "Content-Length: 2")
              + "{}"
              + Wire.head("GET", "/health-not-here");
      int alone = service.ask("POST", "/what-if", "Content-Length: 0").status();
      assertThat(alone).isEqualTo(415);
      wire.send(pair.repeat(100));
      for (int i = 0; i < 100; i++) {
        assertThat(wire.read(false).status()).isEqualTo(400);
        assertThat(wire.read(false).status()).isEqualTo(404);
      }
    }
  }

  @Test
  void oldClients_getLongAnswersUntilTheConnectionCloses() {
    try (var wire = new Wire(service.port())) {
      wire.send(
          "GET "
              + attack("crowded")
              + " HTTP/1.0\r\nHost: localhost\r\nAccept: text/plain\r\n\r\n");
      var answer = wire.read(false);
      assertThat(answer.headers()).doesNotContainKey("Transfer-Encoding");
      assertThat(answer.text().lines().count()).isEqualTo(CROWD);
    }
  }

  @Test
  void requestsInARow_areAnsweredInOrder() {
    try (var wire = new Wire(service.port())) {
      var expected = new ArrayList<String>();
      var requests = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        String vm = List.of("lonely", "crowded", "nobody").get(i % 3);
        requests.append(Wire.head("GET", attack(vm)));
        expected.add(vm);
      }
      wire.send(requests.toString());
      for (String vm : expected) {
        var answer = wire.read(false);
        switch (vm) {
          case "lonely" -> assertThat(answer.text()).isEqualTo("[]");
          case "crowded" -> assertThat(answer.header("X-Total-Count")).hasValue("" + CROWD);
          default -> assertThat(answer.status()).isEqualTo(404);
        }
      }
    }
  }

  @Test
  void brokenRequests_areProblems_countedApart_andEndTheConnection() {
    long before = rejected();
    var broken =
        Map.of(
            "NONSENSE\r\n\r\n",
            "malformed-request",
            "GET / HTTP/9.9.9\r\n\r\n",
            "malformed-request",
            "GET / HTTP/1.1\r\nno colon\r\n\r\n",
            "malformed-request",
            "GET / HTTP/1.1\r\nX: " + "x".repeat(17_000) + "\r\n\r\n",
            "headers-too-large");
    broken.forEach((request, kind) -> {
      try (var wire = new Wire(service.port())) {
        wire.send(request);
        assertThat(problem(wire.read(false))).isEqualTo(kind);
        assertThat(wire.isClosedByService()).isTrue();
      }
    });
    assertThat(rejected() - before).isEqualTo(broken.size());
  }

  private static long rejected() {
    return Parsed.number(object(service.get("/stats")), "rejected_count");
  }

  @Test
  void stats_beginWithWhatTheOriginalHad() {
    var answer = service.get("/stats");
    assertThat(answer.text())
        .matches(
            "\\{\"vm_count\":20005,\"request_count\":\\d+,\"average_request_time\":[\\d.]+,.*");
    assertThat(object(answer)).containsEntry("scope", "process");
    assertThat(answer.header("Cache-Control")).hasValue("no-store");
  }

  @Test
  void environment_tellsWhatIsServed() {
    var environment = object(service.get("/environment"));
    assertThat(environment)
        .containsEntry("vm_count", CROWD + 5L)
        .containsEntry("rule_count", 3L)
        .containsEntry("tag_count", 7L)
        .containsEntry("paths", List.of(folder.toString()))
        .containsEntry("last_refused_load", null);
    assertThat(service.get(attack(TARGET)).header("ETag"))
        .hasValue("\"" + environment.get("version") + "-json\"");
  }

  @ParameterizedTest
  @MethodSource("io.surfacescan.testkit.Scenario#all")
  void scenarios_areAnsweredAsWorkedOutByHand(Scenario scenario, @TempDir Path data)
      throws IOException {
    Files.writeString(data.resolve("environment.json"), scenario.document());
    try (var running = RunningService.of(data)) {
      for (String vm : scenario.attackers().keySet()) {
        assertThat(new TreeSet<>(ids(running.get(attack(vm)))))
            .as(vm)
            .isEqualTo(scenario.surface(vm));
        for (int hops = 1; hops <= 3; hops++) {
          assertThat(new TreeSet<>(ids(running.get(attack(vm, "&max_hops=" + hops)))))
              .as("%s within %d", vm, hops)
              .isEqualTo(scenario.attackersWithin(vm, hops));
        }
      }
      for (String id : scenario.unknown()) {
        assertThat(running.get(attack(id)).status()).as(id).isEqualTo(404);
      }
    }
  }

  @Test
  void problemDocuments_haveTheSameMembersEverywhere() {
    var document = object(service.get("/nowhere"));
    assertThat(List.copyOf(document.keySet()))
        .containsExactly("type", "title", "status", "detail", "request_id");
    assertThat(document)
        .containsEntry("type", "urn:surfacescan:problem:unknown-route")
        .containsEntry("title", "There is nothing at this path")
        .containsEntry("status", 404L)
        .containsEntry("detail", "There is nothing at \"/nowhere\"; see /docs.");
    assertThat(document.get("request_id")).asString().matches("[0-9a-f]{16}");
  }
}
