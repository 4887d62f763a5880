package io.surfacescan.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.surfacescan.engine.AttackGraph;
import io.surfacescan.importers.Imported;
import io.surfacescan.importers.ReadOptions;
import io.surfacescan.importers.ReadProgress;
import io.surfacescan.settings.CacheSettings;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// Snapshots of any bytes: what is said of the input is what the input says, or that the snapshot
/// is damaged.
class SnapshotFuzzTest {
  private static final String DOCUMENT =
      """
      {"vms": [{"vm_id": "a", "name": "alpha", "tags": ["s"], "kind": "database"},
               {"vm_id": "b", "tags": ["d", "s"], "addresses": ["10.0.0.1"]}],
       "fw_rules": [{"source_tag": "s", "dest_tag": "d", "services": ["tcp/22"]}]}
      """;

  private static Path folder = Path.of("");
  private static byte[] whole = {};
  private static List<String> meaning = List.of();

  @BeforeAll
  static void makeSnapshot() throws IOException {
    folder = Files.createTempDirectory("fuzz");
    var document = Files.writeString(folder.resolve("env.json"), DOCUMENT);
    var cache = folder.resolve("cache");
    var reading =
        new Snapshots(new CacheSettings(Optional.of(cache), false, 1 << 20, 0))
            .read(
                List.of(document.toString()),
                InputStream.nullInputStream(),
                ReadProgress.NONE,
                ReadOptions.STRICT);
    meaning = meaning(reading.imported(), reading.graph());
    reading.keep();
    try (var files = Files.list(cache)) {
      whole = Files.readAllBytes(files.findFirst().orElseThrow());
    }
  }

  @AfterAll
  static void removeFolder() throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static List<String> meaning(Imported imported, AttackGraph graph) {
    var environment = imported.environment();
    var meaning = new ArrayList<String>();
    meaning.add(imported.version() + imported.problems());
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      meaning.add(environment.vm(vm) + " " + environment.vmDetails(vm) + graph.rankOf(vm));
    }
    environment.rules().forEach(rule -> meaning.add(rule.toString()));
    return meaning;
  }

  private static void assertTrueOrDamaged(byte[] bytes) {
    try {
      var file = SnapshotFile.of(MemorySegment.ofArray(bytes));
      var imported = Imported.read(file);
      var graph = AttackGraph.read(file, imported.environment());
      assertThat(meaning(imported, graph)).isEqualTo(meaning);
    } catch (SnapshotDamaged e) {
      assertThat(bytes).isNotEqualTo(whole);
    }
  }

  /// Bytes of the snapshot replaced by others, from a place that the first two bytes name.
  @FuzzTest(maxDuration = "5m")
  void overwritten(byte[] bytes) {
    if (bytes.length < 2) {
      return;
    }
    byte[] damaged = whole.clone();
    int place = ((bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF)) % whole.length;
    int length = Math.min(bytes.length - 2, whole.length - place);
    System.arraycopy(bytes, 2, damaged, place, length);
    assertTrueOrDamaged(damaged);
  }

  /// The start of the snapshot with any bytes behind it, or none.
  @FuzzTest(maxDuration = "5m")
  void continued(byte[] bytes) {
    int kept = bytes.length < 2 ? 0 : ((bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF)) % whole.length;
    byte[] damaged = Arrays.copyOf(whole, kept + bytes.length);
    System.arraycopy(bytes, 0, damaged, kept, bytes.length);
    assertTrueOrDamaged(damaged);
  }
}
