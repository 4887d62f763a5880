package io.surfacescan.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
  /// A column starts with room for 64 bytes, so less than that is never split.
  private static final List<String> SOME =
      List.of(
          "",
          "a",
          "bb",
          "",
          "日本",
          "x".repeat(60),
          "😀",
          "y".repeat(64),
          "z",
          "",
          "w".repeat(200),
          "",
          "v".repeat(33),
          "u".repeat(33),
          "t".repeat(33),
          "");

  private static Texts.Builder filled(int segmentBytes) {
    var builder = new Texts.Builder(segmentBytes);
    for (String text : SOME) {
      byte[] bytes = ("x" + text).getBytes(UTF_8);
      builder.add(bytes, 1, bytes.length - 1);
    }
    return builder;
  }

  private static List<String> all(Texts texts) {
    var all = new ArrayList<String>();
    for (int i = 0; i < texts.size(); i++) {
      all.add(texts.get(i));
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64, 66, 67, 99, 100, 128, 150, 300, Texts.SEGMENT_BYTES})
  void get_givesWhatWasAdded_whateverTheSegments(int segmentBytes) {
    var texts = filled(segmentBytes).build();
    assertThat(all(texts)).isEqualTo(SOME);
    // 0 + 1 + 2 + 0 + 6 + 60 + 4 + 64 + 1 + 0 + 200 + 0 + 33 + 33 + 33 + 0
    assertThat(texts.byteCount()).isEqualTo(437);
  }

  @Test
  void segments_holdNoMoreThanTheyMay_butForOneLongText() {
    var texts = filled(66).build();
    var segments = new LinkedHashSet<Integer>();
    for (int i = 0; i < texts.size(); i++) {
      segments.add(texts.segment(i).length);
      assertThat(texts.end(i)).isLessThanOrEqualTo(texts.segment(i).length);
    }
    // "abb日本", then 60 + 4, 64 + 1, 200, and the last three: 33 + 33 = 66, then 33.
    assertThat(segments).containsExactly(9, 64, 65, 200, 66, 33);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64, 66, 67, 99, 100, 128, 150, 300, Texts.SEGMENT_BYTES})
  void addAll_isTheSameAsAddingEach_whateverTheSegments(int segmentBytes) {
    for (int othersSegmentBytes : new int[] {1, 66, 128, Texts.SEGMENT_BYTES}) {
      var builder = filled(segmentBytes);
      builder.addAll(filled(othersSegmentBytes).build(), new BitSet());
      builder.addAll(new Texts.Builder().build(), new BitSet());
      var leftOut = new BitSet();
      leftOut.set(1, SOME.size());
      builder.addAll(filled(othersSegmentBytes).build(), leftOut);
      var expected = new ArrayList<>(SOME);
      expected.addAll(SOME);
      expected.add(SOME.getFirst());
      assertThat(all(builder.build())).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 66, 128})
  void equals_comparesExactly_beforeAndAfterBuilding(int segmentBytes) {
    var builder = filled(segmentBytes);
    byte[] bytes = "-日本-".getBytes(UTF_8);
    assertThat(builder.equals(4, bytes, 1, 6)).isTrue();
    assertThat(builder.equals(4, bytes, 1, 5)).isFalse();
    assertThat(builder.equals(4, bytes, 0, 6)).isFalse();
    var texts = builder.build();
    assertThat(texts.hash(4)).isEqualTo(Utf8.hash(bytes, 1, 6));
    assertThat(texts.equals(4, bytes, 1, 6)).isTrue();
    assertThat(texts.equals(4, bytes, 1, 5)).isFalse();
    assertThat(texts.equals(4, bytes, 0, 6)).isFalse();
  }

  @Test
  void compare_isByCodePoint_notByUtf16Unit() {
    var builder = new Texts.Builder(4);
    for (String text : List.of("\uffff", "😀", "", "a", "A", "ab")) {
      byte[] bytes = text.getBytes(UTF_8);
      builder.add(bytes, 0, bytes.length);
    }
    var texts = builder.build();
    assertThat(texts.compare(0, 1)).isNegative();
    assertThat(texts.compare(2, 3)).isNegative();
    assertThat(texts.compare(3, 4)).isPositive();
    assertThat(texts.compare(5, 3)).isPositive();
    assertThat(texts.compare(1, 1)).isZero();
  }

  @Test
  void build_ofNothing_isEmpty() {
    var texts = new Texts.Builder().build();
    assertThat(texts.size()).isZero();
    assertThat(texts.byteCount()).isZero();
  }
}
