package io.surfacescan.questions;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.questions.arguments.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static Environment of(String... ids) {
    var builder = new EnvironmentBuilder();
    for (String id : ids) {
      builder.vm(id);
    }
    return builder.build();
  }

  private static List<String> nearest(Environment environment, String id) {
    return nearest(environment, id, () -> true);
  }

  private static List<String> nearest(Environment environment, String id, BooleanSupplier goOn) {
    return Nearest.vms(environment, id, () -> goOn).stream().map(environment::vmId).toList();
  }

  @Test
  void of_findsEachKindOfTypingError() {
    var environment = of("vm-a211de", "other", "db/prod");
    for (String typed :
        List.of("vm-a211d", "vm-a211dee", "vm-a2l1de", "vm-a21d1e", "VM-A211DE", "vma211de")) {
      assertThat(nearest(environment, typed)).as(typed).containsExactly("vm-a211de");
    }
  }

  @Test
  void of_putsTheNearestFirst_thenInputOrder() {
    var environment = of("web-13", "web-99", "WEB-1", "web-12", "web-123", "app-1");
    assertThat(nearest(environment, "web-1")).containsExactly("WEB-1", "web-13", "web-12");
    assertThat(nearest(environment, "web-123x")).containsExactly("web-123", "web-13", "web-12");
  }

  @Test
  void of_namesWhatHasAScopeBeforeIt() {
    var environment = of("111111111111/us-east-1/i-db", "i-dd", "222222222222/i-db", "x-i-db/");
    assertThat(nearest(environment, "i-db"))
        .containsExactly("111111111111/us-east-1/i-db", "222222222222/i-db", "i-dd");
    assertThat(nearest(environment, "b")).isEmpty();
  }

  @Test
  void of_namesWhatHasAKindBehindIt() {
    var environment = of("data/orders[StatefulSet]", "data/orders-old[Pod]", "data/order");
    assertThat(nearest(environment, "data/orders"))
        .containsExactly("data/orders[StatefulSet]", "data/order");
    assertThat(nearest(environment, "data")).isEmpty();
  }

  @Test
  void of_namesFiveAtMost() {
    String[] ids = new String[50];
    Arrays.setAll(ids, i -> "server-%02d".formatted(i));
    assertThat(nearest(of(ids), "server-0x"))
        .containsExactly("server-00", "server-01", "server-02", "server-03", "server-04");
  }

  @Test
  void of_namesNothingThatIsFar() {
    assertThat(nearest(of("bastion", "web", "db"), "something-else")).isEmpty();
    assertThat(nearest(of(), "x")).isEmpty();
  }

  @Test
  void of_findsNamesToo_eachVmOnce() {
    var environment =
        new EnvironmentBuilder()
            .vm("vm-1", "laptop-reception", List.of())
            .vm("laptop-recepti0n", "printer", List.of())
            .vm("laptop-receptio", "laptop-receptio", List.of())
            .vm("vm-4", "", List.of())
            .vm("vm-5", null, List.of())
            .build();
    assertThat(nearest(environment, "laptop-receptiom"))
        .containsExactly("laptop-receptio", "vm-1", "laptop-recepti0n");
    assertThat(nearest(environment, "x")).isEmpty();
  }

  @Test
  void tags_areThoseThatVmsCarry() {
    var environment =
        new EnvironmentBuilder()
            .vm("a", null, List.of("office", "far"))
            .rule("r", "offlce", "office")
            .build();
    assertThat(Nearest.tags(environment, "offic", () -> true)).containsExactly("office");
  }

  @Test
  void of_countsCodePoints_notBytes() {
    assertThat(nearest(of("héé😀-1", "other"), "hée😁-1")).containsExactly("héé😀-1");
  }

  @Test
  void of_findsOneEditWithoutWalking_inAnyFleet() {
    String[] ids = new String[100_000];
    Arrays.setAll(ids, i -> "vm-%06d".formatted(i * 7));
    var environment = of(ids);
    int[] calls = {0};
    // One look at the clock per place of an edit; the walk would need more.
    var found = nearest(environment, "vm-69999E", () -> calls[0]++ < 10);
    assertThat(found).contains("vm-699993");
    assertThat(calls[0]).isLessThanOrEqualTo(13);
  }

  @Test
  void of_stoppedAtOnce_findsNothing() {
    assertThat(nearest(of("abc"), "abd", () -> false)).isEmpty();
  }

  /// Every text against every other by the plain table, without band or early end.
  @Test
  void of_isWhatTheDefinitionSays() {
    var random = new Random(20260101);
    for (int trial = 0; trial < 300; trial++) {
      String[] ids =
          random
              .ints(1 + random.nextInt(40), 0, 400)
              .distinct()
              .mapToObj(NearestTest::spelled)
              .distinct()
              .toArray(String[]::new);
      String asked = spelled(random.nextInt(400)) + (random.nextBoolean() ? "q" : "");
      int[] askedPoints = asked.codePoints().toArray();
      int farthest = 16 * Math.clamp(askedPoints.length / 3, 1, 4);
      var expected = new ArrayList<>(List.of(ids));
      expected.removeIf(id -> plainDistance(askedPoints, id.codePoints().toArray()) > farthest);
      expected.sort(
          Comparator.comparingInt(id -> plainDistance(askedPoints, id.codePoints().toArray())));
      assertThat(nearest(of(ids), asked))
          .as("%s among %s", asked, List.of(ids))
          .isEqualTo(expected.subList(0, Math.min(Nearest.MOST, expected.size())));
    }
  }

  /// Short texts of few letters, so that many are near each other.
  private static String spelled(int number) {
    var text = new StringBuilder("s");
    for (int rest = number; rest > 0; rest /= 5) {
      text.append("aAbé😀".codePoints().toArray()[rest % 5] == 'a' ? "ab" : pick(rest % 5));
    }
    return text.toString();
  }

  private static String pick(int index) {
    return Character.toString("aAbé😀".codePoints().toArray()[index]);
  }

  private static int plainDistance(int[] left, int[] right) {
    int[][] table = new int[left.length + 1][right.length + 1];
    for (int i = 0; i <= left.length; i++) {
      for (int j = 0; j <= right.length; j++) {
        if (i == 0 || j == 0) {
          table[i][j] = 16 * (i + j);
          continue;
        }
        boolean sameLetter =
            Character.toLowerCase(left[i - 1]) == Character.toLowerCase(right[j - 1]);
        int replaced = left[i - 1] == right[j - 1] ? 0 : sameLetter ? 1 : 16;
        int best = table[i - 1][j - 1] + replaced;
        best = Math.min(best, Math.min(table[i - 1][j], table[i][j - 1]) + 16);
        if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) {
          best = Math.min(best, table[i - 2][j - 2] + 16);
        }
        table[i][j] = best;
      }
    }
    return table[left.length][right.length];
  }
}
