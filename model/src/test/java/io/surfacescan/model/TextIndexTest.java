package io.surfacescan.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextIndexTest {
  private static int add(TextIndex.Builder builder, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return builder.add(bytes, 0, bytes.length);
  }

  @Test
  void find_givesEveryText_throughManyRehashes() {
    var builder = new TextIndex.Builder();
    for (int i = 0; i < 100_000; i++) {
      assertThat(add(builder, "vm-" + i)).isEqualTo(i);
    }
    var index = builder.build();
    assertThat(index.size()).isEqualTo(100_000);
    for (int i = 0; i < 100_000; i++) {
      assertThat(index.find("vm-" + i)).hasValue(i);
      assertThat(index.get(i)).isEqualTo("vm-" + i);
    }
    assertThat(index.find("vm-100000")).isEmpty();
    assertThat(index.find("")).isEmpty();
  }

  @Test
  void among_findsTheOthers_inAnyOrder() {
    var some = new TextIndex.Builder();
    var others = new TextIndex.Builder();
    for (String text : List.of("a", "b", "c", "d", "e")) {
      add(some, text);
    }
    for (String text : List.of("x", "a", "c", "b", "e")) {
      add(others, text);
    }
    assertThat(some.build().among(others.build())).containsExactly(1, 3, 2, -1, 4);
  }

  @Test
  void add_ofAKnownText_givesTheComplementOfItsIndex_andAddsNothing() {
    var builder = new TextIndex.Builder();
    assertThat(add(builder, "a")).isEqualTo(0);
    assertThat(add(builder, "b")).isEqualTo(1);
    assertThat(add(builder, "a")).isEqualTo(~0);
    assertThat(add(builder, "b")).isEqualTo(~1);
    assertThat(builder.size()).isEqualTo(2);
  }

  @Test
  void intern_givesTheIndexEitherWay() {
    var builder = new TextIndex.Builder();
    byte[] bytes = "xay".getBytes(UTF_8);
    assertThat(builder.intern(bytes, 1, 1)).isEqualTo(0);
    assertThat(builder.intern(bytes, 2, 1)).isEqualTo(1);
    assertThat(builder.intern(bytes, 1, 1)).isEqualTo(0);
  }

  @Test
  void find_comparesExactly() {
    var builder = new TextIndex.Builder();
    add(builder, "é");
    add(builder, "a\u0000");
    add(builder, "?");
    add(builder, "😀");
    var index = builder.build();
    assertThat(index.find("é")).hasValue(0);
    assertThat(index.find("e\u0301")).isEmpty();
    assertThat(index.find("É")).isEmpty();
    assertThat(index.find("a")).isEmpty();
    assertThat(index.find("a\u0000")).hasValue(1);
    assertThat(index.find("😀")).hasValue(3);
  }

  @Test
  void find_neverTakesALoneSurrogateForAnotherText() {
    var builder = new TextIndex.Builder();
    // What a careless encoder makes of a lone surrogate.
    add(builder, "?");
    add(builder, "\ufffd");
    var index = builder.build();
    assertThat(index.find("\ud83d")).isEmpty();
    assertThat(index.find("\ude00")).isEmpty();
    assertThat(index.find("\ude00\ud83d")).isEmpty();
    assertThat(index.find("\ud83d?")).isEmpty();
  }

  @Test
  void find_inAnEmptyIndex_isEmpty() {
    assertThat(new TextIndex.Builder().build().find("a")).isEmpty();
  }

  @Test
  void addAll_addsWhatIsNew_andNamesWhatIsNot() {
    var builder = new TextIndex.Builder();
    for (int i = 0; i < 50_000; i++) {
      add(builder, "vm-" + i);
    }
    var others = new TextIndex.Builder();
    // Every third is known, and stands elsewhere there.
    for (int i = 99_999; i >= 0; i--) {
      add(others, i % 3 == 0 && i < 50_000 ? "vm-" + i : "other-" + i);
    }
    int[] heard = new int[1];
    var leftOut =
        builder.addAll(
            others,
            (there, here) -> {
              assertThat(here).isEqualTo(99_999 - there).isLessThan(50_000);
              assertThat(here % 3).isZero();
              heard[0]++;
            });
    assertThat(heard[0]).isEqualTo(16_667);
    assertThat(leftOut.cardinality()).isEqualTo(16_667);
    assertThat(builder.size()).isEqualTo(133_333);
    assertThat(add(builder, "other-99998")).isEqualTo(~50_001);
    assertThat(add(builder, "new")).isEqualTo(133_333);
    var index = builder.build();
    for (int i = 0; i < index.size(); i++) {
      assertThat(index.find(index.get(i))).hasValue(i);
    }
    assertThat(index.find("vm-49999")).hasValue(49_999);
    assertThat(index.find("other-1")).hasValue(133_332);
  }
}
