package io.surfacescan.service.served;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.surfacescan.service.LogLines;
import io.surfacescan.service.platform.FileRefused;
import io.surfacescan.settings.Webhook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookSenderTest {
  private static final String SECRET = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private record Received(String path, String id, String time, String signature, String body) {}

  @TempDir Path folder;

  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final Queue<Integer> statuses = new ArrayDeque<>();
  private final CountDownLatch answering = new CountDownLatch(1);
  private HttpServer receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", this::take);
    receiver.createContext(
        "/silent",
        exchange -> {
          note(exchange);
          await(answering);
          answer(exchange, 204);
        });
    receiver.setExecutor(Thread::startVirtualThread);
    receiver.start();
  }

  @AfterEach
  void end() {
    answering.countDown();
    receiver.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    note(exchange);
    exchange.getResponseHeaders().add("Location", "/moved");
    var status = statuses.poll();
    answer(exchange, status == null ? 204 : status);
  }

  private void note(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    received.add(
        new Received(
            exchange.getRequestURI().getPath(),
            headers.getFirst("webhook-id"),
            headers.getFirst("webhook-timestamp"),
            headers.getFirst("webhook-signature"),
            new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Path secret(String text) throws IOException {
    return Files.writeString(folder.resolve("secret"), text);
  }

  private WebhookSender sender(String path) throws IOException, FileRefused {
    var url = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + path);
    return WebhookSender.start(
        new Webhook(url, secret("whsec_" + SECRET + "\n")), Duration.ofMillis(1));
  }

  private Received next() throws InterruptedException {
    return requireNonNull(received.poll(60, TimeUnit.SECONDS));
  }

  private static String signed(Received message) throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(SECRET), "HmacSHA256"));
    byte[] hash =
        mac.doFinal((message.id + "." + message.time + "." + message.body).getBytes(UTF_8));
    return "v1," + Base64.getEncoder().encodeToString(hash);
  }

  /// The published example of Standard Webhooks.
  @Test
  void signature_isThatOfTheStandard() throws IOException, FileRefused {
    assertThat(
            WebhookSecret.read(secret("whsec_" + SECRET))
                .signature(
                    "msg_p5jXN8AQM9LWM0D4loKWxJek",
                    1614265330,
                    "{\"test\": 2432232314}".getBytes(UTF_8)))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void send_triesAgain_withOneId_andFollowsNoRedirect()
      throws IOException, FileRefused, InterruptedException, GeneralSecurityException {
    statuses.addAll(List.of(500, 302));
    try (var sender = sender("/hook?a=b")) {
      sender.send("{\"n\":1}".getBytes(UTF_8));
      sender.send("{\"n\":2}".getBytes(UTF_8));
      var all = new ArrayList<Received>();
      for (int i = 0; i < 4; i++) {
        all.add(next());
        assertThat(all.getLast().signature).isEqualTo(signed(all.getLast()));
      }
      assertThat(all).extracting(Received::path).containsOnly("/hook");
      assertThat(all)
          .extracting(Received::body)
          .containsExactly("{\"n\":1}", "{\"n\":1}", "{\"n\":1}", "{\"n\":2}");
      assertThat(all.subList(0, 3)).extracting(Received::id).containsOnly(all.get(0).id);
      assertThat(all.get(3).id).isNotEqualTo(all.get(0).id).startsWith("msg_");
    }
  }

  @Test
  void send_givesUp_andGoesOnWithTheNext() throws IOException, FileRefused, InterruptedException {
    for (int i = 0; i < WebhookSender.ATTEMPTS_MOST; i++) {
      statuses.add(503);
    }
    try (var sender = sender("/hook")) {
      sender.send("1".getBytes(UTF_8));
      sender.send("2".getBytes(UTF_8));
      for (int i = 0; i < WebhookSender.ATTEMPTS_MOST; i++) {
        assertThat(next().body).isEqualTo("1");
      }
      assertThat(next().body).isEqualTo("2");
    }
  }

  @Test
  void send_endsAtGone() throws IOException, FileRefused, InterruptedException {
    statuses.add(410);
    try (var sender = sender("/hook")) {
      sender.send("1".getBytes(UTF_8));
      assertThat(next().body).isEqualTo("1");
      sender.awaitEnd();
      sender.send("2".getBytes(UTF_8));
      assertThat(received).isEmpty();
    }
  }

  @Test
  void send_neverWaits_andDropsTheOldest() throws IOException, FileRefused, InterruptedException {
    try (var sender = sender("/silent")) {
      sender.send("first".getBytes(UTF_8));
      assertThat(next().body).isEqualTo("first");
      int more = WebhookSender.QUEUED_MOST + 10;
      for (int i = 0; i < more; i++) {
        sender.send(Integer.toString(i).getBytes(UTF_8));
      }
      answering.countDown();
      for (int i = 10; i < more; i++) {
        assertThat(next().body).isEqualTo(Integer.toString(i));
      }
    }
  }

  /// The one that is being sent may not arrive any more, nor do those behind it.
  @Test
  void close_countsWhatIsLost() throws IOException, FileRefused, InterruptedException {
    try (var lines = LogLines.of(WebhookSender.class)) {
      var sender = sender("/silent");
      sender.send("first".getBytes(UTF_8));
      assertThat(next().body).isEqualTo("first");
      sender.send("second".getBytes(UTF_8));
      sender.send("third".getBytes(UTF_8));
      sender.close();
      sender.awaitEnd();
      assertThat(lines.all())
          .containsExactly("WARN The end came before the webhook took 3 messages");
    }
  }

  @Test
  void close_countsWhatWasRefusedForGood_andSaysNothingOfNothing()
      throws IOException, FileRefused, InterruptedException {
    statuses.add(410);
    try (var lines = LogLines.of(WebhookSender.class)) {
      var sender = sender("/hook");
      sender.send("first".getBytes(UTF_8));
      sender.awaitEnd();
      sender.close();
      assertThat(lines.all().stream().filter(line -> line.contains("The end came")))
          .containsExactly("WARN The end came before the webhook took 1 message");
    }
    try (var lines = LogLines.of(WebhookSender.class)) {
      var sender = sender("/hook");
      sender.close();
      sender.awaitEnd();
      assertThat(lines.all()).isEmpty();
    }
  }

  @Test
  void secret_isRefused_ifItIsNone() throws IOException {
    for (String text : List.of("", "secret", "whsec_" + "short", "whsec_***", "whsec_QUJD")) {
      var file = secret(text);
      assertThatThrownBy(() -> WebhookSecret.read(file))
          .isInstanceOf(FileRefused.class)
          .hasMessageStartingWith(file + ": it has no secret; write whsec_ and 24 to 64 bytes");
    }
    assertThatThrownBy(() -> WebhookSecret.read(folder)).isInstanceOf(FileRefused.class);
  }
}
