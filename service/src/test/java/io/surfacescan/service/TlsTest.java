package io.surfacescan.service;

import static io.surfacescan.service.RunningService.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.surfacescan.service.platform.FileRefused;
import io.surfacescan.service.port.TlsRenewal;
import io.surfacescan.service.tls.LiveTls;
import io.surfacescan.service.tls.TlsIdentity;
import io.surfacescan.settings.AnswerLimits;
import io.surfacescan.settings.Limits;
import io.surfacescan.settings.Security;
import io.surfacescan.settings.TlsFiles;
import io.surfacescan.testkit.PemFiles;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// HTTPS, with files that change, and with clients that show certificates.
class TlsTest {
  private static final int CROWD = 60_000;

  @TempDir static Path made;
  private static PemFiles one;
  private static PemFiles two;
  private static PemFiles friend;
  private static PemFiles stranger;

  @TempDir Path folder;

  @BeforeAll
  static void makeFiles() {
    one = PemFiles.make(made, "one", "EC");
    two = PemFiles.make(made, "two", "RSA");
    friend = PemFiles.make(made, "friend", "EC");
    stranger = PemFiles.make(made, "stranger", "EC");
  }

  private TlsFiles files(PemFiles server, Optional<Path> clientAuthority) throws IOException {
    var files =
        new TlsFiles(folder.resolve("server.crt"), folder.resolve("server.key"), clientAuthority);
    replace(files, server);
    return files;
  }

