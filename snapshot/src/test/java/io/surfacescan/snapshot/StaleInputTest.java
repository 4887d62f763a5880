package io.surfacescan.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.InputFormat;
import io.surfacescan.importers.ReadOptions;
import io.surfacescan.settings.CacheSettings;
import io.surfacescan.snapshot.InputStamps.Match;
import io.surfacescan.snapshot.InputStamps.Stamp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A snapshot is believed as long as the input is the one that was read.
class StaleInputTest {
  private static final String OTHER = CachedInput.DOCUMENT.replace("\"gamma\"", "\"delta\"");

  @TempDir private Path folder;
  private CachedInput input = new CachedInput(Path.of(""), Path.of(""));
  private Path document = Path.of("");

  @BeforeEach
  void keep() throws IOException {
    input = new CachedInput(folder);
    document = input.write("env.json", CachedInput.DOCUMENT);
    input.keep();
    assertThat(input.readsAnew()).isFalse();
  }

  @Test
  void sameContent_withOtherTimes_isBroughtBack() throws IOException {
    Files.setLastModifiedTime(document, FileTime.from(Instant.parse("2021-01-01T00:00:00Z")));
    assertThat(input.readsAnew()).isFalse();
    Files.writeString(folder.resolve("copy"), CachedInput.DOCUMENT);
    Files.move(folder.resolve("copy"), document, StandardCopyOption.REPLACE_EXISTING);
    assertThat(input.readsAnew()).isFalse();
  }

  /// Of the same length, and with its old time: only the content tells.
  @Test
  void otherContent_isReadAnew() throws IOException {
    assertThat(OTHER).hasSameSizeAs(CachedInput.DOCUMENT);
    input.write("env.json", OTHER);
    assertThat(input.readsAnew()).isTrue();
    assertThat(input.read().imported().environment().vmName(2)).contains("delta");
  }

  @Test
  void otherLength_isReadAnew() throws IOException {
    input.write("env.json", CachedInput.DOCUMENT + " ");
    assertThat(input.readsAnew()).isTrue();
  }

  @Test
  void filesThatComeAndGo_areReadAnew() throws IOException {
    input.write(".hidden.json", "no input");
    assertThat(input.readsAnew()).isFalse();
    var more = input.write("more.json", "{\"vms\": []}");
    assertThat(input.readsAnew()).isTrue();
    input.keep();
    assertThat(input.readsAnew()).isFalse();
    Files.delete(more);
    assertThat(input.readsAnew()).isTrue();
    input.keep();
    // It is not read, but warned of.
    input.write("rules.csv", "");
    assertThat(input.readsAnew()).isTrue();
    input.keep();
    Files.createDirectories(input.data.resolve("within"));
    assertThat(input.readsAnew()).isTrue();
    input.keep();
    input.write("within/deep.json", "{\"vms\": []}");
    assertThat(input.readsAnew()).isTrue();
  }

  @Test
  void linkToAnotherFile_isReadAnew() throws IOException {
    var other = Files.writeString(folder.resolve("other.json"), OTHER);
    Files.delete(document);
    Files.createSymbolicLink(document, other);
    assertThat(input.readsAnew()).isTrue();
    input.keep();
    assertThat(input.readsAnew()).isFalse();
  }

  @Test
  void linkToAFolder_isNotKept() throws IOException {
    Files.createSymbolicLink(input.data.resolve("link"), folder.resolve("cache"));
    input.keep();
    assertThat(input.readsAnew()).isTrue();
  }

  /// What changes the reading is part of what is asked for.
  @Test
  void otherOptionsAndPaths_areReadAnew() {
    for (var options :
        List.of(
            new ReadOptions(true),
            ReadOptions.STRICT.withLocations(),
            ReadOptions.STRICT.withFormat(InputFormat.DOCUMENT),
            ReadOptions.STRICT.layingPlans())) {
      assertThat(input.readsAnew(options)).as(options.toString()).isTrue();
    }
    assertThat(input.by(document.toString()).readsAnew()).isTrue();
    assertThat(input.by(input.data + "/").readsAnew()).isTrue();
    assertThat(input.readsAnew()).isFalse();
  }

  @Test
  void withTheFilesOfTerraform_isNotKept() {
    var options = ReadOptions.STRICT.withTerraformSource(folder);
    input.read(options).keep();
    assertThat(input.readsAnew(options)).isTrue();
  }

