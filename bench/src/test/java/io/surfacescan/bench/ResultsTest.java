package io.surfacescan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
  @TempDir private Path folder;

  private static Measured question(String name, int vms, double median, double p99, long samples) {
    var parameters = Map.of("shape", "LAYERED", "vms", Integer.toString(vms), "asked", "FIRST");
    return new Measured(
        "QuestionBench",
        name,
        parameters,
        median,
        p99,
        median / 2,
        p99 * 2,
        samples,
        0,
        64,
        "abc",
        "2026-01-02");
  }

  private static Measured rendering(double bytesPerSecond) {
    var parameters = Map.of("shape", "LAYERED", "vms", "10000", "format", "CSV");
    return new Measured(
        "RenderBench",
        "ids",
        parameters,
        bytesPerSecond,
        bytesPerSecond,
        bytesPerSecond,
        bytesPerSecond,
        3,
        2_000_000,
        2_100_000,
        "abc",
        "2026-01-02");
  }

  @Test
  void line_isReadAsItWasWritten() {
    var measured = question("attack", 10_000, 1_400, 18_000, 5_000);

    assertThat(measured.line())
        .isEqualTo(
            "QuestionBench,attack,asked=FIRST shape=LAYERED vms=10000,"
                + "1400,18000,700,36000,5000,0,64,abc,2026-01-02");
    assertThat(Measured.ofLine(measured.line())).isEqualTo(measured);
  }

  @Test
  void page_hasATableForEachShape_andAColumnForEachSize() throws IOException {
    Results.add(
        folder,
        List.of(
            question("attack", 1_000_000, 1_400, 18_000, 5_000),
            question("attack", 10_000, 170, 1_600, 9_000),
            question("path", 1_000_000, 43e6, 238e6, 40),
            question("chokepoints", 10_000, 31e9, 31e9, 3),
            rendering(1.23e9)));

    assertThat(Files.readString(folder.resolve("results.md")))
        .contains("* Commit and day: abc on 2026-01-02\n")
        .contains(
            """
            ## One question after another

            ### layered

            | question | 10,000 VMs, first asked | 1,000,000 VMs, first asked |
            | --- | --- | --- |
            | attack | 170 ns / 1.6 µs | 1.4 µs / 18 µs |
            | chokepoints | > 30 s | – |
            | path | – | 43 ms (22 ms–476 ms) |
            """)
        .contains("| ids CSV | 2.0 MB, 1.2 GB/s, 1.1 |");
  }

  @Test
  void add_replacesTheSame_andKeepsTheRest() throws IOException {
    Results.add(folder, List.of(question("attack", 10_000, 170, 1_600, 9_000), rendering(1e9)));
    String page = Results.add(folder, List.of(question("attack", 10_000, 150, 1_500, 9_000)));

    assertThat(page).contains("150 ns / 1.5 µs", "ids CSV").doesNotContain("170 ns");
  }

  @Test
  void add_dropsWhatAnotherMachineMeasured() throws IOException {
    Results.add(folder, List.of(rendering(1e9)));
    Path record = folder.resolve("results.csv");
    Files.writeString(record, Files.readString(record).replaceFirst("# .*", "# another machine"));

    assertThat(Results.add(folder, List.of(question("attack", 10_000, 170, 1_600, 9_000))))
        .doesNotContain("ids CSV");
  }
}
