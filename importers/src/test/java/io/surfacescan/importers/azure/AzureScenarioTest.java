package io.surfacescan.importers.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Folder;
import io.surfacescan.importers.ImportedExport;
import io.surfacescan.importers.InputFormat;
import io.surfacescan.importers.ReadOptions;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Services;
import io.surfacescan.model.Services.Protocol;
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

/// Exports with one trap each, and all pairs of names that Microsoft's documentation says there
/// are: a folder's README names the page. Services are of TCP, UDP and ICMP.
class AzureScenarioTest {
  private static final Path FOLDERS = Path.of("src/test/resources/azure");

  private static final Services KNOWN =
      Services.union(
          List.of(
              Services.of(Protocol.TCP), Services.of(Protocol.UDP), Services.of(Protocol.ICMP)));

  static Stream<Path> folders() throws IOException {
    try (Stream<Path> found = Files.list(FOLDERS)) {
      List<Path> folders = found.sorted().toList();
      assertThat(folders).hasSizeGreaterThan(6);
      return folders.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void export_hasExactlyThePairsAndProblems(Path folder) throws IOException {
    assertThat(folder.resolve("README")).content().contains("https://learn.microsoft.com/");
    var imported = new Folder(folder).read(ReadOptions.STRICT, "export");
    var expected =
        Json.objectOf(Object.class, Json.read(Files.readString(folder.resolve("expected.json"))));
    var problems = new TreeSet<String>();
    imported.problems().counts().keySet().forEach(kind -> problems.add(kind.code()));
    assertThat(problems)
        .as(imported.problems().toString())
        .containsExactlyElementsOf(Json.listOf(String.class, expected.get("problems")));
    var export = imported.export().orElseThrow();
    assertThat(export.formats()).containsExactly(InputFormat.AZURE);
    assertThat(export.leftOut()).isEqualTo(Json.objectOf(Long.class, expected.get("left_out")));
    var environment = imported.environment();
    var pairs = DirectPairs.of(environment);
    Map<String, Services> assumed = new TreeMap<>();
    pairs
        .atMost()
        .forEach((pair, services) ->
            assumed.put(pair, services.minus(pairs.sure().getOrDefault(pair, Services.NONE))));
    boolean isOutbound = Boolean.TRUE.equals(expected.get("outbound"));
    assertThat(texts(environment, pairs.sure(), isOutbound)).isEqualTo(texts(expected, "pairs"));
    assertThat(texts(environment, assumed, isOutbound)).isEqualTo(texts(expected, "assumed"));
    assertThatExplanationsAgree(export, pairs);
  }

  private static void assertThatExplanationsAgree(ImportedExport export, DirectPairs pairs) {
    var lowered = export.lowered();
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

  /// Endpoints by their names, the outside by its ids.
  private static Map<String, String> texts(
      Environment environment, Map<String, Services> pairs, boolean isOutbound) {
    Map<String, String> names = new TreeMap<>();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      boolean isOutside = environment.vmKind(vm).isExternal();
      String id = environment.vmId(vm);
      names.put(id, isOutside ? id : environment.vm(vm).name().orElse(id));
    }
    Map<String, String> texts = new TreeMap<>();
    pairs.forEach((pair, services) -> {
      String[] ends = pair.split(" -> ", 2);
      var known = services.and(KNOWN);
      boolean isAsked =
          isOutbound
              || environment.vmKind(environment.findVm(ends[1]).orElseThrow())
                  != VmKind.EXTERNAL_SINK;
      if (isAsked && !known.isEmpty()) {
        texts.put(
            names.get(ends[0]) + " -> " + names.get(ends[1]),
            known.equals(KNOWN) ? "all" : known.toString());
      }
    });
    return texts;
  }

  private static Map<String, String> texts(Map<String, Object> expected, String key) {
    return new TreeMap<>(Json.objectOf(String.class, expected.get(key)));
  }
}
