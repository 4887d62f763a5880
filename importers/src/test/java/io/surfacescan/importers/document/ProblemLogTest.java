package io.surfacescan.importers.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.ProblemKind;
import io.surfacescan.model.Problems;
import io.surfacescan.testkit.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ProblemLogTest {
  /// A problem that does not know its place yet.
  private record Raw(ProblemKind kind, Spot spot, String what) {}

  private static Problems of(List<Raw> raws, int logs, Random random) {
    var parts = new ArrayList<ProblemLog>();
    for (int i = 0; i < logs; i++) {
      parts.add(new ProblemLog());
    }
    for (Raw raw : raws) {
      parts.get(random.nextInt(logs)).add(raw.kind(), raw.spot(), raw.what(), "remedy");
    }
    var all = new ProblemLog();
    parts.forEach(all::addAll);
    List<Source> sources =
        List.of(new Source.Nothing("a"), new Source.Nothing("b"), new Source.Nothing("c"));
    return all.problems(Places.find(sources, new TreeSet<>()));
  }

  @Test
  void problems_areTheFirstByPlace_inWhateverOrderTheyAreFound() {
    Seeds.check(
        50,
        seed -> {
          var random = new Random(seed);
          var raws = new ArrayList<Raw>();
          for (int i = 0; i < 2_500; i++) {
            var kind = random.nextInt(3) == 0 ? ProblemKind.WRONG_TYPE : ProblemKind.MISSING_NAME;
            raws.add(
                new Raw(
                    kind, new Spot(random.nextInt(3), random.nextInt(900)), "%04d".formatted(i)));
          }
          var inOrder = new ArrayList<>(raws);
          inOrder.sort((left, right) -> {
            int bySpot = left.spot().compareTo(right.spot());
            return bySpot != 0 ? bySpot : left.what().compareTo(right.what());
          });
          var expectedErrors = whats(inOrder, ProblemKind.WRONG_TYPE, 20);
          var expectedWarnings = whats(inOrder, ProblemKind.MISSING_NAME, 1_000);
          long errors = raws.stream().filter(raw -> raw.kind() == ProblemKind.WRONG_TYPE).count();

          Collections.shuffle(raws, random);
          Problems problems = of(raws, 1 + random.nextInt(5), random);

          assertThat(problems.errors()).extracting("what").isEqualTo(expectedErrors);
          assertThat(problems.warnings()).extracting("what").isEqualTo(expectedWarnings);
          assertThat(problems.errorCount()).isEqualTo(errors);
          assertThat(problems.warningCount()).isEqualTo(2_500 - errors);
        });
  }

  private static List<Object> whats(List<Raw> raws, ProblemKind kind, int limit) {
    return raws.stream()
        .filter(raw -> raw.kind() == kind)
        .limit(limit)
        .map(raw -> (Object) raw.what())
        .toList();
  }
}
