package io.surfacescan.snapshot;

import io.surfacescan.importers.ReadOptions;
import io.surfacescan.settings.CacheSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// An input in a folder, and a cache beside it.
final class CachedInput {
  static final String DOCUMENT =
      """
      {"vms": [
        {"vm_id": "a", "name": "alpha", "tags": ["s", "s"], "addresses": ["10.0.0.1"]},
        {"vm_id": "b", "tags": ["d", "s"], "kind": "database", "scope": "eu/\u00e4\u20ac"},
        {"vm_id": "c", "name": "gamma", "tags": []}],
       "fw_rules": [
        {"fw_id": "f", "source_tag": "s", "dest_tag": "d", "services": ["tcp/22"]},
        {"source_tag": "s", "dest_tag": "nobody"}]}
      """;

  final Path data;
  final Path cache;
  private final Snapshots snapshots;
  private final List<String> paths;
  private final AtomicInteger readAnew = new AtomicInteger();

  CachedInput(Path folder) throws IOException {
    this(Files.createDirectories(folder.resolve("data")), folder.resolve("cache"));
  }

  CachedInput(Path data, Path cache) {
    this(data, cache, List.of(data.toString()), false);
  }

  CachedInput(Path data, Path cache, List<String> paths, boolean verifies) {
    this.data = data;
    this.cache = cache;
    this.paths = paths;
    snapshots = new Snapshots(new CacheSettings(Optional.of(cache), verifies, 1 << 30, 0));
  }

  /// The same with content compared in any case.
  CachedInput verified() {
    return new CachedInput(data, cache, paths, true);
  }

  /// The same by another path.
  CachedInput by(String... others) {
    return new CachedInput(data, cache, List.of(others), false);
  }

  /// Writes a file that was written long ago, as far as can be seen; only the time of its last
  /// change of status cannot be set back.
  Path write(String name, String content) throws IOException {
    var file = Files.writeString(data.resolve(name), content);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    return file;
  }

  Reading read(ReadOptions options) {
    return snapshots.read(
        paths,
        InputStream.nullInputStream(),
        (bytes, total) -> readAnew.incrementAndGet(),
        options);
  }

  Reading read() {
    return read(ReadOptions.STRICT);
  }

  /// Reads, compiles and keeps.
  Reading keep() {
    var reading = read();
    reading.graph();
    reading.keep();
    return reading;
  }

  /// Whether a read now reads the input, rather than bringing it back. It must not be empty.
  boolean readsAnew() {
    return readsAnew(ReadOptions.STRICT);
  }

  boolean readsAnew(ReadOptions options) {
    int before = readAnew.get();
    read(options);
    return readAnew.get() > before;
  }

  /// How often the input was read.
  int timesRead() {
    return readAnew.get();
  }

  /// The only snapshot.
  Path snapshot() {
    try (var files = Files.list(cache)) {
      return files
          .reduce((one, other) -> {
            throw new IllegalStateException("two files: " + one + ", " + other);
          })
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
