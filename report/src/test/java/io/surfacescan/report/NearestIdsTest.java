package io.surfacescan.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.testkit.Seeds;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NearestIdsTest {
  @Test
  void of_namesTheNearestFirst_andNoMoreThanFive() {
    var builder = new EnvironmentBuilder();
    for (String id :
        List.of("db-9", "web-1", "web-2", "web-12", "wbe-1", "WEB-1", "web-3", "web-4")) {
      builder.vm(id);
    }
    var environment = builder.build();
    // Half an edit for the case of each letter; one edit for the others, in input order.
    assertThat(NearestIds.of(environment, "web-1x", () -> true)).first().isEqualTo("web-1");
    assertThat(NearestIds.of(environment, "web-1x", () -> true)).hasSizeLessThanOrEqualTo(5);
    assertThat(NearestIds.of(environment, "weB-1", () -> true)).startsWith("web-1");
    assertThat(NearestIds.of(environment, "completely different", () -> true)).isEmpty();
  }

  @Test
  void of_stopsWhenItIsTold() {
    var environment = new EnvironmentBuilder().vm("web-1").build();
    assertThat(NearestIds.of(environment, "web-2", () -> false)).isEmpty();
    assertThat(NearestIds.of(environment, "web-2", () -> true)).containsExactly("web-1");
  }

  @Test
  void distance_isThatOfThePlainTable() {
    Seeds.check(
        20_000,
        seed -> {
          var random = new SplittableRandom(seed);
          int[] left =
              random.ints(random.nextInt(9), 'A', 'E').map(c -> mixCase(random, c)).toArray();
          int[] right =
              random.ints(random.nextInt(9), 'A', 'E').map(c -> mixCase(random, c)).toArray();
          int most = 2 * random.nextInt(1, 5);
          int expected = table(left, right);
          int distance =
              NearestIds.distance(left, left.length, right, right.length, most, new int[3][257]);
          if (expected <= most) {
            assertThat(distance).isEqualTo(expected);
          } else {
            assertThat(distance).isGreaterThan(most);
          }
        });
  }

  private static int mixCase(SplittableRandom random, int letter) {
    return random.nextBoolean() ? letter : Character.toLowerCase(letter);
  }

  /// Optimal string alignment, the whole table, in half edits.
  private static int table(int[] left, int[] right) {
    int[][] cost = new int[left.length + 1][right.length + 1];
    for (int i = 0; i <= left.length; i++) {
      for (int j = 0; j <= right.length; j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = 2 * (i + j);
          continue;
        }
        boolean same = left[i - 1] == right[j - 1];
        boolean sameLetter =
            Character.toLowerCase(left[i - 1]) == Character.toLowerCase(right[j - 1]);
        cost[i][j] = cost[i - 1][j - 1] + (same ? 0 : sameLetter ? 1 : 2);
        cost[i][j] = Math.min(cost[i][j], Math.min(cost[i - 1][j], cost[i][j - 1]) + 2);
        if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 2);
        }
      }
    }
    return cost[left.length][right.length];
  }
}
