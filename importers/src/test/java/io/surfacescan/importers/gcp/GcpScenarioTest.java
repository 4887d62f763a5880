package io.surfacescan.importers.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Importers;
import io.surfacescan.importers.ReadProgress;
import io.surfacescan.model.Services;
import io.surfacescan.model.VmKind;
import io.surfacescan.reachability.Explanation;
import io.surfacescan.reachability.lowering.Lowered;
import io.surfacescan.testkit.DirectPairs;
import io.surfacescan.testkit.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Exports with one trap each, and all pairs that Google's documentation says there are: a folder's
/// README names the page.
class GcpScenarioTest {
  private static final Path FOLDERS = Path.of("src/test/resources/gcp");

  static Stream<Path> folders() throws IOException {
    try (Stream<Path> found = Files.list(FOLDERS)) {
      List<Path> folders = found.sorted().toList();
      assertThat(folders).hasSizeGreaterThan(12);
      return folders.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void export_hasExactlyThePairsAndProblems(Path folder) throws IOException {
    assertThat(folder.resolve("README")).content().contains("https://cloud.google.com/");
    var imported =
        Importers.read(
            List.of(folder.resolve("export").toString()),
            InputStream.nullInputStream(),
            ReadProgress.NONE,
            1);
    var expected =
        Json.objectOf(Object.class, Json.read(Files.readString(folder.resolve("expected.json"))));
    var problems = new TreeSet<String>();
    imported.problems().counts().keySet().forEach(kind -> problems.add(kind.code()));
    assertThat(problems)
        .as(imported.problems().warnings().toString())
        .containsExactlyElementsOf(Json.listOf(String.class, expected.get("problems")));
    var export = imported.export().orElseThrow();
    assertThat(export.leftOut()).isEqualTo(Json.objectOf(Long.class, expected.get("left_out")));
    var pairs = DirectPairs.of(imported.environment());
    Map<String, String> assumed = new TreeMap<>();
    pairs
        .atMost()
        .forEach((pair, services) -> {
          var only = services.minus(pairs.sure().getOrDefault(pair, Services.NONE));
          if (!only.isEmpty()) {
            assumed.put(pair, only.toString());
          }
        });
    assertThat(texts(pairs.sure())).isEqualTo(texts(expected, "pairs"));
    assertThat(assumed).isEqualTo(texts(expected, "assumed"));
    assertThatExplanationsAgree(export.lowered(), pairs);
  }

  private static void assertThatExplanationsAgree(Lowered lowered, DirectPairs pairs) {
    var environment = lowered.environment();
    for (int from = 0; from < environment.vmCount(); from++) {
      for (int to = 0; to < environment.vmCount(); to++) {
        if (from == to
            || environment.vmKind(from) == VmKind.EXTERNAL_SINK
            || environment.vmKind(to) == VmKind.EXTERNAL) {
          continue;
        }
        String pair = environment.vmId(from) + " -> " + environment.vmId(to);
        var explained = Explanation.of(lowered.model(), lowered.side(from), lowered.side(to), true);
        assertThat(explained.services())
            .as(pair)
            .isEqualTo(pairs.atMost().getOrDefault(pair, Services.NONE));
      }
    }
  }

  private static Map<String, String> texts(Map<String, Services> pairs) {
    Map<String, String> texts = new TreeMap<>();
    pairs.forEach((pair, services) -> texts.put(pair, services.toString()));
    return texts;
  }

  private static Map<String, String> texts(Map<String, Object> expected, String key) {
    return new TreeMap<>(Json.objectOf(String.class, expected.get(key)));
  }
}
