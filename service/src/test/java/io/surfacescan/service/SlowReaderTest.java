package io.surfacescan.service;

import static io.surfacescan.service.RunningService.await;
import static io.surfacescan.service.RunningService.ids;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.surfacescan.service.send.DocumentFlow;
import io.surfacescan.settings.AnswerLimits;
import io.surfacescan.settings.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that do not read, or do not write, while the service goes on.
class SlowReaderTest {
  /// With ids of some 200 characters, more than the kernel keeps for both ends of a connection.
  private static final int CROWD = 60_000;

  private static final int RECEIVE_BUFFER = 4096;

  @TempDir Path folder;

  private void write(String generation) throws IOException {
    var vms = new StringBuilder("{\"vm_id\": \"x\", \"name\": \"x\", \"tags\": [\"x\"]}");
    String padding = "-".repeat(180);
    for (int i = 0; i < CROWD; i++) {
      vms.append(
          ",\n{\"vm_id\": \"%s-%s-%08d\", \"name\": \"n\", \"tags\": [\"a\"]}"
              .formatted(generation, padding, i));
    }
    RunningService.write(
        folder.resolve("cloud.json"),
        "{\"vms\": [" + vms + "], \"fw_rules\": [{\"source_tag\": \"a\", \"dest_tag\": \"x\"}]}");
  }

  private RunningService serving(Limits limits) throws IOException {
    Files.createDirectories(folder);
    write("first");
    return RunningService.of(RunningService.settings(List.of(folder.toString()), limits));
  }

  private static Limits limits(Duration idle, Duration body, Duration stall, Duration drain) {
    return new Limits(idle, body, stall, Duration.ofMinutes(5), drain, SHORT);
  }

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(500);

  private static Wire asking(RunningService service) {
    var wire = new Wire(service.port(), RECEIVE_BUFFER);
    wire.send(Wire.head("GET", "/attack?vm_id=x"));
    return wire;
  }

