package io.surfacescan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class IntListsTest {
  private static int[] list(IntLists lists, int list) {
    int[] values = new int[lists.length(list)];
    for (int i = 0; i < values.length; i++) {
      values[i] = lists.value(lists.start(list) + i);
    }
    assertThat(lists.end(list) - lists.start(list)).isEqualTo(values.length);
    return values;
  }

  @Test
  void intern_numbersListsByContentAndOrder() {
    var builder = new IntLists.Builder();
    assertThat(builder.intern(new int[] {1, 2}, 0, 2)).isEqualTo(0);
    assertThat(builder.intern(new int[] {2, 1}, 0, 2)).isEqualTo(1);
    assertThat(builder.intern(new int[] {}, 0, 0)).isEqualTo(2);
    assertThat(builder.intern(new int[] {9, 1, 2, 9}, 1, 3)).isEqualTo(0);
    assertThat(builder.intern(new int[] {1}, 0, 1)).isEqualTo(3);
    assertThat(builder.intern(new int[] {1, 2}, 2, 2)).isEqualTo(2);
    assertThat(builder.size()).isEqualTo(4);
    var lists = builder.build();
    assertThat(lists.size()).isEqualTo(4);
    assertThat(lists.valueCount()).isEqualTo(5);
    assertThat(list(lists, 0)).containsExactly(1, 2);
    assertThat(list(lists, 1)).containsExactly(2, 1);
    assertThat(list(lists, 2)).isEmpty();
    assertThat(list(lists, 3)).containsExactly(1);
  }

  @Test
  void intern_findsEveryList_throughManyRehashes() {
    var builder = new IntLists.Builder();
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 50_000; i++) {
        int[] elements = new int[i % 5 + 1];
        Arrays.fill(elements, i);
        assertThat(builder.intern(elements, 0, elements.length)).isEqualTo(i);
      }
    }
    var lists = builder.build();
    assertThat(list(lists, 49_999)).containsExactly(49_999, 49_999, 49_999, 49_999, 49_999);
    assertThat(list(lists, 0)).containsExactly(0);
  }

  @Test
  void intern_refusesMoreElementsThanItMayHold() {
    var builder = new IntLists.Builder(5);
    builder.intern(new int[] {1, 2, 3}, 0, 3);
    builder.intern(new int[] {4, 5}, 0, 2);

    assertThat(builder.intern(new int[] {1, 2, 3}, 0, 3)).isZero();
    assertThatThrownBy(() -> builder.intern(new int[] {6}, 0, 1)).isInstanceOf(TooLarge.class);
  }

  @Test
  void build_ofNothing_isEmpty() {
    var lists = new IntLists.Builder().build();
    assertThat(lists.size()).isZero();
    assertThat(lists.valueCount()).isZero();
  }
}
