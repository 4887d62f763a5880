package io.surfacescan.service;

import static io.surfacescan.service.RunningService.await;
import static io.surfacescan.service.RunningService.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.surfacescan.service.access.Access;
import io.surfacescan.service.platform.FileRefused;
import io.surfacescan.service.platform.SecretFile;
import io.surfacescan.settings.Limits;
import io.surfacescan.settings.Security;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is answered once callers need a token.
class AccessTest {
  private static final String READ = "sfs_reader";
  private static final String ADMIN = "sfs_admin";
  private static final String BOTH = "sfs_both";

  @TempDir Path folder;
  private RunningService service;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(
        folder.resolve("cloud.json"),
        """
        {"vms": [{"vm_id": "a", "name": "a", "tags": ["a"]},
                 {"vm_id": "x", "name": "x", "tags": ["x"]}],
         "fw_rules": [{"fw_id": "1", "source_tag": "a", "dest_tag": "x"}]}
        """);
    tokens(
        line("reader", "read", READ), line("admin", "admin", ADMIN), line("b", "read,admin", BOTH));
    var settings =
        RunningService.settings(List.of(folder.resolve("cloud.json").toString()), Limits.DEFAULT);
    service =
        RunningService.of(
            RunningService.with(
                new Security(
                    Optional.of(folder.resolve("tokens")),
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    Set.of()),
                settings));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private void tokens(String... lines) {
    RunningService.write(folder.resolve("tokens"), String.join("\n", lines));
  }