  @Test
  void standardInput_isNotKept() throws IOException {
    var piped =
        new Snapshots(new CacheSettings(Optional.of(folder.resolve("piped")), false, 1 << 20, 0));
    var stdin = new ByteArrayInputStream(CachedInput.DOCUMENT.getBytes(StandardCharsets.UTF_8));
    var reading = piped.read(List.of("-"), stdin, (bytes, total) -> {}, ReadOptions.STRICT);
    assertThat(reading.imported().problems().refused()).isFalse();
    reading.keep();
    assertThat(folder.resolve("piped")).doesNotExist();
  }

  @Test
  void refusedInput_isNotKept() throws IOException {
    input.write("env.json", CachedInput.DOCUMENT.replace("\"c\"", "\"a\""));
    var before = Files.readAllBytes(input.snapshot());
    assertThat(input.keep().imported().problems().refused()).isTrue();
    assertThat(Files.readAllBytes(input.snapshot())).isEqualTo(before);
  }

  /// What was written while it was read, or after, is not what was read.
  @Test
  void inputChangedBeforeItIsKept_isNotKept() throws IOException {
    input.write("env.json", OTHER);
    var reading = input.read();
    input.write("env.json", CachedInput.DOCUMENT + " ");
    reading.keep();
    assertThat(input.readsAnew()).isTrue();
  }

  private InputStamps look() {
    return InputStamps.of(List.of(document.toString())).orElseThrow();
  }

  /// The look of the reading, with the file otherwise than it is.
  private static InputStamps then(
      InputStamps now, long takenNanos, UnaryOperator<Stamp> otherwise) {
    var files = new TreeMap<>(now.files());
    files.replaceAll((path, stamp) -> otherwise.apply(stamp));
    return new InputStamps(takenNanos, files, now.others());
  }

  /// One criterion after the other, each alone.
  @Test
  void everyDifference_asksForTheContent() {
    var now = look();
    String digest = "00".repeat(32);
    long old = now.takenNanos() + 10_000_000_000L;
    var stamp = now.files().firstEntry().getValue();
    long size = stamp.size();
    long modified = stamp.modifiedNanos();
    long changed = stamp.changedNanos();
    long inode = stamp.inode();
    var some = Optional.of(digest);
    assertThat(
            then(now, old, s -> new Stamp(size, modified, changed, inode, some)).match(now, false))
        .isEqualTo(Match.SEEN);
    // The content is another than that of the digest: each of these was compared.
    for (var other :
        List.of(
            new Stamp(size + 1, modified, changed, inode, some),
            new Stamp(size, modified + 1, changed, inode, some),
            new Stamp(size, modified, changed + 1, inode, some),
            new Stamp(size, modified, changed, inode + 1, some))) {
      assertThat(then(now, old, s -> other).match(now, false)).isEqualTo(Match.OTHER);
    }
    var same = new Stamp(size, modified, changed, inode, some);
    assertThat(then(now, old, s -> same).match(now, true)).isEqualTo(Match.OTHER);
    // Changed less than two seconds before the look of the reading.
    assertThat(then(now, changed + 2_000_000_000L, s -> same).match(now, false))
        .isEqualTo(Match.OTHER);
    assertThat(then(now, changed + 2_000_000_001L, s -> same).match(now, false))
        .isEqualTo(Match.SEEN);
    var names = new TreeSet<>(now.others());
    names.add("another");
    assertThat(new InputStamps(old, now.files(), names).match(now, false)).isEqualTo(Match.OTHER);
  }

  /// A file that was young when it was read is compared once, and then believed.
  @Test
  void youngFiles_areComparedUntilTheyAreOld() throws IOException {
    var young = SnapshotFile.open(input.snapshot()).head().stamps();
    assertThat(young.match(look(), false)).isNotEqualTo(Match.SEEN);
    assertThat(input.verified().readsAnew()).isFalse();
    input.read().keep();
    var later = SnapshotFile.open(input.snapshot()).head().stamps();
    assertThat(later.takenNanos()).isGreaterThan(young.takenNanos());
    assertThat(later.digests()).isEqualTo(young.digests()).hasSize(1);
    assertThat(input.readsAnew()).isFalse();
  }

  @Test
  void verified_seesWhatCannotBeSeen() throws IOException {
    assertThat(input.verified().readsAnew()).isFalse();
    input.write("env.json", OTHER);
    assertThat(input.verified().readsAnew()).isTrue();
  }
}
