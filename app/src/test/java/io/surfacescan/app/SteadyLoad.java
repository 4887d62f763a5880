package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/// Clients that ask one thing after the other, each request on a connection of its own, and write
/// down what came back. They repeat nothing by themselves, so that requests can be counted.
final class SteadyLoad implements AutoCloseable {
  private static final int CLIENTS = 6;
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /// What is asked, where it is counted, and the answer to expect.
  enum Question {
    ATTACK("GET", "/attack?vm_id=vm-ea0813", "/attack", 200),
    DIRECT("GET", "/attack?vm_id=vm-b126aa&max_hops=1", "/attack", 200),
    UNKNOWN_VM("GET", "/attack?vm_id=vm-ea0814", "/attack", 404),
    NO_VM("GET", "/attack", "/attack", 400),
    UNCHANGED("GET", "/attack?vm_id=vm-720e37", "/attack", 304),
    BLAST_RADIUS("GET", "/blast-radius?vm_id=vm-99487f", "/blast-radius", 200),
    PATH("GET", "/path?from=vm-1625bd&to=vm-b126aa", "/path", 200),
    NOWHERE("GET", "/nowhere", "unmatched", 404),
    // Of the methods that a balancer may send again, as it may all the others here.
    WRONG_METHOD("DELETE", "/attack?vm_id=vm-ea0813", "/attack", 405);

    private final String method;
    private final String target;
    final String route;
    final int status;

    Question(String method, String target, String route, int status) {
      this.method = method;
      this.target = target;
      this.route = route;
      this.status = status;
    }

    private byte[] bytes() {
      String more = status == 304 ? "If-None-Match: *\r\n" : "";
      return "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n%s\r\n"
          .formatted(method, target, more)
          .getBytes(StandardCharsets.US_ASCII);
    }
  }

  /// One request and what came back.
  ///
  /// @param isAnswered whether a whole answer came back, the one of the last attempt
  /// @param attempts on instances, in order
  record Outcome(Question question, boolean isAnswered, List<Attempt> attempts, Instant received) {
    /// The status of the answer, 0 without one.
    int status() {
      return isAnswered ? attempts.getLast().status : 0;
    }

    boolean hasAnswerOf(int port) {
      return isAnswered && attempts.getLast().port == port;
    }
  }

  /// What one instance made of a request.
  ///
  /// @param status [LoadBalancer#NONE] if it refused or was cut
  record Attempt(int port, int status) {
    boolean isAnswered() {
      return status != LoadBalancer.NONE;
    }

    String statusClass() {
      return status / 100 + "xx";
    }
  }

  private final int port;
  private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
  private final List<Thread> clients = new ArrayList<>();
  private volatile boolean ended;

  private SteadyLoad(int port) {
    this.port = port;
  }

  /// Starts to ask the service at the port.
  static SteadyLoad on(int port) {
    var load = new SteadyLoad(port);
    for (int client = 0; client < CLIENTS; client++) {
      int first = client;
      load.clients.add(Thread.startVirtualThread(() -> load.ask(first)));
    }
    return load;
  }

  private void ask(int first) {
    var questions = Question.values();
    for (int i = first; !ended; i++) {
      outcomes.add(ask(questions[i % questions.length]));
      pause();
    }
  }

  private Outcome ask(Question question) {
    String answer = "";
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write(question.bytes());
      answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // It was cut: no whole answer.
    }
    return outcome(question, answer, Instant.now());
  }

  private static Outcome outcome(Question question, String answer, Instant received) {
    int end = answer.indexOf("\r\n\r\n");
    if (end < 0) {
      return new Outcome(question, false, List.of(), received);
    }
    var head = answer.substring(0, end).split("\r\n", -1);
    var headers = new HashMap<String, String>();
    for (String line : Arrays.asList(head).subList(1, head.length)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    var attempts =
        attempts(
            headers.getOrDefault(LoadBalancer.TRIED, ""),
            headers.getOrDefault(LoadBalancer.STATUSES, ""));
    return new Outcome(
        question,
        !attempts.isEmpty()
            && attempts.getLast().isAnswered()
            && isWhole(headers, answer.substring(end + 4)),
        attempts,
        received);
  }

  private static boolean isWhole(Map<String, String> headers, String body) {
    var length = headers.get("content-length");
    return length == null
        ? body.isEmpty() || body.endsWith("0\r\n\r\n")
        : body.length() == Integer.parseInt(length);
  }

  private static List<Attempt> attempts(String addresses, String statuses) {
    var ports = addresses.split("[^0-9.:]+", -1);
    var answers = statuses.split("[^0-9]+", -1);
    var attempts = new ArrayList<Attempt>();
    for (int i = 0; i < ports.length && ports[i].contains(":"); i++) {
      attempts.add(
          new Attempt(
              Integer.parseInt(ports[i].substring(ports[i].indexOf(':') + 1)),
              Integer.parseInt(answers[i])));
    }
    return attempts;
  }

  /// Waits for so many more outcomes.
  void more(int count) {
    more(count, _ -> true);
  }

  /// Waits until the instance at the port has answered so many more.
  void moreOf(int answering, int count) {
    more(count, outcome -> outcome.hasAnswerOf(answering));
  }

  private void more(int count, Predicate<Outcome> kind) {
    long until = outcomes.stream().filter(kind).count() + count;
    var deadline = Instant.now().plus(PATIENCE);
    while (outcomes.stream().filter(kind).count() < until) {
      assertThat(Instant.now()).as("the time to wait for answers").isBefore(deadline);
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Asks no more, and tells all that was asked.
  List<Outcome> end() throws InterruptedException {
    ended = true;
    for (var client : clients) {
      client.join();
    }
    return List.copyOf(outcomes);
  }

  @Override
  public void close() {
    ended = true;
  }
}
