package io.surfacescan.importers.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Place;
import io.surfacescan.model.Problem;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.model.Problems;
import io.surfacescan.testkit.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ProblemLogTest {
  private static final int SUBJECTS = 12;

  /// A problem that does not know its place yet.
  private record Raw(ProblemKind kind, String subject, SourceOffset spot, String what) {}

  private static final List<Source> SOURCES =
      List.of(new Source.Nothing("a"), new Source.Nothing("b"), new Source.Nothing("c"));

  private static Problems of(List<Raw> raws, int logs, Random random) {
    var parts = new ArrayList<ProblemLog>();
    for (int i = 0; i < logs; i++) {
      parts.add(new ProblemLog());
    }
    for (Raw raw : raws) {
      parts
          .get(random.nextInt(logs))
          .add(raw.kind(), raw.subject(), raw.spot(), raw::what, "remedy");
    }
    var all = new ProblemLog();
    parts.forEach(all::addAll);
    return all.problems(Places.find(SOURCES, new TreeSet<>(), Abandonment.never()));
  }

  @Test
  void problems_thatAreAlike_areOne_inWhateverOrderTheyAreFound() {
    Seeds.check(
        50,
        seed -> {
          var random = new Random(seed);
          var raws = new ArrayList<Raw>();
          for (int i = 0; i < 500; i++) {
            var kind = random.nextInt(3) == 0 ? ProblemKind.WRONG_TYPE : ProblemKind.MISSING_NAME;
            var spot = new SourceOffset(random.nextInt(3), random.nextInt(900));
            raws.add(new Raw(kind, "s" + random.nextInt(SUBJECTS), spot, "%04d".formatted(i)));
          }
          var shuffled = new ArrayList<>(raws);
          Collections.shuffle(shuffled, random);

          Problems problems = of(shuffled, 1 + random.nextInt(5), random);

          assertThat(problems.errors()).isEqualTo(naively(raws, ProblemKind.WRONG_TYPE));
          assertThat(problems.warnings()).isEqualTo(naively(raws, ProblemKind.MISSING_NAME));
          assertThat(problems.errorCount() + problems.warningCount()).isEqualTo(500);
          assertThat(problems.unlistedErrors() + problems.unlistedWarnings()).isZero();
        });
  }

  /// Sorts all of them, gathers by subject, and takes the first few.
  private static List<Problem> naively(List<Raw> raws, ProblemKind kind) {
    var bySubject = new LinkedHashMap<String, List<Raw>>();
    raws.stream()
        .filter(raw -> raw.kind() == kind)
        .sorted(Comparator.comparing(Raw::spot).thenComparing(Raw::what))
        .forEach(
            raw -> bySubject.computeIfAbsent(raw.subject(), none -> new ArrayList<>()).add(raw));
    return bySubject.values().stream()
        .map(alike -> {
          var places =
              alike.stream()
                  .limit(3)
                  .map(raw -> Place.of(SOURCES.get(raw.spot().source()).name()))
                  .toList();
          return new Problem(
              kind,
              places.getFirst(),
              alike.getFirst().what(),
              "remedy",
              alike.size(),
              places.subList(1, places.size()));
        })
        .toList();
  }

  @Test
  void problems_areTwentyErrors_andTwentyWarningsOfEachKind_andAllAreCounted() {
    var log = new ProblemLog();
    for (int i = 0; i < 30; i++) {
      log.add(ProblemKind.WRONG_TYPE, new SourceOffset(0, i), "a" + i, "remedy");
      log.add(ProblemKind.EMPTY_FIELD, new SourceOffset(0, i), "b" + i, "remedy");
      log.add(ProblemKind.MISSING_NAME, new SourceOffset(1, i), "c" + i, "remedy");
      log.add(ProblemKind.PHANTOM_TAG, new SourceOffset(0, i), "d" + i, "remedy");
    }

    Problems problems = log.problems(Places.find(SOURCES, new TreeSet<>(), Abandonment.never()));

    assertThat(problems.errors()).hasSize(20);
    assertThat(problems.errors().getLast().what()).isEqualTo("b9");
    assertThat(problems.warnings()).hasSize(40);
    assertThat(problems.warnings().get(19).what()).isEqualTo("d19");
    assertThat(problems.warnings().get(20).what()).isEqualTo("c0");
    assertThat(problems.unlistedErrors()).isEqualTo(40);
    assertThat(problems.unlistedWarnings()).isEqualTo(20);
  }

  @Test
  void add_keepsAThousandSubjectsOfAKind_andNotesThatThereAreMore() {
    var log = new ProblemLog();
    for (int i = 0; i < 1_000; i++) {
      log.add(ProblemKind.PHANTOM_TAG, new SourceOffset(0, i), "d" + i, "remedy");
    }
    assertThat(log.overflowed()).isFalse();

    log.add(ProblemKind.PHANTOM_TAG, new SourceOffset(0, 1_000), "d", "remedy");

    assertThat(log.overflowed()).isTrue();
  }
}
