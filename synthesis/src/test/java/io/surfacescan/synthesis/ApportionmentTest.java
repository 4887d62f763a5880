package io.surfacescan.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ApportionmentTest {
  @Test
  void starts_dealByWeight() {
    // 12 by 1:2:3.
    assertThat(Apportionment.starts(12, new int[] {1, 2, 3}, new int[] {99, 99, 99}))
        .containsExactly(0, 2, 6, 12);
  }

  @Test
  void starts_dealWhatIsLeft_byWeightAgain_thenOneByOne() {
    // 11 by 1:2:3 is 1, 3, 5 in whole numbers; 2 are left, of which 1 is due to the last; 1 is
    // left.
    assertThat(Apportionment.starts(11, new int[] {1, 2, 3}, new int[] {99, 99, 99}))
        .containsExactly(0, 2, 5, 11);
  }

  @Test
  void starts_keepToTheMost_andDealTheRestToTheOthers() {
    assertThat(Apportionment.starts(12, new int[] {1, 2, 3}, new int[] {99, 0, 4}))
        .containsExactly(0, 8, 8, 12);
    assertThat(Apportionment.starts(6, new int[] {9, 9}, new int[] {3, 3}))
        .containsExactly(0, 3, 6);
  }

  @Test
  void starts_refuseMoreThanThereIsRoomFor() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Apportionment.starts(5, new int[] {1, 1}, new int[] {2, 2}))
        .withMessage("no share has room for the 1 left");
  }

  @Test
  void at_findsTheShare_pastEmptyOnes() {
    long[] starts = {0, 0, 3, 3, 4};
    assertThat(Apportionment.at(starts, 0)).isEqualTo(1);
    assertThat(Apportionment.at(starts, 2)).isEqualTo(1);
    assertThat(Apportionment.at(starts, 3)).isEqualTo(3);
  }
}
