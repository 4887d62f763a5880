package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Inputs of a size that is worth a snapshot: the samples, with blanks behind them.
class CacheTest {
  private static final String BLANKS = " ".repeat(1 << 20);

  @TempDir private Path folder;
  private Path cache = Path.of("");
  private Path document = Path.of("");

  @BeforeEach
  void makeInput() throws IOException {
    cache = folder.resolve("surfacescan");
    document = Files.createDirectory(folder.resolve("document"));
    var data = Path.of("..", "data");
    Files.copy(data.resolve("fw_rules.json"), document.resolve("fw_rules.json"));
    Files.writeString(
        document.resolve("vms.json"), Files.readString(data.resolve("vms.json")) + BLANKS);
    // A warning, which each verb counts.
    Files.writeString(document.resolve("notes.csv"), "");
  }

  private Path export(String shape) throws IOException {
    var invented = new Trial().run("generate", "--shape", shape, "--vms", "30", "--seed", "1");
    var data = Files.createDirectory(folder.resolve(shape));
    Files.writeString(data.resolve("export.json"), invented.out() + BLANKS);
    return data;
  }

  private Trial.Outcome run(String... args) {
    return new Trial().variable("XDG_CACHE_HOME", folder.toString()).run(args);
  }

  private List<Path> snapshots() throws IOException {
    if (!Files.isDirectory(cache)) {
      return List.of();
    }
    try (var files = Files.list(cache)) {
      return files.toList();
    }
  }

  private void assertSame(String line, Path data) throws IOException {
    var words = new ArrayList<>(List.of(line.split(" ")));
    words.replaceAll(word -> word.equals("DATA") ? data.toString() : word);
    if (!words.contains(data.toString())) {
      words.addAll(List.of("--data", data.toString()));
    }
    var plain = new ArrayList<>(words);
    plain.add("--no-cache");
    var expected = new Trial().run(plain.toArray(String[]::new));
    assertThat(expected.exit()).as(line + expected.err()).isIn(0, 1, 4);
    for (int look = 1; look <= 2; look++) {
      assertThat(run(words.toArray(String[]::new))).as(line + ", look " + look).isEqualTo(expected);
    }
    assertThat(snapshots()).isNotEmpty();
  }

  @Test
  void everyVerb_saysTheSameOfADocument() throws IOException {
    for (String line :
        List.of(
            "validate",
            "attack vm-b126aa",
            "attack -o json vm-b126aa vm-720e37",
            "attack vm-none",
            "blast-radius vm-1625bd",
            "path vm-1625bd vm-b126aa",
            "explain vm-1625bd vm-b126aa",
            "surface vm-b126aa",
            "chokepoints vm-b126aa",
            "what-if vm-b126aa --remove-rule fw-68937c6",
            "check --policy " + policy(),
            "vm vm-b126aa",
            "vms -o csv",
            "report",
            "search jira",
            "rules -o json",
            "pairs -o ndjson",
            "import",
            "diff DATA DATA")) {
      assertSame(line, document);
    }
  }

  private String policy() throws IOException {
    var policy = folder.resolve("policy.yaml");
    Files.writeString(
        policy,
        """
        rules:
        - id: office-db
          title: The office must not reach the customer database
          severity: high
          forbid: {from: "tag:office", to: "tag:customer-db"}
        """);
    return policy.toString();
  }

  @Test
  void everyVerb_saysTheSameOfAnExport() throws IOException {
    var data = export("aws");
    var vms = run("vms", "-o", "csv", "--data", data.toString()).out().lines().skip(1).toList();
    assertThat(vms).hasSizeGreaterThan(9);
    String vm = vms.getFirst().split(",", 2)[0];
    for (String line :
        List.of(
            "validate -o json",
            "report -o json",
            "rules",
            "pairs",
            "import",
            "chokepoints " + vm,
            "explain internet " + vm,
            "diff DATA DATA")) {
      assertSame(line, data);
    }
  }

  @Test
  void cache_showsAndRemoves() throws IOException {
    assertThat(run("cache").out()).isEqualTo(cache + ": 0 snapshots, 0 KB\n");
    run("validate", "--data", document.toString());
    long kilobytes = (Files.size(snapshots().getFirst()) + 1023) / 1024;
    assertThat(run("cache").out()).isEqualTo(cache + ": 1 snapshot, " + kilobytes + " KB\n");
    assertThat(run("cache", "--clear").out())
        .isEqualTo(cache + ": removed 1 snapshot, " + kilobytes + " KB\n");
    assertThat(snapshots()).isEmpty();
  }

  @Test
  void cache_tellsWhyAFolderIsNotUsed() throws IOException {
    Files.createDirectory(cache);
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    var shown = run("cache");
    assertThat(shown.exit()).isEqualTo(3);
    assertThat(shown.err())
        .isEqualTo(
            "error: "
                + cache
                + ": the folder is not used: others may use it (rwxrwxrwx); run chmod 700 on it\n");
    var nowhere = new Trial().run("cache");
    assertThat(nowhere.err())
        .isEqualTo("error: there is no folder for snapshots; set XDG_CACHE_HOME or HOME to one\n");
  }

  @Test
  void nothingIsKept_unlessItIsWantedAndWorthIt() throws IOException {
    run("validate", "--data", Path.of("..", "data").toString());
    run("validate", "--no-cache", "--data", document.toString());
    run("validate", "--cache-mb", "0", "--data", document.toString());
    new Trial()
        .variable("XDG_CACHE_HOME", folder.toString())
        .variable("SURFACESCAN_NO_CACHE", "true")
        .run("validate", "--data", document.toString());
    // A place that is not absolute is none, as its specification has it.
    new Trial()
        .variable("XDG_CACHE_HOME", "relative")
        .run("validate", "--data", document.toString());
    assertThat(snapshots()).isEmpty();
    var home =
        new Trial()
            .variable("HOME", folder.toString())
            .run("validate", "--data", document.toString());
    assertThat(home.exit()).isZero();
    assertThat(folder.resolve(".cache/surfacescan")).isNotEmptyDirectory();
    assertThat(run("validate", "--cache-mb", "-1", "--data", document.toString()).err())
        .startsWith("error: Invalid value for option '--cache-mb': -1 is below 0");
  }

  @Test
  void serve_isToldWhereToKeep() {
    var served = run("serve", "--verify-cache", "--cache-mb", "7", "--data", document.toString());
    var kept = served.served().getFirst().input().cache();
    assertThat(kept.folder()).contains(cache);
    assertThat(kept.verifies()).isTrue();
    assertThat(kept.bytesMost()).isEqualTo(7 << 20);
  }
}