  private static void replace(TlsFiles files, PemFiles server) throws IOException {
    for (var pair :
        List.of(
            List.of(server.certificate(), files.certificate()),
            List.of(server.key(), files.key()))) {
      var beside = pair.getLast().resolveSibling("next");
      Files.copy(pair.getFirst(), beside, StandardCopyOption.REPLACE_EXISTING);
      Files.move(beside, pair.getLast(), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private RunningService serve(TlsFiles files, Limits limits) throws IOException {
    return serve(files, limits, 1);
  }

  private RunningService serve(TlsFiles files, Limits limits, int crowd) throws IOException {
    var vms = new ArrayList<String>();
    for (int i = 0; i < crowd; i++) {
      vms.add("{\"vm_id\": \"crowd-%0100d\", \"tags\": [\"a\"]}".formatted(i));
    }
    Files.writeString(
        folder.resolve("cloud.json"),
        "{\"vms\": [{\"vm_id\": \"x\", \"tags\": [\"x\"]},"
            + String.join(",", vms)
            + "], \"fw_rules\": [{\"source_tag\": \"a\", \"dest_tag\": \"x\"}]}");
    return RunningService.of(
        RunningService.with(
            new Security(Optional.empty(), Optional.empty(), false, Optional.of(files), Set.of()),
            RunningService.settings(List.of(folder.resolve("cloud.json").toString()), limits)));
  }

  private record Seen(String answer, Certificate certificate, String protocol) {}

  private static SSLSocket connect(SSLContext client, int port, String... protocols)
      throws IOException {
    var socket = (SSLSocket) client.getSocketFactory().createSocket("localhost", port);
    socket.setSoTimeout(20_000);
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    var parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    return socket;
  }

  private static Seen ask(SSLContext client, int port, String method, String target)
      throws IOException {
    try (var socket = connect(client, port)) {
      send(socket, method, target);
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      if (answer.isEmpty()) {
        throw new IOException("no answer");
      }
      var session = socket.getSession();
      return new Seen(answer, session.getPeerCertificates()[0], session.getProtocol());
    }
  }

  private static void send(SSLSocket socket, String method, String target, String... more)
      throws IOException {
    var headers = new ArrayList<>(List.of(more));
    headers.addAll(
        List.of("Connection: close", "Content-Type: application/json", "Content-Length: 0"));
    socket
        .getOutputStream()
        .write(
            Wire.head(method, target, headers.toArray(String[]::new))
                .getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void answers_comeOverTls_theLongOnesToo() throws Exception {
    try (var service = serve(files(one, Optional.empty()), Limits.DEFAULT, CROWD)) {
      var client = PemFiles.client(null, one);
      var seen = ask(client, service.port(), "GET", "/attack?vm_id=x");
      assertThat(seen.protocol).isEqualTo("TLSv1.3");
      assertThat(seen.certificate).isEqualTo(one.leaf());
      assertThat(seen.answer).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\"]");
      assertThat(seen.answer.split("crowd-", -1)).hasSize(CROWD + 1);
      assertThat(ask(client, service.port(), "GET", "https://localhost/stats").answer)
          .startsWith("HTTP/1.1 200 ");
      assertThat(ask(client, service.port(), "GET", "https://evil.example/stats").answer)
          .startsWith("HTTP/1.1 421 ");
      assertThat(ask(client, service.port(), "POST", "/reload").answer).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void plainHttp_getsNoAnswer() throws Exception {
    try (var service = serve(files(one, Optional.empty()), Limits.DEFAULT);
        var wire = new Wire(service.port())) {
      wire.send(Wire.head("GET", "/stats"));
      assertThat(wire.isClosedByService()).isTrue();
    }
  }

  @Test
  void handshakes_areCountedAsConnections_andNotWaitedForLong() throws Exception {
    var limits =
        new Limits(
            Duration.ofSeconds(3),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(1),
            Duration.ofMillis(100));
    try (var service = serve(files(one, Optional.empty()), limits);
        var silent = new Wire(service.port());
        var dripping = new Wire(service.port())) {
      // The first bytes of a handshake.
      dripping.send("\u0016\u0003\u0001");
      await("both are counted", () -> service.listener.connections() == 2);
      await("both are closed", () -> service.listener.connections() == 0);
      assertThat(silent.isClosedByService()).isTrue();
      assertThat(dripping.isClosedByService()).isTrue();
    }
  }

  @Test
  void browsers_areToldToKeepToHttps_exceptWithThisMachine() throws Exception {
    var settings =
        RunningService.settings(
            List.of(folder.resolve("cloud.json").toString()), Limits.DEFAULT, "map.example");
    try (var unused = serve(files(one, Optional.empty()), Limits.DEFAULT);
        var service = RunningService.of(RunningService.with(unused.settings.security(), settings));
        var named = connect(PemFiles.client(null, one), service.port())) {
      send(named, "GET", "https://map.example/stats", "Host: map.example");
      assertThat(new String(named.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 200 ")
          .contains("\r\nStrict-Transport-Security: max-age=31536000\r\n");
      assertThat(ask(PemFiles.client(null, one), service.port(), "GET", "/stats").answer)
          .doesNotContain("Strict-Transport-Security");
    }
  }

  @Test
  void oldProtocols_areNotSpoken() throws Exception {
    try (var service = serve(files(one, Optional.empty()), Limits.DEFAULT)) {
      var client = PemFiles.client(null, one);
      try (var socket = connect(client, service.port(), "TLSv1.2")) {
        socket.startHandshake();
        assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
      }
      // Java's clients do not speak them any more; the names of what the service speaks tell.
      var spoken =
          new LiveTls(
                  TlsIdentity.read(service.settings.security().tls().orElseThrow(), Vertx.vertx()))
              .in(new io.vertx.core.http.HttpServerOptions())
              .getEnabledSecureTransportProtocols();
      assertThat(spoken).containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void ciphers_areThoseOfOurTime(String kind) throws Exception {
    var pem = kind.equals("EC") ? one : two;
    try (var service = serve(files(pem, Optional.empty()), Limits.DEFAULT)) {
      var client = PemFiles.client(null, pem);
      String key = kind.equals("EC") ? "ECDSA" : "RSA";
      for (String old :
          List.of(
              "TLS_ECDHE_" + key + "_WITH_AES_256_CBC_SHA384",
              "TLS_ECDHE_" + key + "_WITH_AES_128_CBC_SHA256",
              "TLS_ECDHE_" + key + "_WITH_AES_128_CBC_SHA")) {
        try (var socket = connect(client, service.port(), "TLSv1.2")) {
          socket.setEnabledCipherSuites(new String[] {old});
          assertThatThrownBy(socket::startHandshake)
              .isInstanceOf(SSLHandshakeException.class)
              .hasMessageContaining("handshake_failure");
        }
      }
      try (var socket = connect(client, service.port(), "TLSv1.2")) {
        socket.setEnabledCipherSuites(
            new String[] {"TLS_ECDHE_" + key + "_WITH_AES_128_GCM_SHA256"});
        socket.startHandshake();
        assertThat(socket.getSession().getCipherSuite())
            .isEqualTo("TLS_ECDHE_" + key + "_WITH_AES_128_GCM_SHA256");
      }
    }
  }

  @Test
  void anotherHandshakeOnAConnection_endsIt() throws Exception {
    try (var service = serve(files(one, Optional.empty()), Limits.DEFAULT);
        var socket = connect(PemFiles.client(null, one), service.port(), "TLSv1.2")) {
      socket.startHandshake();
      await("it is open", () -> service.listener.connections() == 1);
      socket.startHandshake();
      send(socket, "GET", "/stats");
      assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
          .isInstanceOf(IOException.class);
      await("it is closed", () -> service.listener.connections() == 0);
    }
  }

  @Test
  void renewedFiles_areUsedForNewConnections_andOpenOnesGoOn() throws Exception {
    var files = files(one, Optional.empty());
    try (var service = serve(files, Limits.DEFAULT)) {
      var client = PemFiles.client(null, one, two);
      assertThat(ask(client, service.port(), "GET", "/stats").certificate).isEqualTo(one.leaf());
      try (var open = connect(client, service.port())) {
        open.startHandshake();
        replace(files, two);
        // None fails while they are renewed.
        await("the new certificate is shown", () -> shown(client, service).equals(two.leaf()));
        // By every event loop.
        for (int i = 0; i < 8; i++) {
          assertThat(shown(client, service)).isEqualTo(two.leaf());
        }
        send(open, "GET", "/stats");
        assertThat(new String(open.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .startsWith("HTTP/1.1 200 ");
      }
    }
  }

  private static Certificate shown(SSLContext client, RunningService service) {
    try {
      return ask(client, service.port(), "GET", "/stats").certificate;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void renewedFiles_thatDoNotFit_leaveTheOldOnes() throws Exception {
    var files = files(one, Optional.empty());
    try (var service = serve(files, Limits.DEFAULT)) {
      try (var log = LogLines.of(TlsRenewal.class)) {
        Files.copy(two.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
        await("it is refused", () -> log.contain("(TLS goes on with the files from before)"));
      }
      var client = PemFiles.client(null, one, two);
      assertThat(shown(client, service)).isEqualTo(one.leaf());
      Files.copy(two.certificate(), files.certificate(), StandardCopyOption.REPLACE_EXISTING);
      await("both fit again", () -> shown(client, service).equals(two.leaf()));
    }
  }

  @Test
  void clients_withoutACertificateOfTheAuthority_doNotConnect() throws Exception {
    var files = files(one, Optional.of(friend.certificate()));
    try (var service = serve(files, Limits.DEFAULT)) {
      var known = PemFiles.client(friend, one);
      assertThat(ask(known, service.port(), "GET", "/attack?vm_id=x").answer)
          .startsWith("HTTP/1.1 200 ");
      assertThat(ask(known, service.port(), "POST", "/reload").answer)
          .startsWith("HTTP/1.1 403 ")
          .contains("urn:surfacescan:problem:forbidden");
      long before = service.statistics.totals().answered(2);
      for (var unknown : List.of(PemFiles.client(null, one), PemFiles.client(stranger, one))) {
        assertThatThrownBy(() -> ask(unknown, service.port(), "GET", "/stats"))
            .isInstanceOf(IOException.class);
      }
      assertThat(service.statistics.totals().answered(2)).isEqualTo(before);
    }
  }

  @Test
  void clients_areLimitedByTheirCertificates() throws Exception {
    var usual = RunningService.USUAL.answerLimits();
    var limits =
        new AnswerLimits(usual.time(), usual.longThreads(), usual.longWaiting(), OptionalInt.of(1));
    try (var open = serve(files(one, Optional.of(friend.certificate())), Limits.DEFAULT);
        var service = RunningService.of(RunningService.with(limits, open.settings))) {
      var known = PemFiles.client(friend, one);
      await("there are too many", () -> !isAnswered(known, service));
      await("time heals it", () -> isAnswered(known, service));
    }
  }

  @Test
  void clients_ofAnAuthorityThatIsGone_doNotComeBack() throws Exception {
    var authority = Files.copy(friend.certificate(), folder.resolve("clients.crt"));
    var files = files(one, Optional.of(authority));
    try (var service = serve(files, Limits.DEFAULT)) {
      // It keeps the session, with which it may come again and not show its certificate.
      var known = PemFiles.client(friend, one);
      assertThat(ask(known, service.port(), "GET", "/stats").answer).startsWith("HTTP/1.1 200 ");
      assertThat(ask(known, service.port(), "GET", "/stats").answer).startsWith("HTTP/1.1 200 ");
      var other = PemFiles.client(stranger, one);
      Files.copy(stranger.certificate(), authority, StandardCopyOption.REPLACE_EXISTING);
      await("the other one is answered", () -> isAnswered(other, service));
      assertThat(isAnswered(known, service)).isFalse();
      assertThat(isAnswered(PemFiles.client(friend, one), service)).isFalse();
    }
  }

  private static boolean isAnswered(SSLContext client, RunningService service) {
    try {
      return ask(client, service.port(), "GET", "/stats").answer.startsWith("HTTP/1.1 200 ");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void readersWhoTakeNothing_areCutOff() throws Exception {
    var limits =
        new Limits(
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(1),
            Duration.ofSeconds(20),
            Duration.ofSeconds(1),
            Duration.ofMillis(100));
    try (var service = serve(files(one, Optional.empty()), limits, CROWD);
        var reader = connect(PemFiles.client(null, one), service.port())) {
      reader.setReceiveBufferSize(4096);
      send(reader, "GET", "/attack?vm_id=x");
      await("it is cut off", () -> service.statistics.snapshot().aborted() == 1);
      await("the connection is closed", () -> service.listener.connections() == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"certificate", "key", "pair", "none", "encrypted", "authority"})
  void filesThatCannotBeUsed_areNamed(String wrong) throws Exception {
    var files = files(one, Optional.empty());
    String expected =
        switch (wrong) {
          case "certificate" -> {
            Files.writeString(files.certificate(), "none");
            yield files.certificate() + ": it holds no certificate; write it in PEM";
          }
          case "key" -> {
            Files.writeString(files.key(), "secret");
            yield files.key() + ": it holds no key that fits " + files.certificate();
          }
          case "encrypted" -> {
            Files.writeString(
                files.key(), Files.readString(one.key()).replace("PRIVATE", "ENCRYPTED PRIVATE"));
            yield files.key() + ": it holds no key that fits " + files.certificate();
          }
          case "pair" -> {
            Files.copy(friend.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
            yield files.key() + ": it is not the key of " + files.certificate();
          }
          case "authority" -> {
            files = new TlsFiles(files.certificate(), files.key(), Optional.of(one.key()));
            yield one.key() + ": it holds no certificate; write it in PEM";
          }
          default -> {
            Files.delete(files.key());
            yield files.key() + ": it cannot be read (NoSuchFile); name the key of a certificate";
          }
        };
    var named = files;
    assertThatThrownBy(() -> TlsIdentity.read(named, Vertx.vertx()))
        .isInstanceOf(FileRefused.class)
        .hasMessageStartingWith(expected)
        .message()
        .doesNotContain("secret", "BEGIN EC");
  }
}
