package io.surfacescan.importers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartitioningTest {
  private static final long MB = 1_000_000;

  @Test
  void pieces_followTheShareOfAllBytes() {
    var division = new Partitioning(4, 4 * MB);

    assertThat(division.pieces(400 * MB, 400 * MB)).isEqualTo(5);
    assertThat(division.pieces(200 * MB, 400 * MB)).isEqualTo(3);
    // Enough other documents to keep the threads busy.
    assertThat(division.pieces(100 * MB, 400 * MB)).isEqualTo(1);
    assertThat(division.pieces(10 * MB, 400 * MB)).isEqualTo(1);
  }

  @Test
  void pieces_areNotSmallerThanTheyMay() {
    var division = new Partitioning(4, 4 * MB);

    assertThat(division.pieces(13 * MB, 13 * MB)).isEqualTo(3);
    assertThat(division.pieces(7 * MB, 7 * MB)).isEqualTo(1);
    assertThat(division.pieces(0, 0)).isEqualTo(1);
  }

  @Test
  void pieces_areNotMade_forOneThread() {
    assertThat(new Partitioning(1, 1).pieces(400 * MB, 400 * MB)).isEqualTo(1);
  }
}
