package io.surfacescan.service;

import static io.surfacescan.service.RunningService.await;
import static io.surfacescan.service.RunningService.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.surfacescan.settings.Limits;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The service leaves while clients go on asking.
class DrainTest {
  private static final int CLIENTS = 32;
  private static final int CROWD = 2_000;
  private static final int BEFORE = 2_000;

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(500);

  @TempDir Path folder;

  private static Limits limits(Duration drain, Duration lastCall) {
    return new Limits(LONG, LONG, LONG, LONG, drain, lastCall);
  }

  private RunningService serving(Limits limits) throws IOException {
    var vms = new StringBuilder("{\"vm_id\": \"x\", \"name\": \"x\", \"tags\": [\"x\"]}");
    for (int i = 0; i < CROWD; i++) {
      vms.append(",{\"vm_id\": \"vm-%08d\", \"name\": \"n\", \"tags\": [\"a\"]}".formatted(i));
    }
    Files.writeString(
        folder.resolve("cloud.json"),
        "{\"vms\": [" + vms + "], \"fw_rules\": [{\"source_tag\": \"a\", \"dest_tag\": \"x\"}]}");
    var file = folder.resolve("cloud.json").toString();
    return RunningService.of(RunningService.settings(List.of(file), limits));
  }

  /// What became of requests; the connection of those unanswered was closed before the first byte
  /// of an answer.
  private record Tally(AtomicLong answered, AtomicLong unanswered) {}

  /// Asks until nobody listens any more.
  private static void ask(int port, boolean keepsConnections, Tally tally) {
    boolean open = true;
    while (open) {
      try (var wire = new Wire(port)) {
        askOn(wire, keepsConnections, tally);
      } catch (UncheckedIOException e) {
        // Refused, or reset between the kernel's consent and the service's.
        assertThat(e).hasCauseInstanceOf(SocketException.class);
        open = !(e.getCause() instanceof ConnectException);
      }
    }
  }

  private static void askOn(Wire wire, boolean again, Tally tally) {
    boolean last = false;
    while (!last) {
      if (!wire.isAnswered("/attack?vm_id=x", "Accept: text/csv")) {
        tally.unanswered.incrementAndGet();
        return;
      }
      var answer = wire.read(false);
      assertWhole(answer);
      tally.answered.incrementAndGet();
      last = !again || answer.header("Connection").equals(Optional.of("close"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void underLoad_everyRequestIsAnsweredWhole_orNotCounted(boolean keepsConnections)
      throws IOException {
    var tally = new Tally(new AtomicLong(), new AtomicLong());
    try (var service = serving(Limits.DEFAULT);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var clients = new ArrayList<CompletableFuture<?>>();
      for (int client = 0; client < CLIENTS; client++) {
        clients.add(
            CompletableFuture.runAsync(
                () -> ask(service.port(), keepsConnections, tally), threads));
      }
      await("the load is on", () -> tally.answered.get() > BEFORE);
      service.leave();
      clients.forEach(CompletableFuture::join);
      assertThat(service.statistics.snapshot().times().count()).isEqualTo(tally.answered.get());
      assertThat(tally.unanswered.get()).isLessThan(CLIENTS);
    }
  }

  private static void assertWhole(Wire.Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text().lines()).hasSize(CROWD + 1);
  }

  @Test
  void withoutAnyConnection_thePortCloses() throws IOException {
    try (var service = serving(Limits.DEFAULT)) {
      service.leave();
      assertRefused(service);
    }
  }

  private static void assertRefused(RunningService service) {
    assertThatThrownBy(() -> service.get("/stats")).hasCauseInstanceOf(ConnectException.class);
  }

  private static boolean isRefused(RunningService service) {
    try {
      new Wire(service.port()).close();
      return false;
    } catch (UncheckedIOException e) {
      return e.getCause() instanceof ConnectException;
    }
  }

  @Test
  void aRequestOnItsWay_isAnswered_andTheLastOnItsConnection() throws IOException {
    try (var service = serving(limits(LONG, LONG));
        var opened = new Wire(service.port());
        var used = new Wire(service.port())) {
      assertThat(used.get("/stats").status()).isEqualTo(200);
      await("both are known", () -> service.listener.connections() == 2);
      var left = CompletableFuture.runAsync(service::leave);
      await("nobody new is let in", () -> isRefused(service));
      for (var wire : List.of(opened, used)) {
        wire.send(Wire.head("GET", "/attack?vm_id=x", "Accept: text/csv").repeat(2));
        var answer = wire.read(false);
        assertWhole(answer);
        assertThat(answer.header("Connection")).hasValue("close");
        assertThat(wire.isClosedByService()).isTrue();
      }
      left.join();
      assertThat(service.statistics.snapshot().times().count()).isEqualTo(3);
    }
  }

  /// A file that somebody else has yet to write.
  private Path late() throws Exception {
    var pipe = folder.resolve("late");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor())
        .isZero();
    return pipe;
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void reloadsThatWait_areToldAtOnce() throws Exception {
    try (var service = serving(limits(LONG, LONG));
        var waiting = new Wire(service.port());
        var later = new Wire(service.port())) {
      assertThat(later.get("/stats").status()).isEqualTo(200);
      var pipe = late();
      Files.move(pipe, folder.resolve("cloud.json"), StandardCopyOption.REPLACE_EXISTING);
      String reload =
          Wire.head("POST", "/reload", "Content-Type: application/json", "Content-Length: 0");
      waiting.send(reload);
      await("it waits", () -> service.listener.busy() == 1);
      var left = CompletableFuture.runAsync(service::leave);
      assertStopping(waiting.read(false));
      later.send(reload);
      assertStopping(later.read(false));
      left.join();
      letGo(folder.resolve("cloud.json"));
    }
  }

  /// Whoever reads the pipe may go on. It is opened for both, which waits for nobody: the reload
  /// may have been given up before anybody read.
  private static void letGo(Path pipe) throws IOException {
    try (var both = new RandomAccessFile(pipe.toFile(), "rw")) {
      both.writeByte('x');
    }
  }

  @Test
  void whatTakesTooLong_isToldAtTheEnd() throws Exception {
    try (var service = serving(limits(SHORT, LONG));
        var waiting = new Wire(service.port())) {
      waiting.send(
          Wire.head("POST", "/reload", "Content-Type: application/json", "Content-Length: 2"));
      await("it waits", () -> service.listener.busy() == 1);
      service.leave();
      assertStopping(waiting.read(false));
      assertThat(waiting.isClosedByService()).isTrue();
    }
  }

  private static void assertStopping(Wire.Answer answer) {
    assertThat(answer.status()).isEqualTo(503);
    assertThat(problem(answer)).isEqualTo("stopping");
    assertThat(answer.header("Retry-After")).hasValue("5");
    assertThat(answer.header("Connection")).hasValue("close");
  }
}
