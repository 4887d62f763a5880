package io.surfacescan.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {
  private static final long MANY = 1 << 20;

  @TempDir private Path folder;
  private CacheFolder cache = new CacheFolder(Path.of(""));

  @BeforeEach
  void name() {
    cache = new CacheFolder(folder.resolve("new/cache"));
  }

  private void put(String key, int bytes, long bytesMost) throws IOException {
    cache.put(key, bytesMost, file -> file.write(ByteBuffer.allocate(bytes)));
  }

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void put_makesWhatIsTheUsersAlone() throws IOException {
    assertThat(cache.find("a")).isEmpty();
    put("a", 10, MANY);
    var file = cache.find("a").orElseThrow();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache.path())))
        .isEqualTo("rwx------");
    assertThat(cache.content()).isEqualTo(new CacheFolder.Content(1, 10));
    put("a", 20, MANY);
    assertThat(cache.content()).isEqualTo(new CacheFolder.Content(1, 20));
    assertThat(cache.distrust()).isEmpty();
  }

  @Test
  void find_believesNoFileThatOthersMayUse() throws IOException {
    put("a", 10, MANY);
    var file = cache.find("a").orElseThrow();
    for (String permissions : List.of("rw-r--r--", "rw--w----", "rw-----w-", "r--------")) {
      permit(file, permissions);
      assertThat(cache.find("a")).as(permissions).isEmpty();
    }
    permit(file, "rw-------");
    assertThat(cache.find("a")).isPresent();
    Files.move(file, folder.resolve("moved"));
    Files.createSymbolicLink(file, folder.resolve("moved"));
    assertThat(cache.find("a")).isEmpty();
  }

  @Test
  void find_believesNoFolderThatOthersMayUse() throws IOException {
    put("a", 10, MANY);
    permit(cache.path(), "rwxr-xr-x");
    assertThat(cache.find("a")).isEmpty();
    assertThat(cache.distrust()).contains("others may use it (rwxr-xr-x); run chmod 700 on it");
    put("b", 10, MANY);
    assertThat(cache.clear()).isEqualTo(new CacheFolder.Content(0, 0));
    permit(cache.path(), "rwx------");
    assertThat(cache.find("a")).isPresent();
    assertThat(cache.find("b")).isEmpty();
    Files.createSymbolicLink(folder.resolve("link"), cache.path());
    var linked = new CacheFolder(folder.resolve("link"));
    assertThat(linked.find("a")).isEmpty();
    assertThat(linked.distrust()).contains("it is no folder");
  }

  /// Only root can give files away.
  @Test
  void find_believesNothingOfAnotherUser() throws IOException {
    assumeThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid")).isEqualTo(0);
    put("a", 10, MANY);
    var file = cache.find("a").orElseThrow();
    Files.setAttribute(file, "unix:uid", 12_345);
    assertThat(cache.find("a")).isEmpty();
    Files.setAttribute(file, "unix:uid", 0);
    Files.setAttribute(cache.path(), "unix:uid", 12_345);
    assertThat(cache.find("a")).isEmpty();
    assertThat(cache.distrust()).contains("it belongs to 12345");
    put("b", 10, MANY);
    assertThat(cache.path().resolve("b.snapshot")).doesNotExist();
  }

  @Test
  void put_removesWhatWasUsedLeastRecently() throws IOException {
    var old = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    for (String key : List.of("a", "b", "c")) {
      put(key, 100, MANY);
      Files.setLastModifiedTime(cache.find(key).orElseThrow(), old);
    }
    // Being found is being used.
    assertThat(cache.find("b")).isPresent();
    put("d", 100, 200);
    assertThat(cache.find("a")).isEmpty();
    assertThat(cache.find("c")).isEmpty();
    assertThat(cache.find("b")).isPresent();
    assertThat(cache.find("d")).isPresent();
  }

  @Test
  void put_leavesWhatIsLargerThanAllMayBe() throws IOException {
    put("a", 100, 200);
    put("b", 201, 200);
    assertThat(cache.find("a")).isPresent();
    assertThat(cache.content()).isEqualTo(new CacheFolder.Content(1, 100));
  }

  @Test
  void put_removesWhatOthersLeftUnfinished() throws IOException {
    put("a", 100, MANY);
    var left = Files.createFile(cache.path().resolve("b-0.unfinished"));
    var beingWritten = Files.createFile(cache.path().resolve("c-0.unfinished"));
    Files.setLastModifiedTime(left, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    put("d", 100, MANY);
    assertThat(left).doesNotExist();
    assertThat(beingWritten).exists();
    assertThat(cache.clear()).isEqualTo(new CacheFolder.Content(2, 200));
    assertThat(cache.path()).isEmptyDirectory();
  }

  /// Writers and readers of one input at once, each as a process of its own has it.
  @Test
  void readers_seeOneSnapshotOrTheOther() throws Exception {
    var first = new CachedInput(folder);
    first.write("env.json", CachedInput.DOCUMENT);
    var facts = Facts.of(first.keep());
    try (var threads = Executors.newFixedThreadPool(4)) {
      var rounds = new ArrayList<Callable<List<String>>>();
      for (int i = 0; i < 60; i++) {
        boolean clears = i % 20 == 10;
        rounds.add(() -> {
          if (clears) {
            new CacheFolder(first.cache).clear();
          }
          return Facts.of(new CachedInput(first.data, first.cache).keep());
        });
      }
      for (var round : threads.invokeAll(rounds)) {
        assertThat(round.get()).isEqualTo(facts);
      }
    }
    assertThat(first.readsAnew()).isFalse();
    assertThat(first.snapshot()).isRegularFile();
  }
}
