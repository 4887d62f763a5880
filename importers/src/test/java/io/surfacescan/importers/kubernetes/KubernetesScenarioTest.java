package io.surfacescan.importers.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Imported;
import io.surfacescan.importers.Importers;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Services;
import io.surfacescan.reachability.Explanation;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Folders of manifests as people have them, one trap each, with all pairs worked out by hand:
/// `FROM > TO: SERVICES`, with a question mark behind what is assumed.
class KubernetesScenarioTest {
  static Stream<Path> scenarios() throws IOException, URISyntaxException {
    URL root = Objects.requireNonNull(KubernetesScenarioTest.class.getResource("/kubernetes"));
    try (var folders = Files.list(Path.of(root.toURI()))) {
      return folders.sorted().toList().stream();
    }
  }

  @Test
  void scenarios_areMany() throws IOException, URISyntaxException {
    assertThat(scenarios()).hasSizeGreaterThan(18);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void read_givesThePairs(Path folder) throws IOException {
    var imported = read(folder);
    assertThat(imported.problems().errors()).isEmpty();
    assertThat(pairs(imported.environment()))
        .containsExactlyElementsOf(new TreeSet<>(Files.readAllLines(folder.resolve("expected"))));
  }

  /// The explanation of each pair comes to the same, whatever the lowering made of it.
  @ParameterizedTest
  @MethodSource("scenarios")
  void explanation_givesThePairs(Path folder) throws IOException {
    var imported = read(folder);
    var lowered = imported.export().orElseThrow().lowered();
    var environment = imported.environment();
    var pairs = new ArrayList<String>();
    for (int from = 0; from < environment.vmCount(); from++) {
      for (int to = 0; to < environment.vmCount(); to++) {
        boolean isAsked =
            from != to
                && !environment.vmId(from).endsWith("-out")
                && !environment.vmDetails(to).kind().code().equals("external");
        if (isAsked) {
          var sure = Explanation.of(lowered.model(), lowered.side(from), lowered.side(to), false);
          var all = Explanation.of(lowered.model(), lowered.side(from), lowered.side(to), true);
          add(pairs, environment, from, to, sure.services(), "");
          add(pairs, environment, from, to, all.services().minus(sure.services()), "?");
        }
      }
    }
    assertThat(new TreeSet<>(pairs))
        .containsExactlyElementsOf(new TreeSet<>(Files.readAllLines(folder.resolve("expected"))));
  }

  private static Imported read(Path path) {
    return Importers.read(List.of(path.toString()), InputStream.nullInputStream(), (_, _) -> {});
  }

  static NavigableSet<String> pairs(Environment environment) {
    var pairs = new ArrayList<String>();
    for (int from = 0; from < environment.vmCount(); from++) {
      for (int to = 0; to < environment.vmCount(); to++) {
        var sure = Services.NONE;
        var all = Services.NONE;
        for (var rule : environment.rules()) {
          if (from != to
              && environment.vm(from).tags().contains(rule.sourceTag())
              && environment.vm(to).tags().contains(rule.destTag())) {
            all = all.or(rule.services());
            sure = rule.assumed().isEmpty() ? sure.or(rule.services()) : sure;
          }
        }
        add(pairs, environment, from, to, sure, "");
        add(pairs, environment, from, to, all.minus(sure), "?");
      }
    }
    return new TreeSet<>(pairs);
  }

  private static void add(
      List<String> pairs, Environment environment, int from, int to, Services some, String end) {
    if (!some.isEmpty()) {
      pairs.add(environment.vmId(from) + " > " + environment.vmId(to) + ": " + some + end);
    }
  }
}