  private static void assertAllOf(String generation, Wire.Answer answer) {
    assertThat(ids(answer))
        .hasSize(CROWD)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.startsWith(generation));
  }

  @Test
  void requestsUnderWay_finishOnTheirEnvironment() throws IOException {
    try (var service = serving(Limits.DEFAULT);
        var slow = asking(service)) {
      awaitUnderWay(service, 1);
      write("second");
      assertThat(service.reload().status()).isEqualTo(200);
      assertAllOf("second", service.get("/attack?vm_id=x"));
      assertAllOf("first", slow.read(false));
    }
  }

  @Test
  void threeReloads_cutTheReadersOfTheOldest_andNoOthers() throws IOException {
    try (var service = serving(Limits.DEFAULT)) {
      var readers = new ArrayList<Wire>();
      for (String next : List.of("second", "third", "fourth")) {
        readers.add(asking(service));
        awaitUnderWay(service, readers.size());
        write(next);
        assertThat(service.reload().status()).isEqualTo(200);
      }
      assertThat(readers.get(0).isClosedByService()).isTrue();
      assertAllOf("second", readers.get(1).read(false));
      assertAllOf("third", readers.get(2).read(false));
      readers.forEach(Wire::close);
    }
  }

  private static void awaitUnderWay(RunningService service, int count) {
    await(count + " requests are under way", () -> service.listener.busy() == count);
  }

  @Test
  void aReaderThatTakesNothing_isCut() throws IOException {
    try (var service = serving(limits(LONG, LONG, SHORT, LONG));
        var stalled = asking(service)) {
      await("it is cut", () -> service.statistics.snapshot().aborted() == 1);
      await("the connection is closed", () -> service.listener.connections() == 0);
      assertThat(stalled.isClosedByService()).isTrue();
    }
  }

  @Test
  void readersThatWereCut_leaveNoMemoryBehind() throws IOException {
    try (var service = serving(limits(LONG, LONG, SHORT, LONG))) {
      assertThat(service.get("/attack?vm_id=x").status()).isEqualTo(200);
      long before = gathered();
      var stalled = new ArrayList<Wire>();
      for (int i = 0; i < 10; i++) {
        var wire = new Wire(service.port(), RECEIVE_BUFFER);
        wire.send(Wire.head("GET", "/attack?vm_id=x", "Accept: application/x-ndjson"));
        stalled.add(wire);
      }
      await("pieces wait", () -> gathered() - before >= 10);
      await("the connections are closed", () -> service.listener.connections() == 0);
      await("the pieces are released", () -> gathered() <= before);
      stalled.forEach(Wire::close);
    }
  }

  /// How many pieces of about `BodyBuffers.PIECE_BYTES` are in use.
  private static long gathered() {
    return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
        .mapToLong(PoolArenaMetric::numActiveNormalAllocations)
        .sum();
  }

  @Test
  void aConnectionWithoutARequest_isClosed_alsoIfItDripsOne() throws IOException {
    try (var service = serving(limits(Duration.ofSeconds(3), LONG, LONG, LONG));
        var silent = new Wire(service.port());
        var dripping = new Wire(service.port());
        var used = new Wire(service.port())) {
      dripping.send("GET /stats HT");
      assertThat(used.get("/stats").status()).isEqualTo(200);
      assertThat(silent.isClosedByService()).isTrue();
      assertThat(dripping.isClosedByService()).isTrue();
      assertThat(used.isClosedByService()).isTrue();
    }
  }

  @Test
  void aBodyThatDoesNotCome_isNotWaitedFor() throws IOException {
    try (var service = serving(limits(LONG, SHORT, LONG, LONG));
        var wire = new Wire(service.port())) {
      wire.send(
          Wire.head("POST", "/reload", "Content-Type: application/json", "Content-Length: 9"));
      assertThat(wire.isClosedByService()).isTrue();
    }
  }

  @Test
  void aSlowReaderOfALongAnswer_keepsNoOtherLongQuestionWaiting() throws IOException {
    write("first");
    var usual = RunningService.settings(List.of(folder.toString()), Limits.DEFAULT);
    var oneAtATime = RunningService.with(new AnswerLimits(LONG, 1, 1, OptionalInt.empty()), usual);
    try (var service = RunningService.of(oneAtATime);
        var slow = new Wire(service.port(), RECEIVE_BUFFER)) {
      slow.send(Wire.head("GET", "/pairs", "Accept: application/x-ndjson"));
      await(
          "a thread of the queue writes",
          () -> writers().anyMatch(name -> name.startsWith("surfacescan-long-")));
      assertThat(service.get("/report?limit=1").status()).isEqualTo(200);
      assertThat(service.listener.busy()).isEqualTo(1);
      assertThat(new String(slow.read(false).body(), UTF_8).lines())
          .hasSize(CROWD)
          .allMatch(row -> row.startsWith("{\"from\":{\"vm_id\":\"first-") && row.endsWith("]}"));
    }
  }

  /// The names of the threads that write documents now.
  private static Stream<String> writers() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread ->
            Stream.of(thread.getValue())
                .anyMatch(frame -> frame.getClassName().equals(DocumentFlow.class.getName())))
        .map(thread -> thread.getKey().getName());
  }

  @Test
  void draining_letsAnswersFinish_andClosesWhatWaits() throws IOException {
    try (var service = serving(limits(LONG, LONG, LONG, LONG));
        var waiting = new Wire(service.port());
        var slow = asking(service)) {
      assertThat(waiting.get("/stats").status()).isEqualTo(200);
      awaitUnderWay(service, 1);
      var drained = CompletableFuture.runAsync(service.listener::drain);
      assertThat(waiting.isClosedByService()).isTrue();
      assertThat(drained).isNotDone();
      assertAllOf("first", slow.read(false));
      drained.join();
      assertThat(service.listener.connections()).isZero();
    }
  }

  @Test
  void draining_givesUpAfterItsTime() throws IOException {
    try (var service = serving(limits(LONG, LONG, LONG, SHORT));
        var slow = asking(service)) {
      awaitUnderWay(service, 1);
      service.listener.drain();
      assertThat(service.listener.busy()).isEqualTo(1);
      assertAllOf("first", slow.read(false));
    }
  }
}
