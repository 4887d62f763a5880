package io.surfacescan.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Environment;
import io.surfacescan.testkit.NaiveOracle;
import io.surfacescan.testkit.RandomEnvironments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PeerTest {
  /// How many environments each is given: databases take their time to start.
  private static int environments(PeerKind kind) {
    return switch (kind) {
      case NEO4J, POSTGRESQL_LINKS, POSTGRESQL_TAGS -> 2;
      case DUCKDB_LINKS, DUCKDB_TAGS -> 10;
      default -> 100;
    };
  }

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NETWORKX")
  void attackers_areThoseOfTheDefinition(PeerKind kind) throws Exception {
    for (long seed = 0; seed < environments(kind); seed++) {
      var files = Files.createDirectories(folder.resolve(seed + "/files"));
      try (var peer = kind.peer(files)) {
        check(peer, RandomEnvironments.of(seed), seed);
      }
    }
  }

  private static void check(Peer peer, Environment environment, long seed) throws Exception {
    var oracle = NaiveOracle.of(environment);
    peer.load(environment);
    for (var way : peer.ways()) {
      way.forget().run();
      for (int vm = 0; vm < environment.vmCount(); vm++) {
        int[] answer = way.question().attackers(vm);
        Arrays.sort(answer);
        assertThat(answer)
            .as("%s, seed %d, VM %d", way.name(), seed, vm)
            .containsExactly(
                oracle.attackers(vm).keySet().stream().mapToInt(Integer::intValue).toArray());
      }
    }
  }
}
