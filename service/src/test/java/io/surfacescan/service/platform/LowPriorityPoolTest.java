package io.surfacescan.service.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class LowPriorityPoolTest {
  /// The nice value among what follows the name in `/proc/.../stat`.
  private static final int NICE_FIELD = 16;

  private static int niceOfThisThread() {
    try {
      String stat = Files.readString(Path.of("/proc/thread-self/stat"));
      return Integer.parseInt(
          stat.substring(stat.lastIndexOf(") ") + 2).split(" ", -1)[NICE_FIELD]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void pool_runsAtLowPriority_parallelWorkIncluded_andLeavesOthersAlone() throws Exception {
    int own = niceOfThisThread();
    try (var pool = LowPriorityPool.pool("test")) {
      var seen =
          pool.submit(() ->
                  IntStream.range(0, 1000)
                      .parallel()
                      .map(i -> niceOfThisThread())
                      .distinct()
                      .toArray())
              .get();
      assertThat(seen).containsExactly(10);
    }
    assertThat(niceOfThisThread()).isEqualTo(own);
  }
}
