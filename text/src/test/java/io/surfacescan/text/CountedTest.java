package io.surfacescan.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedTest {
  @Test
  void of_saysTheNumber_andTheNounAsItNeeds() {
    assertThat(Counted.of(0, "rule")).isEqualTo("0 rules");
    assertThat(Counted.of(1, "address")).isEqualTo("1 address");
    assertThat(Counted.of(3_000_000_000L, "address")).isEqualTo("3000000000 addresses");
  }

  @Test
  void orNo_saysNoForNone() {
    assertThat(Counted.orNo(0, "VM")).isEqualTo("no VMs");
    assertThat(Counted.orNo(1, "VM")).isEqualTo("1 VM");
    assertThat(Counted.orNo(2, "VM")).isEqualTo("2 VMs");
  }
}
