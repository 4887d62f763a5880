package io.surfacescan.service;

import static io.surfacescan.service.RunningService.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every request is counted once, before whoever sent it has read the last byte of the answer.
class CountingTest {
  private static final int CROWD = 5_000;

  @TempDir Path folder;
  private RunningService service;

  @BeforeEach
  void start() throws IOException {
    var vms = new StringBuilder("{\"vm_id\": \"x\", \"name\": \"x\", \"tags\": [\"x\"]}");
    for (int i = 0; i < CROWD; i++) {
      vms.append(",{\"vm_id\": \"vm-%08d\", \"name\": \"n\", \"tags\": [\"a\"]}".formatted(i));
    }
    Files.writeString(
        folder.resolve("cloud.json"),
        "{\"vms\": [" + vms + "], \"fw_rules\": [{\"source_tag\": \"a\", \"dest_tag\": \"x\"}]}");
    service = RunningService.of(folder);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  /// One request of each kind that is answered in another way.
  private static final List<String> KINDS =
      List.of(
          Wire.head("GET", "/attack?vm_id=x"),
          Wire.head("GET", "/attack?vm_id=x", "Accept: text/csv"),
          Wire.head("GET", "/attack?vm_id=x", "Accept-Encoding: gzip"),
          Wire.head("GET", "/attack?vm_id=x", "If-None-Match: *"),
          Wire.head("GET", "/attack?vm_id=vm-00000001"),
          Wire.head("GET", "/attack?vm_id=unknown"),
          Wire.head("GET", "/attack"),
          Wire.head("GET", "/attack?vm_id=x", "Accept: image/png"),
          Wire.head("GET", "/environment"),
          Wire.head("GET", "/stats"),
          Wire.head("GET", "/nowhere"),
          Wire.head("GET", "/stats", "Host: evil.example"),
          Wire.head("OPTIONS", "*"),
          Wire.head("DELETE", "/stats"),
          Wire.head("POST", "/reload", "Content-Length: 0"),
          Wire.head("POST", "/reload", "Content-Type: application/json", "Content-Length: 0"));

  @Test
  void stats_afterAnAnswerWasRead_haveIt() {
    long expected = 0;
    for (int round = 0; round < 20; round++) {
      for (String request : KINDS) {
        try (var wire = new Wire(service.port())) {
          wire.send(request);
          wire.read(false);
          expected++;
        }
        assertThat(object(service.get("/stats"))).containsEntry("request_count", expected);
        expected++;
      }
    }
  }

  @Test
  void stats_underManyClients_loseNothing() throws Exception {
    int clients = 8;
    int rounds = 60;
    var sent = new AtomicLong();
    var running = new AtomicBoolean(true);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var watching =
          threads.submit(() -> {
            var counts = new ArrayList<Long>();
            try (var wire = new Wire(service.port())) {
              while (running.get()) {
                long before = sent.get();
                var stats = object(wire.get("/stats"));
                sent.incrementAndGet();
                counts.add((Long) stats.get("request_count"));
                assertThat(counts.getLast()).isGreaterThanOrEqualTo(before);
                var statuses = Parsed.objectOf(Long.class, stats.get("statuses"));
                assertThat(statuses.values().stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(counts.getLast());
              }
            }
            return counts;
          });
      var work = new ArrayList<Callable<Void>>();
      for (int client = 0; client < clients; client++) {
        work.add(() -> {
          try (var wire = new Wire(service.port())) {
            for (int n = 0; n < rounds * KINDS.size(); n++) {
              wire.send(KINDS.get(n % KINDS.size()));
              wire.read(false);
              sent.incrementAndGet();
            }
          }
          return null;
        });
      }
      for (var done : threads.invokeAll(work)) {
        done.get();
      }
      running.set(false);
      assertThat(watching.get()).isSorted().hasSizeGreaterThan(10);
    }
    assertThat(object(service.get("/stats"))).containsEntry("request_count", sent.get());
  }

  @Test
  void stats_countRequestsThatWereGivenUp() {
    try (var wire = new Wire(service.port())) {
      wire.send(
          Wire.head("POST", "/reload", "Content-Type: application/json", "Content-Length: 5"));
    }
    RunningService.await(
        "the request is counted as given up",
        () -> {
          var stats = object(service.get("/stats"));
          var statuses = Parsed.objectOf(Long.class, stats.get("statuses"));
          return Parsed.number(stats, "aborted_count") == 1 && Parsed.number(statuses, "499") == 1;
        });
  }

  @Test
  void stats_countByRoute_underFewLabels() {
    for (String target : List.of("/attack?vm_id=x", "/attack", "/a", "/b", "/docs/../etc")) {
      service.get(target);
    }
    var routes =
        Parsed.objectOf(
            Object.class,
            java.util.Objects.requireNonNull(object(service.get("/stats")).get("routes")));
    assertThat(routes.keySet()).containsExactly("/attack", "unmatched");
    assertThat(Parsed.objectOf(Object.class, routes.get("unmatched")))
        .containsEntry("request_count", 3L);
  }
}
