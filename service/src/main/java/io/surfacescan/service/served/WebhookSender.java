package io.surfacescan.service.served;

import io.surfacescan.service.platform.FileRefused;
import io.surfacescan.settings.Webhook;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Posts messages to a webhook, one after the other, from a thread of its own: neither loads nor
/// answers wait for it.
///
/// An attempt that is not answered with 2xx is made again, with the same id, after a pause that
/// doubles. Redirects are failures: a receiver that moved must be named anew. `410 Gone` ends
/// everything, as the standard wants it.
final class WebhookSender implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(WebhookSender.class);

  static final int QUEUED_MOST = 64;
  static final int ATTEMPTS_MOST = 6;

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int GONE = 410;
  private static final int ID_BYTES = 16;

  private record Message(String id, byte[] body) {}

  private enum Attempt {
    DELIVERED,
    FAILED,
    GONE
  }

  private final Webhook webhook;
  private final WebhookSecret secret;
  private final Duration pause;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final BlockingQueue<Message> queue = new ArrayBlockingQueue<>(QUEUED_MOST);
  private final Thread sending;

  /// What is being sent, until it was taken or given up.
  private final AtomicReference<@Nullable Message> inHand = new AtomicReference<>();

  private volatile boolean closed;

  private WebhookSender(Webhook webhook, WebhookSecret secret, Duration pause) {
    this.webhook = webhook;
    this.secret = secret;
    this.pause = pause;
    clock = InstantSource.system();
    sending = Thread.ofPlatform().name("surfacescan-webhook").daemon().unstarted(this::run);
  }

  /// @throws FileRefused if there is no secret
  static WebhookSender start(Webhook webhook) throws FileRefused {
    return start(webhook, PAUSE);
  }

  /// @param pause before the second attempt
  static WebhookSender start(Webhook webhook, Duration pause) throws FileRefused {
    var sender = new WebhookSender(webhook, WebhookSecret.read(webhook.secret()), pause);
    sender.sending.start();
    return sender;
  }

  /// Sends a message, later. If too many wait, the oldest is dropped, and the log says so.
  void send(byte[] body) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    var message = new Message("msg_" + HexFormat.of().formatHex(id), body);
    while (!closed && !queue.offer(message)) {
      var dropped = queue.poll();
      if (dropped != null) {
        LOG.errorf("The queue of the webhook is full; %s was dropped", dropped.id);
      }
    }
  }

  private void run() {
    try (var client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build()) {
      while (!closed) {
        var message = queue.take();
        inHand.set(message);
        deliver(client, message);
      }
    } catch (InterruptedException e) {
      LOG.debug("No messages are sent any more");
    } finally {
      // Unless the end has counted it.
      tellOfLost(inHand.getAndSet(null) == null ? 0 : 1);
    }
  }

  private void deliver(HttpClient client, Message message) throws InterruptedException {
    var wait = pause;
    for (int attempt = 1; !closed; attempt++) {
      switch (attempt(client, message)) {
        case DELIVERED -> {
          inHand.set(null);
          LOG.debugf("The webhook took %s", message.id);
          return;
        }
        case GONE -> {
          LOG.error("The webhook is gone (410); nothing is sent any more");
          close();
          return;
        }
        case FAILED -> {}
      }
      if (attempt == ATTEMPTS_MOST) {
        inHand.set(null);
        LOG.errorf("The webhook did not take %s; it is not tried again", message.id);
        return;
      }
      // Receivers that came back are not met by all instances at once.
      Thread.sleep(wait.plusMillis(ThreadLocalRandom.current().nextLong(wait.toMillis() + 1)));
      wait = wait.multipliedBy(2);
    }
  }

  private Attempt attempt(HttpClient client, Message message) throws InterruptedException {
    long seconds = clock.instant().getEpochSecond();
    var request =
        HttpRequest.newBuilder(webhook.url())
            .timeout(PATIENCE)
            .header("content-type", "application/json")
            .header("user-agent", "surfacescan")
            .header("webhook-id", message.id)
            .header("webhook-timestamp", Long.toString(seconds))
            .header("webhook-signature", secret.signature(message.id, seconds, message.body))
            .POST(HttpRequest.BodyPublishers.ofByteArray(message.body))
            .build();
    // One time for all of it, since a request's own ends with the headers.
    var answer = client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
    try {
      int status = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).statusCode();
      if (status / 100 == 2) {
        return Attempt.DELIVERED;
      }
      LOG.warnf("The webhook at %s answered %d", webhook.url().getHost(), status);
      return status == GONE ? Attempt.GONE : Attempt.FAILED;
    } catch (ExecutionException e) {
      var cause = e.getCause() instanceof IOException failed ? failed : e;
      LOG.warnf("The webhook at %s cannot be reached: %s", webhook.url().getHost(), cause);
      return Attempt.FAILED;
    } catch (TimeoutException e) {
      answer.cancel(true);
      LOG.warnf("The webhook at %s did not answer in time", webhook.url().getHost());
      return Attempt.FAILED;
    }
  }

  /// Waits until nothing is sent any more.
  void awaitEnd() throws InterruptedException {
    sending.join();
  }

  /// Sends nothing any more. The log says how many messages are lost by it: those that wait, and
  /// the one whose answer did not come.
  @Override
  public void close() {
    closed = true;
    sending.interrupt();
    int lost = inHand.getAndSet(null) == null ? 0 : 1;
    while (queue.poll() != null) {
      lost++;
    }
    tellOfLost(lost);
  }

  private static void tellOfLost(int messages) {
    if (messages > 0) {
      LOG.warnf(
          "The end came before the webhook took %d message%s", messages, messages == 1 ? "" : "s");
    }
  }
}
