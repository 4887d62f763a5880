package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.testkit.PemFiles;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the packaged program logs of everything that it is asked, and what it must never log.
class LogIT {
  private static final String READER = "sfs_reader-0123456789";
  private static final String ADMIN = "sfs_admin-0123456789";
  private static final String WRONG = "sfs_wrong-0123456789";
  private static final String PASSWORD = "pa55word";

  @TempDir Path folder;

  private static String line(String name, String scopes, String token) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    return name + " " + scopes + " sha256:" + HexFormat.of().formatHex(hash);
  }

  private void write(String name, String text) throws IOException {
    var beside = folder.resolve("beside");
    Files.writeString(beside, text);
    Files.move(beside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private void environment(String... more) throws IOException {
    write(
        "cloud.json",
        "{\"vms\": [{\"vm_id\": \"asked\", \"name\": \"a\", \"tags\": [\"x\"]},"
            + " {\"vm_id\": \"answered\", \"name\": \"b\", \"tags\": [\"y\"]}"
            + String.join("", more)
            + "], \"fw_rules\": [{\"fw_id\": \"f\", \"source_tag\": \"y\", \"dest_tag\": \"x\"}]}");
  }

  private static HttpResponse<String> ask(
      HttpClient client, int port, String method, String target, String body, String token)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + target))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .header(
                "X-Request-ID",
                "id-of-" + method + "/" + target.substring(1).replaceAll("[^a-z-].*", ""))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static List<JsonObject> logged(ServedProgram served) throws IOException {
    var objects = new ArrayList<JsonObject>();
    String words = served.words();
    // The last line may be half written.
    words
        .substring(0, words.lastIndexOf('\n') + 1)
        .lines()
        .map(JsonObject::new)
        .forEach(objects::add);
    return objects;
  }

  private static JsonObject awaited(ServedProgram served, Predicate<JsonObject> which)
      throws IOException {
    var deadline = Instant.now().plusSeconds(60);
    while (Instant.now().isBefore(deadline)) {
      var found = logged(served).stream().filter(which).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      Waiting.pause();
    }
    throw new AssertionError("not logged, but:\n" + served.words());
  }

  private static Predicate<JsonObject> event(String name) {
    return line ->
        "surfacescan.audit".equals(line.getString("logger"))
            && name.equals(line.getString("event"));
  }

  private static Predicate<JsonObject> reload(String by) {
    return event("reload").and(line -> by.equals(line.getString("by")));
  }

  private static Predicate<JsonObject> request(String target) {
    return line -> target.equals(line.getString("target"));
  }

  /// The page for operators shows lines with the members that they have.
  private static void assertShownAsLogged(ServedProgram served) throws IOException {
    var page = Files.readAllLines(Repository.root().resolve("docs/operations.md"));
    var shown =
        page.stream().filter(line -> line.startsWith("{\"time\"")).map(JsonObject::new).toList();
    assertThat(shown).hasSize(3);
    for (var example : shown) {
      var line =
          awaited(
              served,
              logged ->
                  Stream.of("logger", "event", "by", "target")
                      .allMatch(
                          name -> Objects.equals(logged.getString(name), example.getString(name))));
      assertThat(line.fieldNames()).as(example.encode()).isEqualTo(example.fieldNames());
    }
  }

  @Test
  void everythingIsToldInObjects_butNoSecretAndNoAnswer() throws Exception {
    environment();
    String tokens = line("reader", "read", READER) + "\n" + line("ops", "read,admin", ADMIN) + "\n";
    write("tokens", tokens);
    var server = PemFiles.make(folder, "server", "EC");
    var renewed = PemFiles.make(folder, "renewed", "EC");
    try (var served =
            ServedProgram.start(
                folder,
                folder,
                "--data=cloud.json",
                "--port=0",
                "--tokens=tokens",
                "--tls-cert=" + server.certificate(),
                "--tls-key=" + server.key(),
                "--stats-url=jdbc:postgresql://127.0.0.1:1/none?user=u&password=" + PASSWORD,
                "--log-format=json",
                "--access-log",
                "--debug");
        var client = HttpClient.newBuilder().sslContext(PemFiles.client(null, server)).build()) {
      int port = served.port();
      var answer = ask(client, port, "GET", "/attack?vm_id=asked", "", READER);
      assertThat(answer.body()).isEqualTo("[\"answered\"]");
      String version = answer.headers().firstValue("X-Environment-Version").orElseThrow();
      assertThat(ask(client, port, "GET", "/vms", "", READER).body()).contains("answered");
      assertThat(ask(client, port, "GET", "/stats", "", WRONG).statusCode()).isEqualTo(401);
      ask(client, port, "GET", "/rules?token=" + ADMIN, "", READER);
      ask(client, port, "GET", "/vm?vm_id=%0A%1B" + "z".repeat(100_000), "", READER);
      assertThat(ask(client, port, "POST", "/reload", "", READER).statusCode()).isEqualTo(403);
      assertThat(ask(client, port, "POST", "/reload", "{}", ADMIN).statusCode()).isEqualTo(200);
      assertThat(
              ask(client, port, "POST", "/what-if", "{\"remove_rules\": [\"f\"]}", READER)
                  .statusCode())
          .isEqualTo(200);
      environment(", {\"vm_id\": \"new\", \"name\": \"n\", \"tags\": [\"n\"]}");
      var changed = awaited(served, reload("file-change"));
      served.signal("HUP");
      awaited(served, reload("signal"));
      write("tokens", tokens.replace("reader", "writer"));
      var tokensChanged = awaited(served, event("tokens-changed"));
      Files.copy(renewed.key(), server.key(), StandardCopyOption.REPLACE_EXISTING);
      Files.copy(renewed.certificate(), server.certificate(), StandardCopyOption.REPLACE_EXISTING);
      awaited(served, event("certificate-renewed"));
      served.signal("TERM");
      assertThat(served.await()).isZero();

      var access = awaited(served, request("/attack?vm_id=asked"));
      assertThat(access.getString("logger")).isEqualTo("surfacescan.access");
      assertThat(access.getString("request_id")).isEqualTo("id-of-GET/attack");
      assertThat(access.getString("address")).isEqualTo("127.0.0.1");
      assertThat(access.getString("user")).isEqualTo("reader");
      assertThat(access.getString("route")).isEqualTo("/attack");
      assertThat(access.getInteger("status")).isEqualTo(200);
      assertThat(access.getInteger("bytes")).isEqualTo("[\"answered\"]".length());
      assertThat(access.getDouble("duration_ms")).isPositive();
      assertThat(access.getString("version")).isEqualTo(version);
      var whatIf = awaited(served, event("what-if"));
      assertThat(whatIf.getString("user")).isEqualTo("reader");
      assertThat(whatIf.getInteger("edits")).isEqualTo(1);
      assertThat(whatIf.getString("request_id")).isEqualTo("id-of-POST/what-if");
      var asked = awaited(served, reload("request"));
      assertThat(asked.getString("user")).isEqualTo("ops");
      assertThat(asked.getString("outcome")).isEqualTo("unchanged");
      assertThat(changed.getString("outcome")).isEqualTo("served");
      assertThat(changed.getString("version_before")).isEqualTo(version);
      assertThat(changed.getString("version_after")).isNotEqualTo(version);
      assertThat(tokensChanged.getJsonArray("added").encode()).isEqualTo("[\"writer\"]");
      assertThat(tokensChanged.getJsonArray("removed").encode()).isEqualTo("[\"reader\"]");
      assertThat(awaited(served, event("scope-missing")).getString("scope")).isEqualTo("admin");
      assertThat(awaited(served, event("token-refused")).getString("request_id"))
          .isEqualTo("id-of-GET/stats");
      assertThat(logged(served).stream().filter(event("token-used"))).hasSize(2);
      awaited(served, request("/rules?token=sfs_***"));
      assertThat(served.words())
          .doesNotContain(READER, ADMIN, WRONG, PASSWORD, "answered", "z".repeat(3_000));
      assertShownAsLogged(served);
    }
  }
}
