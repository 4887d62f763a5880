package io.surfacescan.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
}
