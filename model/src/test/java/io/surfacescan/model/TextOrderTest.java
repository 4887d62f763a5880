package io.surfacescan.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TextOrderTest {
  @Test
  void of_isTheOrderOfCodePoints_notOfJavaChars() {
    assertThat(sorted(List.of("\uFFFD", "\uD83D\uDE00", "b", "a", "B", "ab", "a\u0000")))
        .containsExactly("B", "a", "a\u0000", "ab", "b", "\uFFFD", "\uD83D\uDE00");
  }

  @Test
  void of_agreesWithAComparisonOfBytes_alsoForLongCommonPartsAndPrefixes() {
    for (int seed = 1; seed <= 40; seed++) {
      var random = new SplittableRandom(seed);
      var ids = new LinkedHashSet<String>();
      while (ids.size() < 3_000) {
        var id = new StringBuilder(random.nextBoolean() ? "" : "x".repeat(random.nextInt(40)));
        for (int length = 1 + random.nextInt(9); length > 0; length--) {
          id.appendCodePoint(random.nextInt(4) == 0 ? 0x1F600 : 'a' + random.nextInt(3));
        }
        ids.add(id.toString());
      }
      var expected = new ArrayList<>(ids);
      expected.sort((a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));
      assertThat(sorted(ids)).as("seed " + seed).isEqualTo(expected);
    }
  }

  private static List<String> sorted(Iterable<String> ids) {
    var builder = new EnvironmentBuilder();
    ids.forEach(id -> builder.vm(id, null, List.of()));
    var environment = builder.build();
    var order = TextOrder.of(environment.vmIds());
    var sorted = new ArrayList<String>();
    for (int place = 0; place < environment.vmCount(); place++) {
      assertThat(order.placeOf(order.at(place))).isEqualTo(place);
      sorted.add(environment.vmId(order.at(place)));
    }
    return sorted;
  }
}