  static String line(String name, String scopes, String token) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
      return name + " " + scopes + " sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private Wire.Answer get(String target, String token) {
    return service.get(target, "Authorization: Bearer " + token);
  }

  private Wire.Answer reload(String token) {
    return service.ask(
        "POST",
        "/reload",
        "Content-Type: application/json",
        "Content-Length: 0",
        "Authorization: Bearer " + token);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/attack?vm_id=x",
        "/attack?vm_id=nobody",
        "/attack",
        "/report",
        "/stats",
        "/stats?from=-1h",
        "/environment",
        "/metrics",
        "/reload",
        "/nowhere",
        "/docs/../attack?vm_id=x",
        "/attack/?vm_id=x",
      })
  void withoutAToken_nothingIsTold(String target) {
    for (String method : List.of("GET", "POST", "DELETE")) {
      var answer = service.ask(method, target, "Content-Length: 0");
      assertThat(answer.status()).as(method).isEqualTo(401);
      assertThat(problem(answer)).isEqualTo("unauthenticated");
      assertThat(answer.header("WWW-Authenticate")).hasValue("Bearer realm=\"surfacescan\"");
      assertThat(answer.header("X-Environment-Version")).isEmpty();
    }
  }

  @Test
  void aTokenWithTheScope_isAnswered() {
    assertThat(get("/attack?vm_id=x", READ).text()).isEqualTo("[\"a\"]");
    assertThat(get("/attack?vm_id=x", READ).header("X-Environment-Version")).isPresent();
    assertThat(service.get("/stats", "authorization: bEARER   " + READ).status()).isEqualTo(200);
    assertThat(reload(ADMIN).status()).isEqualTo(200);
    assertThat(get("/stats", BOTH).status()).isEqualTo(200);
    assertThat(reload(BOTH).status()).isEqualTo(200);
    assertThat(get("/nowhere", READ).status()).isEqualTo(404);
    assertThat(service.ask("HEAD", "/stats", "Authorization: Bearer " + READ).status())
        .isEqualTo(200);
  }

  @Test
  void aTokenWithoutTheScope_isForbidden() {
    var answer = reload(READ);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(problem(answer)).isEqualTo("forbidden");
    assertThat(answer.header("WWW-Authenticate"))
        .hasValue("Bearer realm=\"surfacescan\", error=\"insufficient_scope\", scope=\"admin\"");
    assertThat(get("/attack?vm_id=x", ADMIN).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer sfs_reade",
        "Bearer sfs_reader2",
        "Bearer SFS_READER",
        "Bearer",
        "Bearer ",
        "sfs_reader",
        "Basic c2ZzX3JlYWRlcjo=",
        "Bearer \"sfs_reader\"",
        "Bearer sfs_reader, Bearer sfs_reader",
      })
  void aWrongToken_isRefused_andNotRepeated(String authorization) {
    var answer = service.get("/stats", "Authorization: " + authorization);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate"))
        .hasValue("Bearer realm=\"surfacescan\", error=\"invalid_token\"");
    assertThat(answer.text()).doesNotContain("sfs_", "SFS_", "c2Z");
  }

  @Test
  void twoTokens_areNone_andOneInTheQueryIsNoParameter() {
    assertThat(
            service
                .get("/stats", "Authorization: Bearer " + READ, "Authorization: Bearer " + READ)
                .status())
        .isEqualTo(401);
    assertThat(service.get("/stats?access_token=" + READ).status()).isEqualTo(401);
  }

  @Test
  void tooManyWrongTokens_are429_butAGoodOneIsAnsweredAllTheSame() {
    for (int i = 0; i < 10; i++) {
      assertThat(get("/stats", "sfs_" + i).status()).isEqualTo(401);
    }
    var answer = get("/stats", "sfs_10");
    assertThat(answer.status()).isEqualTo(429);
    assertThat(problem(answer)).isEqualTo("too-many-attempts");
    assertThat(Integer.parseInt(answer.header("Retry-After").orElseThrow())).isBetween(1, 6);
    assertThat(get("/stats", READ).status()).isEqualTo(200);
    assertThat(service.get("/stats").status()).isEqualTo(401);
  }

  @Test
  void aChangedFile_countsWithoutARestart() {
    tokens(line("reader", "read", "sfs_new"));
    await("the new token is taken", () -> get("/stats", "sfs_new").status() == 200);
    assertThat(get("/stats", READ).status()).isIn(401, 429);
  }

  @Test
  void anEmptiedFile_takesNobodyAnyMore() {
    tokens("# all taken back");
    await("nobody is answered", () -> get("/stats", READ).status() == 401);
  }

  @Test
  void aBadFile_orNone_leavesTheTokensFromBefore() throws Exception {
    try (var log = LogLines.of(Access.class)) {
      tokens(line("reader", "read", "sfs_new"), "ci write what");
      await(
          "the bad file is refused", () -> log.contain("tokens:2: the third word is not sha256:"));
      assertThat(get("/stats", READ).status()).isEqualTo(200);
      assertThat(get("/stats", "sfs_new").status()).isEqualTo(401);
      Files.delete(folder.resolve("tokens"));
      await("its lack is refused", () -> log.contain("it cannot be read (NoSuchFile)"));
      assertThat(get("/stats", READ).status()).isEqualTo(200);
      tokens(line("reader", "read", "sfs_new"));
      await("the good file is taken", () -> get("/stats", "sfs_new").status() == 200);
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void whatIsNoPlainFile_isRefusedAtOnce() throws Exception {
    var pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    for (var path : List.of(pipe, Path.of("/dev/zero"), folder)) {
      assertThatThrownBy(() -> new SecretFile(path).read("a file of tokens"))
          .isInstanceOf(FileRefused.class)
          .hasMessage(path + ": it is not a plain file; name a file of tokens");
    }
  }

  /// As Kubernetes mounts a Secret.
  @Test
  void aTurnedLink_countsWithoutARestart() throws IOException {
    for (String version : List.of("1", "2")) {
      Files.writeString(
          Files.createDirectory(folder.resolve(version)).resolve("tokens"),
          line("ci", "read", "sfs_" + version));
    }
    Files.createSymbolicLink(folder.resolve("data"), Path.of("1"));
    var mounted =
        new Security(
            Optional.of(folder.resolve("data/tokens")),
            Optional.empty(),
            false,
            Optional.empty(),
            Set.of());
    try (var other = RunningService.of(RunningService.with(mounted, service.settings))) {
      assertThat(other.get("/stats", "Authorization: Bearer sfs_1").status()).isEqualTo(200);
      var turned = Files.createSymbolicLink(folder.resolve("next"), Path.of("2"));
      Files.move(turned, folder.resolve("data"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      await(
          "the other file counts",
          () -> other.get("/stats", "Authorization: Bearer sfs_2").status() == 200);
    }
  }
}
