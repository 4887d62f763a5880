package io.surfacescan.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JoinedTagsTest {
  @Test
  void parts_joinWhatEitherJoins() {
    var first = new JoinedTags(7).addClass(new int[] {0, 4}).addClass(new int[] {5});
    var second = new JoinedTags(7).addClass(new int[] {4, 6}).addClass(new int[] {1, 2});
    var all = first.addAll(second);
    assertThat(new int[] {all.root(0), all.root(4), all.root(6)}).containsOnly(0);
    assertThat(new int[] {all.root(1), all.root(2)}).containsOnly(1);
    assertThat(all.root(5)).isEqualTo(5);
    assertThat(all.isCarried(3)).isFalse();
    assertThat(all.isCarried(6)).isTrue();
    all.join(2, 6);
    assertThat(all.root(1)).isZero();
  }

  @Test
  void keysAndTables_keepWhatTheyAreGiven() {
    var builder = new io.surfacescan.model.EnvironmentBuilder();
    for (int tag = 0; tag < 400; tag++) {
      builder.rule(null, "t" + tag, "t" + (tag + 1));
    }
    var named = NamedTags.of(builder.build());
    var table = new ClassTable();
    for (int i = 0; i < 400; i++) {
      byte[] key =
          named.key(java.util.List.of("t" + i, "nobody", "t" + (i / 2), "t" + i), i % 4, "vm " + i);
      var read = NamedTags.Read.of(key);
      assertThat(read.tags()).isSorted().hasSize(i == 0 ? 1 : 2);
      assertThat(read.isOutside()).isEqualTo(i % 2 == 1);
      assertThat(read.id()).isEqualTo(i % 4 < 2 ? "" : "vm " + i);
      assertThat(table.find(key)).isEqualTo(-1);
      assertThat(table.add(key)).isEqualTo(i);
    }
    for (int i = 0; i < 400; i++) {
      assertThat(table.find(table.key(i))).isEqualTo(i);
    }
  }
}
