package io.surfacescan.service;

import static io.surfacescan.service.RunningService.object;
import static io.surfacescan.service.RunningService.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that are made to be understood in two ways, to end up in headers or pages, or to learn
/// from how well an answer is compressed.
class HostileRequestsTest {
  /// Answered only if the bytes before it were taken for a whole request.
  private static final String SMUGGLED = Wire.head("GET", "/stats");

  private static final String POST =
      "POST /reload HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  private static final String GET = "GET /stats HTTP/1.1\r\nHost: localhost\r\n";

  @TempDir static Path folder;
  private static RunningService service;

  @BeforeAll
  static void start() throws IOException {
    var crowd = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      crowd.append("{\"vm_id\": \"crowd-%d\", \"tags\": [\"a\"]},".formatted(i));
    }
    Files.writeString(
        folder.resolve("cloud.json"),
        """
        {"vms": [%s {"vm_id": "x\\r\\nX-Evil: 1\\r\\n\\r\\n<script>", "tags": ["x"]}],
         "fw_rules": [{"source_tag": "a", "dest_tag": "x"}]}
        """
            .formatted(crowd));
    service = RunningService.of(folder);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static void assertRefused(String request) {
    try (var wire = new Wire(service.port())) {
      wire.send(request + SMUGGLED);
      var answer = wire.read(false);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(problem(answer)).isEqualTo("malformed-request");
      assertThat(answer.header("Connection")).hasValue("close");
      assertThat(wire.rest()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        "Content-Length: 0\r\nContent-Length: 5\r\n\r\n",
        "Content-Length: 0\r\nContent-Length: 0\r\n\r\n",
        "Content-Length: 0, 0\r\n\r\n",
        "Content-Length: +2\r\n\r\n{}",
        "Content-Length: -1\r\n\r\n",
        "Content-Length: 0x2\r\n\r\n{}",
        "Content-Length:\r\n\r\n",
        "Content-Length: 18446744073709551616\r\n\r\n",
        "Content-Length : 2\r\n\r\n{}",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: identity\r\n\r\n",
        "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n",
      })
  void bodiesOfTwoLengths_areRefused(String rest) {
    assertRefused(POST + rest);
  }

  @Test
  void chunksFromBeforeThereWereAny_areRefused() {
    assertRefused(
        POST.replace("HTTP/1.1", "HTTP/1.0") + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\n{}\r\n0\r\n\r\n",
        "-1\r\n{}\r\n0\r\n\r\n",
        "0x2\r\n{}\r\n0\r\n\r\n",
        "FFFFFFFFF\r\n{}\r\n0\r\n\r\n",
        "2\n{}\r\n0\r\n\r\n",
        "2;\nxx\r\n{}\r\n0\r\n\r\n",
        "2\r\n{}xx0\r\n\r\n",
        "2\r\n{}\r\n0\r\nno colon\r\n\r\n",
        "2\u0000\r\n{}\r\n0\r\n\r\n",
        " 2\r\n{}\r\n0\r\n\r\n",
        "\t2\r\n{}\r\n0\r\n\r\n",
        "2 \r\n{}\r\n0\r\n\r\n",
        "\r\n2\r\n{}\r\n0\r\n\r\n",
        "2\r\r\n{}\r\n0\r\n\r\n",
        "80000000\r\n{}\r\n0\r\n\r\n",
        ";a=b\r\n{}\r\n0\r\n\r\n",
        "2\r\n{}\r\n 0\r\n\r\n",
        "2\r\n{}\r\n0\u0000\r\n\r\n",
      })
  void chunksThatMakeNoSense_areRefused(String body) {
    assertRefused(POST + "Transfer-Encoding: chunked\r\n\r\n" + body);
  }

  /// What needs no body is answered before the body is read.
  @Test
  void chunksThatMakeNoSense_areNoReasonForNoAnswer() {
    try (var wire = new Wire(service.port())) {
      wire.send(GET + "Transfer-Encoding: chunked\r\n\r\nzz\r\n");
      assertThat(wire.read(false).status()).isEqualTo(200);
      assertThat(wire.rest()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X : a",
        ": a",
        "X: a\rY: b",
        "X: a\u0000b",
        "X\u0000: a",
        "no colon",
      })
  void headersOfTwoMeanings_areRefused(String header) {
    assertRefused(GET + header + "\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /stats HTTP/1.1\r\n X: a\r\nHost: localhost\r\n\r\n",
        "GET /stats HTTP/1.1\nHost: localhost\n\n",
        "GET /attack?vm_id=a b HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /stats\r\n\r\n",
        "<script> /stats HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET\t/stats HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /stats\tHTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /stats\u000bHTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET\r/stats HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /stats\rHTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET  /stats HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /stats  HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /stats HTTP/1.1 \r\nHost: localhost\r\n\r\n",
        "GET /stats HTTP/1.1\r\r\nHost: localhost\r\n\r\n",
        "GET /stats\u007f HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /stats\u0000 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        " GET /stats HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "\nGET /stats HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "\rGET /stats HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "\u0000GET /stats HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/1.1x\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/01.1\r\nHost: localhost\r\n\r\n",
      })
  void firstLinesOfTwoMeanings_areRefused(String request) {
    assertRefused(request);
  }

  /// What the standard lets a server understand, understood as it says.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n\r\n" + GET + "\r\n",
        GET + "X: a\r\n b\r\n\r\n",
        POST + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n01\r\n}\r\n0\r\n\r\n",
        GET + "Content-Length: 10\r\n\r\n0123456789",
        GET + "Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
        POST + "Transfer-Encoding: CHUNKED\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        POST + "Transfer-Encoding:\r\n chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        POST + "Transfer-Encoding: chunked\r\n\r\n2;a=b\r\n{}\r\n0\r\nContent-Length: 5\r\n\r\n",
        GET + "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
        GET + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAM\r\n\r\n",
      })
  void unusualRequests_endWhereTheyEnd(String request) {
    try (var wire = new Wire(service.port())) {
      wire.send(request + SMUGGLED);
      assertThat(wire.read(false).status()).isEqualTo(200);
      assertThat(wire.read(false).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.2", "HTTP/2.0", "http/1.1"})
  void otherVersions_areRefused(String version) {
    assertRefused(GET.replace("HTTP/1.1", version) + "\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / EVIL/9.9", "GET / HTTP/9.9", "GET / http/1.1", "GET /", "\u0001"})
  void theStatusLine_repeatsNothingOfTheClient(String line) {
    try (var wire = new Wire(service.port())) {
      wire.send(line + "\r\nHost: localhost\r\n\r\n");
      assertThat(wire.rest()).startsWith("HTTP/1.1 400 Bad Request\r\n").doesNotContain("EVIL");
    }
  }

  @Test
  void bodiesAnnouncedAsTooLarge_areRefusedBeforeTheyCome() {
    String json = "Content-Type: application/json";
    for (String head :
        List.of(
            Wire.head("POST", "/reload", json, "Content-Length: 65537"),
            Wire.head("POST", "/what-if", json, "Content-Length: 4194305"),
            Wire.head("POST", "/reload", json, "Content-Length: 9223372036854775807"),
            Wire.head("GET", "/stats", "Content-Length: 1048577"))) {
      try (var wire = new Wire(service.port())) {
        wire.send(head);
        var answer = wire.read(false);
        assertThat(answer.status()).as(head).isEqualTo(413);
        assertThat(problem(answer)).isEqualTo("body-too-large");
      }
    }
  }

  @Test
  void whoWaitsToBeAsked_isAsked_unlessTheBodyIsTooLarge() {
    String json = "Content-Type: application/json";
    String waits = "Expect: 100-continue";
    try (var wire = new Wire(service.port())) {
      wire.send(Wire.head("POST", "/reload", json, waits, "Content-Length: 2"));
      assertThat(wire.read(false).status()).isEqualTo(100);
      wire.send("{}");
      assertThat(wire.read(false).status()).isEqualTo(200);
      wire.send(Wire.head("POST", "/reload", json, waits, "Content-Length: 65537"));
      var answer = wire.read(false);
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.header("Connection")).hasValue("close");
      assertThat(wire.isClosedByService()).isTrue();
    }
  }

  @Test
  void lineEndsInIds_stayOutOfHeaders() {
    String id = "x%0D%0AX-Evil:%201%0D%0A%0D%0A%3Cscript%3E";
    var page = service.get("/attack?vm_id=" + id + "&limit=1");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.headers()).doesNotContainKey("X-Evil");
    assertThat(page.header("Link"))
        .hasValueSatisfying(link -> assertThat(link).contains("vm_id=x%0D%0AX-Evil"));
  }

  @ParameterizedTest
  @CsvSource({
    "404, unknown-route, /%3Cscript%3E",
    "404, unknown-route, /<script>",
    "404, unknown-vm, /attack?vm_id=<script>",
    "400, unknown-parameter, /attack?%3Cscript%3E=1",
    "400, invalid-parameter, /attack?vm_id=crowd-1&limit=%3Cscript%3E",
    "400, invalid-cursor, /attack?vm_id=crowd-1&after=%3Cscript%3E",
    "400, invalid-parameter, /stats?from=%3Cscript%3E",
  })
  void whatIsShownAgain_isShownAsJson(int status, String kind, String target) {
    var answer = service.get(target, "Accept: text/html,*/*", "X-Request-ID: <script>");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(problem(answer)).isEqualTo(kind);
    assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.header("Content-Security-Policy"))
        .hasValue("default-src 'none'; frame-ancestors 'none'");
    assertThat(object(answer)).containsKey("detail");
    assertThat(answer.headers().toString()).doesNotContain("<script>");
  }

  @Test
  void whatShowsInputAgain_isNeverCompressed() {
    String[] headers = {"Accept-Encoding: gzip", "Authorization: Bearer sfs_secret"};
    for (var refused :
        List.of(
            Map.entry("/" + "a".repeat(4000), 404),
            Map.entry("/attack?vm_id=" + "a".repeat(4000), 404),
            Map.entry("/attack?a=b", 400))) {
      var answer = service.get(refused.getKey(), headers);
      assertThat(answer.status()).isEqualTo(refused.getValue());
      assertThat(answer.header("Content-Encoding")).isEmpty();
      assertThat(answer.text()).doesNotContain("sfs_secret");
    }
  }

  @Test
  void whatAForeignPageLinksTo_isNotCompressed() {
    String[] own = {"Accept-Encoding: gzip", "Sec-Fetch-Dest: document"};
    assertThat(service.get("/vms", own).header("Content-Encoding")).hasValue("gzip");
    var linked =
        service.get(
            "/vms",
            "Accept-Encoding: gzip",
            "Sec-Fetch-Dest: document",
            "Sec-Fetch-Site: cross-site");
    assertThat(linked.status()).isEqualTo(200);
    assertThat(linked.header("Content-Encoding")).isEmpty();
  }
}
