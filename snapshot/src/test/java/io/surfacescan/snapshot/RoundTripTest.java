package io.surfacescan.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.importers.ReadOptions;
import io.surfacescan.model.Environment;
import io.surfacescan.reachability.lowering.Lowered;
import io.surfacescan.reachability.lowering.Lowering;
import io.surfacescan.testkit.RandomDetails;
import io.surfacescan.testkit.RandomEnvironments;
import io.surfacescan.testkit.RandomWorlds;
import io.surfacescan.testkit.Seeds;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What comes back is what was kept, fact by fact.
class RoundTripTest {
  private static final Path SAMPLES = Path.of("..", "samples");

  @TempDir private Path folder;

  private SnapshotFile kept(Consumer<SnapshotWriter> columns) throws IOException {
    var path = folder.resolve("some.snapshot");
    try (var file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      var writer = new SnapshotWriter(file);
      columns.accept(writer);
      var stamps = new InputStamps(0, new TreeMap<>(), new TreeSet<>());
      writer.finish(new SnapshotHead("key", stamps, writer.columns()));
    }
    return SnapshotFile.open(path);
  }

  private void assertComesBack(Environment environment) throws IOException {
    var graph = AttackGraph.of(environment);
    var file =
        kept(writer -> {
          environment.write(writer);
          graph.write(writer);
        });
    var back = Environment.read(file);
    assertThat(Facts.of(back)).isEqualTo(Facts.of(environment));
    assertThat(Facts.of(AttackGraph.read(file, back))).isEqualTo(Facts.of(graph));
  }

  @Test
  void environments_ofAllShapes() {
    Seeds.check(
        150,
        seed -> {
          assertComesBack(RandomEnvironments.of(seed));
          assertComesBack(RandomDetails.withOutside(RandomDetails.of(seed), seed));
        });
  }

  @Test
  void realEnvironments_ofAllShapes() {
    Seeds.check(
        100,
        seed -> {
          var lowered = Lowering.of(RandomWorlds.of(seed));
          var file =
              kept(writer -> {
                lowered.environment().write(writer);
                lowered.write(writer);
              });
          var environment = Environment.read(file);
          assertThat(Facts.of(environment)).isEqualTo(Facts.of(lowered.environment()));
          assertThat(Facts.of(Lowered.read(file, environment))).isEqualTo(Facts.of(lowered));
        });
  }

  /// Each sample is brought back, and once its files have other times, by its content.
  @Test
  void exports_ofEveryCloud() throws IOException {
    for (String cloud : List.of("aws", "azure", "gcp", "kubernetes", "terraform")) {
      var data = copy(SAMPLES.resolve(cloud), folder.resolve(cloud));
      var input = new CachedInput(data, folder.resolve("cache-" + cloud));
      var options = ReadOptions.STRICT.withLocations();
      var first = input.read(options);
      assertThat(first.imported().problems().errors()).isEmpty();
      var facts = Facts.of(first);
      first.keep();
      int times = input.timesRead();
      assertThat(Facts.of(input.read(options))).as(cloud).isEqualTo(facts);
      try (var files = Files.walk(data)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2021-01-01T00:00:00Z")));
        }
      }
      assertThat(Facts.of(input.read(options))).as(cloud).isEqualTo(facts);
      assertThat(input.timesRead()).as(cloud).isEqualTo(times);
    }
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }

  @Test
  void documents_withWarningsAndLocations() throws IOException {
    var input = new CachedInput(folder);
    input.write("env.json", CachedInput.DOCUMENT);
    input.write("notes.csv", "passed over");
    var options = ReadOptions.STRICT.withLocations();
    var first = input.read(options);
    assertThat(first.imported().problems().warningCount()).isEqualTo(6);
    var facts = Facts.of(first);
    first.keep();
    assertThat(input.readsAnew(options)).isFalse();
    assertThat(Facts.of(input.read(options))).isEqualTo(facts);
  }

  /// A graph that nobody asked for at first is kept when somebody does.
  @Test
  void graphs_areKeptOnceTheyWereCompiled() throws IOException {
    var input = new CachedInput(folder);
    input.write("env.json", CachedInput.DOCUMENT);
    input.read().keep();
    assertThat(SnapshotFile.open(input.snapshot()).has("order.vms")).isFalse();
    var facts = Facts.of(input.keep());
    assertThat(SnapshotFile.open(input.snapshot()).has("order.vms")).isTrue();
    assertThat(input.readsAnew()).isFalse();
    assertThat(Facts.of(input.read())).isEqualTo(facts);
  }
}
