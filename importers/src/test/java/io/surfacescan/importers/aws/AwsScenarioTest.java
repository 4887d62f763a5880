package io.surfacescan.importers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Services;
import io.surfacescan.model.VmKind;
import io.surfacescan.reachability.Explanation;
import io.surfacescan.testkit.DirectPairs;
import io.surfacescan.testkit.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Exports with one trap each, and all pairs that AWS's documentation says there are: a folder's
/// README names the page.
class AwsScenarioTest {
  private static final Path FOLDERS = Path.of("src/test/resources/aws");

  static Stream<Path> folders() throws IOException {
    try (Stream<Path> found = Files.list(FOLDERS)) {
      List<Path> folders = found.sorted().toList();
      assertThat(folders).hasSizeGreaterThan(20);
      return folders.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void export_hasExactlyThePairsAndProblems(Path folder) throws IOException {
    assertThat(folder.resolve("README")).content().contains("https://docs.aws.amazon.com/");
    var read = ReadExport.of(folder.resolve("export"));
    var expected =
        Json.objectOf(Object.class, Json.read(Files.readString(folder.resolve("expected.json"))));
    var problems = new TreeSet<String>();
    read.problems().counts().keySet().forEach(kind -> problems.add(kind.code()));
    assertThat(problems)
        .containsExactlyElementsOf(Json.listOf(String.class, expected.get("problems")));
    assertThat(read.leftOut()).isEqualTo(Json.objectOf(Long.class, expected.get("left_out")));
    var pairs = DirectPairs.of(read.lowered().environment());
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
    assertThatExplanationsAgree(read, pairs);
  }

  private static void assertThatExplanationsAgree(ReadExport read, DirectPairs pairs) {
    var environment = read.lowered().environment();
    for (int from = 0; from < environment.vmCount(); from++) {
      for (int to = 0; to < environment.vmCount(); to++) {
        if (from == to
            || environment.vmKind(from) == VmKind.EXTERNAL_SINK
            || environment.vmKind(to) == VmKind.EXTERNAL) {
          continue;
        }
        String pair = environment.vmId(from) + " -> " + environment.vmId(to);
        var explained =
            Explanation.of(read.model(), read.lowered().side(from), read.lowered().side(to), true);
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
