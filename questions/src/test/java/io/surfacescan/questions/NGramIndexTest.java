package io.surfacescan.questions;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.NGramIndex;
import io.surfacescan.model.NGramIndex.Closeness;
import io.surfacescan.model.NGramIndex.Match;
import io.surfacescan.model.Texts;
import io.surfacescan.testkit.Footprint;
import io.surfacescan.testkit.OddTexts;
import io.surfacescan.testkit.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NGramIndexTest {
  private static List<Match> search(NGramIndex index, String part, int most) {
    return index.search(part, most, _ -> true);
  }

  @ParameterizedTest
  @CsvSource({
    "web, web, EXACT",
    "WEB, web, EXACT",
    "web-1, Web, PREFIX",
    "prod-web-1, web, WORD",
    "prod.web, web, WORD",
    "cobweb, web, INSIDE",
    "cobweb-web, web, WORD",
    "prod1web, web, INSIDE",
    "prod-web, d-w, INSIDE",
    "STRASSE-Ä, ä, WORD",
    "xäb, b, INSIDE",
  })
  void search_saysHowCloseATextIs(String text, String part, Closeness closeness) {
    var index = NGramIndex.of(Texts.of(List.of("other", text)));
    assertThat(search(index, part, 5)).containsExactly(new Match(1, closeness));
  }

  @Test
  void search_putsTheClosestFirst_whateverTheirNumberAndPlace() {
    var texts = new ArrayList<String>();
    IntStream.range(0, 1_000).forEach(i -> texts.add("cobweb-" + i));
    texts.add("prod-web");
    IntStream.range(0, 3).forEach(i -> texts.add("web-" + i));
    texts.add("web");
    var index = NGramIndex.of(Texts.of(texts));
    assertThat(search(index, "web", 6))
        .containsExactly(
            new Match(1_004, Closeness.EXACT),
            new Match(1_001, Closeness.PREFIX),
            new Match(1_002, Closeness.PREFIX),
            new Match(1_003, Closeness.PREFIX),
            new Match(1_000, Closeness.WORD),
            new Match(0, Closeness.INSIDE));
    assertThat(search(index, "web", 2)).hasSize(2);
    assertThat(index.search("web", 2, thing -> thing < 2))
        .containsExactly(new Match(0, Closeness.INSIDE), new Match(1, Closeness.INSIDE));
  }

  @Test
  void search_ofNothing_findsEverything() {
    var index = NGramIndex.of(Texts.of(List.of("b", "", "a")));
    assertThat(search(index, "", 5))
        .containsExactly(new Match(0, Closeness.PREFIX), new Match(2, Closeness.PREFIX));
    assertThat(search(index, "c", 5)).isEmpty();
    assertThat(search(NGramIndex.of(Texts.of(List.of())), "", 5)).isEmpty();
    assertThat(search(index, "\ud800", 5)).isEmpty();
  }

  @Test
  void search_agreesWithTheDefinition() {
    Seeds.check(
        300,
        seed -> {
          var random = new SplittableRandom(seed);
          int things = 1 + random.nextInt(seed % 10 == 0 ? 600 : 40);
          var ids = new ArrayList<String>();
          var names = new ArrayList<String>();
          for (int thing = 0; thing < things; thing++) {
            ids.add(text(random));
            names.add(random.nextInt(4) == 0 ? "" : text(random));
          }
          var index = NGramIndex.of(Texts.of(ids), Texts.of(names));
          for (int asked = 0; asked < 20; asked++) {
            String part = part(random, ids.get(random.nextInt(things)));
            int most = 1 + random.nextInt(12);
            int leftOut = random.nextInt(3);
            IntPredicate wanted = thing -> thing % 3 != leftOut;
            assertThat(index.search(part, most, wanted))
                .as("`" + part + "`")
                .isEqualTo(closest(ids, names, part, most, wanted));
          }
        });
  }

  private static String text(SplittableRandom random) {
    if (random.nextInt(3) == 0) {
      return OddTexts.of(random);
    }
    var text = new StringBuilder();
    for (int length = 1 + random.nextInt(12); length > 0; length--) {
      text.append("abAB01-. Ä".charAt(random.nextInt(10)));
    }
    return text.toString();
  }

  private static String part(SplittableRandom random, String text) {
    int[] points = text.codePoints().toArray();
    if (points.length == 0 || random.nextInt(8) == 0) {
      return text(random);
    }
    int from = random.nextBoolean() ? 0 : random.nextInt(points.length);
    int length = 1 + random.nextInt(Math.min(6, points.length - from));
    String part = new String(points, from, length);
    return random.nextBoolean() ? part : fold(part);
  }

  private static List<Match> closest(
      List<String> ids, List<String> names, String part, int most, IntPredicate wanted) {
    var all = new ArrayList<Match>();
    for (int thing = 0; thing < ids.size(); thing++) {
      var id = closeness(ids.get(thing), part);
      var name = closeness(names.get(thing), part);
      var closest =
          id.isEmpty() || (name.isPresent() && name.get().compareTo(id.get()) < 0) ? name : id;
      if (closest.isPresent() && wanted.test(thing)) {
        all.add(new Match(thing, closest.get()));
      }
    }
    all.sort(Comparator.comparing(Match::closeness));
    return all.subList(0, Math.min(most, all.size()));
  }

  private static Optional<Closeness> closeness(String text, String part) {
    String folded = fold(text);
    String sought = fold(part);
    if (text.isEmpty() || !folded.contains(sought)) {
      return Optional.empty();
    }
    if (folded.startsWith(sought)) {
      return Optional.of(folded.equals(sought) ? Closeness.EXACT : Closeness.PREFIX);
    }
    for (int at = folded.indexOf(sought); at >= 0; at = folded.indexOf(sought, at + 1)) {
      if (!String.valueOf(folded.charAt(at - 1)).matches("[a-z0-9\\x{80}-\\x{ffff}]")) {
        return Optional.of(Closeness.WORD);
      }
    }
    return Optional.of(Closeness.INSIDE);
  }

  private static String fold(String text) {
    return text.codePoints()
        .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void of_takesFewBytesAThing_withTextsOfRandomDigits() {
    var random = new SplittableRandom(7);
    var ids = new ArrayList<String>();
    var names = new ArrayList<String>();
    for (int thing = 0; thing < 100_000; thing++) {
      ids.add("vm-%08x".formatted(random.nextInt()));
      names.add("prod-web-" + thing % 300);
    }
    var columns = new Texts[] {Texts.of(ids), Texts.of(names)};
    long bytes = Footprint.bytesOf(NGramIndex.of(columns)) - Footprint.bytesOf((Object[]) columns);
    assertThat(bytes / ids.size()).isBetween(4L, 25L);
  }
}
