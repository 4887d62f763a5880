package io.surfacescan.app;

import static io.surfacescan.app.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.surfacescan.testkit.Json;
import io.surfacescan.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The packaged program while files, memory, descriptors or itself fail. `docs/operations.md` says
/// what is promised then.
class FaultsIT {
  private static final String ATTACK = "/attack?vm_id=x";
  private static final Pattern LOADS = Pattern.compile("surfacescan_loads_total\\{.*} (\\d+)");

  @TempDir Path folder;
  private Path data;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void setUp() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
  }

  private ServedProgram serve(List<String> before, String... options) throws IOException {
    return ServedProgram.start(
        before,
        List.of(options),
        folder,
        folder,
        "--data",
        data.toString(),
        "--port",
        "0",
        "--state-dir",
        folder.resolve("state").toString());
  }

  private ServedProgram serve(String... options) throws IOException {
    return serve(List.of(), options);
  }

  /// An environment in which these attack `x`.
  private static String attackers(String... ids) {
    var vms = new StringBuilder("{\"vm_id\": \"x\", \"name\": \"\", \"tags\": [\"x\"]}");
    for (String id : ids) {
      vms.append(",\n{\"vm_id\": \"%s\", \"name\": \"\", \"tags\": [\"a\"]}".formatted(id));
    }
    return "{\"vms\": ["
        + vms
        + "], \"fw_rules\": [{\"fw_id\": \"1\", \"source_tag\": \"a\", \"dest_tag\": \"x\"}]}";
  }

  private static String list(String... ids) {
    return "[\"" + String.join("\",\"", ids) + "\"]";
  }

  private String get(int port, String target) throws Exception {
    var answer =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target)).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  /// What was refused, or nothing.
  private String refused(int port) throws Exception {
    var environment = Json.objectOf(Object.class, Json.read(get(port, "/environment")));
    return String.valueOf(environment.get("last_refused_load"));
  }

  private long loads(int port) throws Exception {
    return LOADS
        .matcher(get(port, "/metrics"))
        .results()
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .sum();
  }

  private static void replace(Path file, String text) throws IOException {
    var next = Files.writeString(file.resolveSibling(".next"), text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Clients that ask again and again while something else is done.
  ///
  /// @return how many answers they got, each of which was good
  private long whileAsking(Waiting.Check isGood, Callable<?> work) throws Exception {
    var answers = new AtomicLong();
    var ended = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var clients = new ArrayList<Future<?>>();
      for (int number = 0; number < 4; number++) {
        clients.add(
            threads.submit(() -> {
              while (!ended.get()) {
                assertThat(isGood.holds()).isTrue();
                answers.incrementAndGet();
                Waiting.pause();
              }
              return null;
            }));
      }
      try {
        work.call();
      } finally {
        ended.set(true);
      }
      for (var asking : clients) {
        asking.get();
      }
    }
    return answers.get();
  }

  @Test
  void anEnvironmentThatDoesNotFit_isRefused_andCostsNoAnswer() throws Exception {
    Files.writeString(data.resolve("a.json"), attackers("old"));
    // Long ids, so that memory ends soon and not bit by bit, which collections of garbage would
    // draw out.
    var large = folder.resolve("large.json");
    try (var out = Files.newBufferedWriter(large)) {
      out.write("{\"vms\": [");
      for (int vm = 0; vm < 60_000; vm++) {
        out.write(vm == 0 ? "" : ",\n");
        out.write("{\"vm_id\":\"%02000d\",\"name\":\"\",\"tags\":[\"b\"]}".formatted(vm));
      }
      out.write("]}");
    }
    assertRefusedWhileAsked(large, data.resolve("b.json"), "does not fit into");
  }

  /// It is about a thousandth of what it holds.
  @Test
  void aGzipBomb_isRefused_andCostsNoAnswer() throws Exception {
    Files.writeString(data.resolve("a.json"), attackers("old"));
    var spaces = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(spaces)) {
      byte[] some = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
      for (int megabyte = 0; megabyte < 64; megabyte++) {
        gzip.write(some);
      }
    }
    var bomb = folder.resolve("bomb.gz");
    for (int part = 0; part < 64; part++) {
      Files.write(bomb, spaces.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    assertThat(Files.size(bomb)).isLessThan(8 << 20);
    assertRefusedWhileAsked(
        bomb, data.resolve("b.json.gz"), "unpacks to more than 400 times its size");
  }

  private void assertRefusedWhileAsked(Path large, Path place, String why) throws Exception {
    try (var served = serve("-Xmx96m")) {
      int port = served.port();
      long answers =
          whileAsking(
              () -> get(port, ATTACK).equals(list("old")),
              () -> {
                Files.move(large, place);
                until("it is refused", () -> refused(port).contains(why));
                return null;
              });
      assertThat(answers).isPositive();
      assertThat(refused(port)).contains("too-large");
      assertThat(get(port, "/health/ready")).contains("UP");

      Files.delete(place);
      replace(data.resolve("a.json"), attackers("new"));
      until("the next is served", () -> get(port, ATTACK).equals(list("new")));
      assertThat(get(port, "/health")).doesNotContain("failing");
    }
  }

  @Test
  void aFileWrittenInPieces_isServedWhenItIsWhole() throws Exception {
    var file = data.resolve("a.json");
    Files.writeString(file, attackers("old"));
    try (var served = serve()) {
      int port = served.port();
      String text = attackers("new", "newer", "newest");
      for (int end : List.of(1, text.indexOf("newer"), text.indexOf("newest") + 20)) {
        Files.writeString(file, text.substring(0, end));
        until("the piece is refused", () -> refused(port).contains("malformed-json"));
        assertThat(get(port, ATTACK)).isEqualTo(list("old"));
        Files.writeString(file, attackers("old"));
        until("nothing is refused", () -> refused(port).equals("null"));
      }
      Files.writeString(file, text);
      until("the whole is served", () -> get(port, ATTACK).equals(list("new", "newer", "newest")));
    }
  }

  @Test
  void aThousandFileEvents_areFewLoads_andTheLastContentIsServed() throws Exception {
    var file = data.resolve("a.json");
    Files.writeString(file, attackers("v0"));
    try (var served = serve()) {
      int port = served.port();
      long before = loads(port);
      long begun = System.nanoTime();
      for (int event = 1; event <= 1000; event++) {
        replace(file, attackers("v" + event));
      }
      until("the last is served", () -> get(port, ATTACK).equals(list("v1000")));
      // Each load waits for 300 ms without a change.
      long quiet = Duration.ofNanos(System.nanoTime() - begun).toMillis() / 300;
      assertThat(loads(port) - before).isBetween(1L, Math.min(100, 1 + quiet));
    }
  }

  /// As Kubernetes replaces a ConfigMap of two keys, again and again and without any rest.
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void filesBehindALinkThatTurns_areNeverMixed() throws Exception {
    var link = data.resolve("..data");
    Files.createSymbolicLink(link, version(0));
    for (String name : List.of("a.json", "b.json")) {
      Files.createSymbolicLink(data.resolve(name), Path.of("..data", name));
    }
    try (var served = serve()) {
      int port = served.port();
      var pair = Pattern.compile("\\[\"a(\\d+)\",\"b\\1\"]");
      long before = loads(port);
      var turns = new AtomicInteger();
      whileAsking(
          () -> reload(port) && pair.matcher(get(port, ATTACK)).matches(),
          () -> {
            until(
                "it was read among the turns",
                () -> {
                  turn(link, turns.get(), turns.get() + 500);
                  return turns.addAndGet(500) >= 1000 && loads(port) > before + 20;
                });
            return null;
          });
      int last = turns.get();
      until("the last is served", () -> get(port, ATTACK).equals(list("a" + last, "b" + last)));
    }
  }

  private void turn(Path link, int from, int to) throws Exception {
    for (int turn = from + 1; turn <= to; turn++) {
      var next = Files.createSymbolicLink(data.resolve("..next"), version(turn));
      Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
      remove(data.resolve("..version-" + (turn - 1)));
      Thread.sleep(1);
    }
  }

  private Path version(int number) throws IOException {
    var version = Files.createDirectory(data.resolve("..version-" + number));
    Files.writeString(version.resolve("a.json"), attackers("a" + number));
    Files.writeString(
        version.resolve("b.json"),
        "{\"vms\": [{\"vm_id\": \"b%d\", \"name\": \"\", \"tags\": [\"a\"]}]}".formatted(number));
    return version.getFileName();
  }

  private static void remove(Path version) throws IOException {
    Files.delete(version.resolve("a.json"));
    Files.delete(version.resolve("b.json"));
    Files.delete(version);
  }

  /// Whether the service loaded or refused what is there now.
  private boolean reload(int port) throws Exception {
    var answer =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/reload"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.discarding());
    return answer.statusCode() == 200 || answer.statusCode() == 422;
  }

  @Test
  void aFolderThatVanishes_isServedOn_andReadWhenItIsBack() throws Exception {
    Files.writeString(data.resolve("a.json"), attackers("old"));
    try (var served = serve()) {
      int port = served.port();
      var away = folder.resolve("away");
      Files.move(data, away);
      until(
          "the refusal names the file",
          () -> refused(port).contains("there is no such file or directory"));
      assertThat(get(port, ATTACK)).isEqualTo(list("old"));
      assertThat(get(port, "/health/ready")).contains("UP");

      Files.move(away, data);
      until("nothing is refused", () -> refused(port).equals("null"));
      replace(data.resolve("a.json"), attackers("new"));
      until("the new file is served", () -> get(port, ATTACK).equals(list("new")));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aSmallLimitOfFiles_isKeptByConnections_notByLoadsAndStatistics() throws Exception {
    var prlimit = prlimit();
    Files.writeString(data.resolve("a.json"), attackers("old"));
    try (var served = serve(List.of(prlimit, "--nofile=300:300"))) {
      int port = served.port();
      assertThat(served.words())
          .contains("connections at a time, because this process may have 300");
      try (var kept = new Kept(crowd(port, 300))) {
        replace(data.resolve("a.json"), attackers("new"));
        until("it is served", () -> kept.ask(ATTACK).endsWith(list("new")));
        assertThat(kept.ask("/stats?scope=instance")).startsWith("HTTP/1.1 200 ");
        assertThat(kept.ask("/health")).doesNotContain("failing");
      }
      until("others are let in", () -> isAnswered(port));
    }
  }

  /// The limit falls below what is open, so that not even a connection can be refused.
  @Test
  @EnabledOnOs(OS.LINUX)
  void withoutFileDescriptors_openConnectionsAreAnswered_andOthersLater() throws Exception {
    var prlimit = prlimit();
    Files.writeString(data.resolve("a.json"), attackers("old"));
    try (var served = serve()) {
      int port = served.port();
      get(port, "/stats?scope=instance");
      var crowd = crowd(port, 20);
      String pid = Long.toString(served.process().pid());
      assertThat(new ProcessBuilder(prlimit, "--pid", pid, "--nofile=16:").start().waitFor())
          .isZero();
      try (var kept = new Kept(crowd)) {
        assertThat(isAnswered(port)).isFalse();
        until(
            "a load fails",
            () -> {
              replace(data.resolve("a.json"), attackers("new"));
              return kept.ask("/environment").contains("Too many open files");
            });
        var before = served.process().info().totalCpuDuration().orElseThrow();
        Thread.sleep(3000);
        assertThat(served.process().info().totalCpuDuration().orElseThrow().minus(before))
            .as("processor time of 3 s of waiting")
            .isLessThan(Duration.ofSeconds(2));
        assertThat(kept.ask(ATTACK)).endsWith(list("old"));
      }
      assertThat(new ProcessBuilder(prlimit, "--pid", pid, "--nofile=4096:").start().waitFor())
          .isZero();
      until("the service is back", () -> isAnswered(port));
      until("the new file is served", () -> get(port, ATTACK).equals(list("new")));
      until("statistics are written", () -> !get(port, "/health").contains("failing"));
      assertThat(counted(port)).isPositive();
    }
  }

  private static String prlimit() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "prlimit is not there");
    return "/usr/bin/prlimit";
  }

  private static List<Socket> crowd(int port, int count) throws IOException {
    var crowd = new ArrayList<Socket>();
    for (int i = 0; i < count; i++) {
      var socket = new Socket();
      socket.setSoTimeout(10_000);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      crowd.add(socket);
    }
    return crowd;
  }

  /// The first of many connections, which asks again and again so that none of its questions needs
  /// another.
  private record Kept(List<Socket> crowd) implements AutoCloseable {
    String ask(String target) throws IOException {
      return exchange(crowd.getFirst(), target);
    }

    @Override
    public void close() throws IOException {
      for (var socket : crowd) {
        socket.close();
      }
    }
  }

  /// Head and body of an answer whose length is told.
  private static String exchange(Socket socket, String target) throws IOException {
    socket
        .getOutputStream()
        .write(
            ("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    var in = socket.getInputStream();
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return head.toString();
      }
      head.append((char) next);
    }
    var length = Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
    assertThat(length.find()).as(head.toString()).isTrue();
    byte[] body = in.readNBytes(Integer.parseInt(length.group(1)));
    return head + new String(body, StandardCharsets.UTF_8);
  }

  /// Whether a new connection is answered.
  private static boolean isAnswered(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2000);
      socket.setSoTimeout(2000);
      return exchange(socket, ATTACK).startsWith("HTTP/1.1 200 ");
    } catch (IOException e) {
      return false;
    }
  }

  /// How many attacks were ever asked for.
  private long counted(int port) throws Exception {
    var kept = Json.objectOf(Object.class, Json.read(get(port, "/stats?scope=instance")));
    assertThat(kept).containsKey("complete_until");
    var routes = Json.objectOf(Object.class, kept.get("routes"));
    return routes.containsKey("/attack")
        ? Long.parseLong(
            String.valueOf(Json.objectOf(Object.class, routes.get("/attack")).get("request_count")))
        : 0;
  }

  /// Kills within the start, the first writes and the work after it. `scripts/soak` kills on.
  @Test
  void kills_atAnyMoment_leaveStatisticsThatAreReadAndNeverShrink() throws Exception {
    Files.writeString(data.resolve("a.json"), attackers("old"));
    var sure = new AtomicLong();
    var asked = new AtomicLong();
    Seeds.check(1, seed -> killTwice(new Random(seed), sure, asked));
    assertThat(sure).hasPositiveValue();
  }

  /// Kills a process that was asked for a while, and one that starts.
  private void killTwice(Random random, AtomicLong sure, AtomicLong asked) throws Exception {
    try (var served = serve()) {
      int port = served.port();
      assertThat(get(port, "/health")).doesNotContain("failing");
      assertThat(counted(port)).isBetween(sure.get(), asked.get());
      var end = Instant.now().plusMillis(random.nextInt(3000));
      do {
        assertThat(get(port, ATTACK)).isEqualTo(list("old"));
        asked.incrementAndGet();
      } while (Instant.now().isBefore(end));
      sure.set(counted(port));
      assertThat(sure.get()).isLessThanOrEqualTo(asked.get());
      kill(served);
    }
    try (var served = serve()) {
      boolean ended = served.process().waitFor(random.nextInt(1500), TimeUnit.MILLISECONDS);
      assertThat(ended).as(served.words()).isFalse();
      kill(served);
    }
  }

  private static void kill(ServedProgram served) throws InterruptedException {
    served.process().destroyForcibly();
    served.await();
  }
}
