package io.surfacescan.service;

import static io.surfacescan.service.RunningService.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.surfacescan.service.answers.WorkQueue;
import io.surfacescan.service.exchange.Refusal;
import io.surfacescan.settings.AnswerLimits;
import io.surfacescan.settings.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class WorkQueueTest {
  /// The nice value among what follows the name in `/proc/.../stat`.
  private static final int NICE_FIELD = 16;

  @TempDir Path folder;

  @Test
  void run_beyondThoseWhoWait_isRefusedAtOnce_andTheRestIsRun() throws Exception {
    var gate = new CountDownLatch(1);
    var started = new CountDownLatch(1);
    var done = new CountDownLatch(2);
    try (var queue = new WorkQueue("long", 1, 1, 5)) {
      run(
          queue,
          _ -> {
            started.countDown();
            awaitQuietly(gate);
            done.countDown();
          });
      started.await();
      run(queue, _ -> done.countDown());
      assertThatThrownBy(() -> run(queue, _ -> {}))
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> {
                assertThat(refusal.kind()).isEqualTo(Refusal.Kind.BUSY);
                assertThat(refusal.headers()).containsEntry("Retry-After", "5");
              });
      gate.countDown();
      done.await();
      run(queue, _ -> {});
    }
  }

  private static void run(WorkQueue queue, Consumer<WorkQueue.Place> work) throws Refusal {
    queue.run(work, () -> false);
  }

  @Test
  void run_takesTheTurnOfARequestWhoseClientHasGone() throws Exception {
    var gate = new CountDownLatch(1);
    var started = new CountDownLatch(1);
    var done = new CountDownLatch(1);
    var gone = new AtomicBoolean();
    var gonesTurns = new AtomicInteger();
    try (var queue = new WorkQueue("long", 1, 1, 5)) {
      run(
          queue,
          _ -> {
            started.countDown();
            awaitQuietly(gate);
          });
      started.await();
      queue.run(_ -> gonesTurns.incrementAndGet(), gone::get);
      assertThatThrownBy(() -> run(queue, _ -> {})).isInstanceOf(Refusal.class);
      gone.set(true);
      run(queue, _ -> done.countDown());
      gate.countDown();
      done.await();
      assertThat(gonesTurns).hasValue(0);
    }
  }

  @Test
  void leave_letsTheNextBegin_whileTheWorkGoesOn_andOnlyOne() throws Exception {
    var gate = new CountDownLatch(1);
    var begun = new Semaphore(0);
    try (var queue = new WorkQueue("long", 1, 2, 5, Executors.newCachedThreadPool())) {
      run(
          queue,
          place -> {
            place.leave();
            place.leave();
            begun.release();
            awaitQuietly(gate);
          });
      run(
          queue,
          _ -> {
            begun.release();
            awaitQuietly(gate);
          });
      begun.acquire(2);
      run(queue, _ -> begun.release());
      assertThat(begun.tryAcquire()).isFalse();
      gate.countDown();
      begun.acquire();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void longQuestions_areWorkedOnAtLowPriority() throws Exception {
    var file = Files.writeString(folder.resolve("cloud.json"), "{\"vms\": [], \"fw_rules\": []}");
    try (var service =
        RunningService.of(RunningService.settings(List.of(file.toString()), Limits.DEFAULT))) {
      assertThat(service.get("/report").status()).isEqualTo(200);
      assertThat(niceOfLongOnes()).contains("10");
    }
  }

  private static String statOf(Path thread) {
    try {
      return Files.readString(thread.resolve("stat"));
    } catch (IOException e) {
      return "it has ended";
    }
  }

  /// Those that wait, and those that work. The system knows the beginnings of their names.
  private static Set<String> niceOfLongOnes() throws IOException {
    var found = new TreeSet<String>();
    try (var threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (var thread : threads) {
        var stat = statOf(thread);
        if (stat.contains("(surfacescan-lon")) {
          found.add(stat.substring(stat.lastIndexOf(") ") + 2).split(" ", -1)[NICE_FIELD]);
        }
      }
    }
    return found;
  }

  @Test
  void questionsThatTakeTooLong_areRefused_withWhatToAskInstead() throws Exception {
    var file = folder.resolve("cloud.json");
    Files.writeString(
        file,
        """
        {"vms": [{"vm_id": "a", "tags": ["a"]}, {"vm_id": "x", "tags": ["x"]}],
         "fw_rules": [{"source_tag": "a", "dest_tag": "x"}]}
        """);
    var usual = RunningService.settings(List.of(file.toString()), Limits.DEFAULT);
    var hasty =
        RunningService.with(
            new AnswerLimits(Duration.ofNanos(1), 1, 1, OptionalInt.empty()), usual);
    try (var service = RunningService.of(hasty)) {
      var report = service.get("/report");
      assertThat(report.status()).isEqualTo(422);
      assertThat(problem(report)).isEqualTo("time-limit");
      assertThat(report.text()).contains("Ask /vms for pages of VMs");
      assertThat(report.header("ETag")).isEmpty();
      assertThat(service.get("/attack?vm_id=x").status()).isEqualTo(200);
    }
  }

  /// The direct pairs are found while they are written.
  @Test
  void writingALongAnswer_endsAtTheDeadline_withAnAnswerOfItsOwn() throws Exception {
    var file = folder.resolve("cloud.json");
    Files.writeString(
        file,
        """
        {"vms": [{"vm_id": "a", "tags": ["a"]}, {"vm_id": "x", "tags": ["x"]}],
         "fw_rules": [{"source_tag": "a", "dest_tag": "x"}]}
        """);
    var usual = RunningService.settings(List.of(file.toString()), Limits.DEFAULT);
    var hasty =
        RunningService.with(
            new AnswerLimits(Duration.ofNanos(1), 1, 1, OptionalInt.empty()), usual);
    try (var service = RunningService.of(hasty)) {
      for (String coding : List.of("identity", "gzip")) {
        var pairs = service.get("/pairs", "Accept-Encoding: " + coding);
        assertThat(pairs.status()).isEqualTo(422);
        assertThat(problem(pairs)).isEqualTo("time-limit");
        for (String header : List.of("ETag", "Content-Encoding", "X-Total-Count", "Link")) {
          assertThat(pairs.header(header)).as(header).isEmpty();
        }
      }
    }
  }
}
