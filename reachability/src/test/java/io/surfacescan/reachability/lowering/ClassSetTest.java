package io.surfacescan.reachability.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClassSetTest {
  /// Each operation against the same on the JDK's sets.
  @Test
  void operations_areThoseOfSets() {
    var random = new SplittableRandom(3);
    for (int i = 0; i < 2_000; i++) {
      var some = random(random);
      var others = random(random);
      var set = set(some);
      var other = set(others);
      assertSame(set, some);
      assertThat(set.intersects(other)).isEqualTo(some.intersects(others));
      assertThat(set.equals(other)).isEqualTo(some.equals(others));
      var both = (BitSet) some.clone();
      both.and(others);
      assertSame(set.and(other), both);
      var left = (BitSet) some.clone();
      left.andNot(others);
      assertSame(set.minus(other), left);
      var either = (BitSet) some.clone();
      either.or(others);
      assertSame(set.or(other), either);
      assertThat(set.contains(other)).isEqualTo(either.equals(some));
      assertSame(set, some);
      set.addAll(other);
      assertSame(set, either);
      assertSame(other, others);
    }
  }

  @Test
  void upTo_hasAllBelow() {
    for (int size : new int[] {0, 1, 63, 64, 1023, 1024, 1025, 5000}) {
      var bits = new BitSet();
      bits.set(0, size);
      assertSame(ClassSet.upTo(size), bits);
    }
  }

  /// Sets of equal content are equal however they came to it.
  @Test
  void emptyBlocks_areNotKept() {
    var set = new ClassSet();
    set.set(5_000);
    set.set(3);
    var one = new ClassSet();
    one.set(3);
    assertThat(set.minus(set)).isEqualTo(new ClassSet());
    assertThat(set.and(one)).isEqualTo(one).hasSameHashCodeAs(one);
  }

  private static BitSet random(SplittableRandom random) {
    var bits = new BitSet();
    int limit = 1 << random.nextInt(1, 13);
    for (int i = random.nextInt(40); i > 0; i--) {
      int from = random.nextInt(limit);
      bits.set(from, from + 1 + (random.nextInt(8) == 0 ? random.nextInt(2_000) : 0));
    }
    return bits;
  }

  /// In any order.
  private static ClassSet set(BitSet bits) {
    var set = new ClassSet();
    bits.stream().filter(number -> number % 2 == 1).forEach(set::set);
    bits.stream().filter(number -> number % 2 == 0).forEach(set::set);
    return set;
  }

  private static void assertSame(ClassSet set, BitSet bits) {
    assertThat(set.stream().toArray()).isEqualTo(bits.stream().toArray());
    assertThat(set.cardinality()).isEqualTo(bits.cardinality());
    assertThat(set.first()).isEqualTo(bits.nextSetBit(0));
    assertThat(set.isEmpty()).isEqualTo(bits.isEmpty());
    assertThat(set.get(64)).isEqualTo(bits.get(64));
    assertThat(set.hashCode()).isEqualTo(set(bits).hashCode());
  }
}
