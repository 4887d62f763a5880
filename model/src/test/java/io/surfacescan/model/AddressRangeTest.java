package io.surfacescan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "10.0.0.0/24, 10.0.0.128/25, 10.0.0.0/25",
        "10.0.0.0/24, 10.0.0.0/25, 10.0.0.128/25",
        "10.0.0.0/24, 10.0.0.64/26, 10.0.0.0/26 10.0.0.128/25",
        "10.0.0.0/24, 10.0.0.0/8, -",
        "10.0.0.0/24, 10.0.1.0/24, 10.0.0.0/24",
        "255.255.255.0/24, 255.255.255.128/25, 255.255.255.0/25",
        "10.0.0.0/24, 10.0.0.0/26 10.0.0.192/26 ::/0, 10.0.0.64/26 10.0.0.128/26",
        "2001:db8::/32, 2001:db8:8000::/33, 2001:db8::/33",
        "::/0, ::/0, -",
      })
  void minus_leavesWhatTheOthersHaveNot(String range, String others, @Nullable String left) {
    var expected = left == null ? List.<AddressRange>of() : ranges(left);
    assertThat(ranges(range).getFirst().minus(ranges(others)))
        .isEqualTo(AddressRange.joined(expected));
  }

  private static List<AddressRange> ranges(String texts) {
    return Stream.of(texts.split(" ")).map(text -> AddressRange.parse(text).orElseThrow()).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1",
    "10.0.0.1/32, 10.0.0.1",
    "10.1.2.3/8, 10.0.0.0/8",
    "0.0.0.0/0, 0.0.0.0/0",
    "255.255.255.255, 255.255.255.255",
    "::, ::",
    "::/0, ::/0",
    "2001:DB8::1, 2001:db8::1",
    "2001:db8:0:0:1:0:0:1/64, 2001:db8::/64",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "fe80::1:0/112, fe80::1:0/112",
    "::ffff:192.0.2.1, ::ffff:c000:201",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0"
  })
  void parse_takesAddressesAndCidrs_andWritesThemOneWay(String text, String canonical) {
    assertThat(range(text)).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0",
        "10.0.0.256",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "a.b.c.d",
        ":::",
        "1::2::3",
        "1:2:3:4:5:6:7:8:9",
        "1:2",
        "::/129",
        "12345::",
        "localhost",
        "::1.2.3"
      })
  void parse_takesNothingElse(String text) {
    assertThat(AddressRange.parse(text)).isEmpty();
  }

  @Test
  void families_neverMeet() {
    assertThat(AddressRange.ALL_V4.meets(AddressRange.ALL_V6)).isFalse();
    assertThat(AddressRange.ALL_V6.contains(range("0.0.0.1"))).isFalse();
    assertThat(range("::1").and(range("0.0.0.1"))).isEmpty();
  }

  @Test
  void joined_unitesWhatMeetsOrTouches() {
    assertThat(joined("10.0.0.2/31", "10.0.0.0/31", "10.0.0.5", "10.0.0.0/30"))
        .containsExactly("10.0.0.0/30", "10.0.0.5");
    assertThat(joined("255.255.255.255", "::", "ffff::/16", "0.0.0.0"))
        .containsExactly("0.0.0.0", "255.255.255.255", "::", "ffff::/16");
  }

  @Test
  void cidrs_areTheFewestOfARange() {
    var range = range("10.0.0.1").first();
    var long1 = AddressRange.joined(List.of(range, range("10.0.0.2/31"), range("10.0.0.4/30")));
    assertThat(long1).hasSize(1);
    assertThat(long1.getFirst().cidrs())
        .containsExactly("10.0.0.1/32", "10.0.0.2/31", "10.0.0.4/30");
    assertThat(long1.getFirst()).hasToString("10.0.0.1-10.0.0.7");
    assertThat(AddressRange.ALL_V6.cidrs()).containsExactly("::/0");
    var all = AddressRange.ALL_V4;
    assertThat(all.from(range("0.0.0.1")).cidrs()).hasSize(32).startsWith("0.0.0.1/32");
    assertThat(all.before(range("128.0.0.0")).cidrs()).containsExactly("0.0.0.0/1");
  }

  @Test
  void next_carriesIntoTheUpperHalf_andEndsWithTheFamily() {
    assertThat(range("2001:db8::/64").next()).map(Object::toString).hasValue("2001:db8:0:1::");
    assertThat(range("2001:db8:0:1::/64").before(range("2001:db8:0:1::1")).last())
        .hasToString("2001:db8:0:1::");
    assertThat(AddressRange.ALL_V4.next()).isEmpty();
    assertThat(AddressRange.ALL_V6.next()).isEmpty();
  }

  @Test
  void and_isWhatBothHave() {
    assertThat(range("10.0.0.0/8").and(range("10.9.0.0/16"))).hasValue(range("10.9.0.0/16"));
    assertThat(range("10.9.0.0/16").and(range("10.0.0.0/8"))).hasValue(range("10.9.0.0/16"));
    assertThat(range("10.0.0.0/8").and(range("11.0.0.0/8"))).isEmpty();
  }

  @Test
  void range_cannotEndBeforeItStarts() {
    assertThatIllegalArgumentException().isThrownBy(() -> new AddressRange(false, 0, 2, 0, 1));
  }

  private static AddressRange range(String text) {
    return AddressRange.parse(text).orElseThrow();
  }

  private static List<String> joined(String... texts) {
    return AddressRange.joined(Stream.of(texts).map(AddressRangeTest::range).toList()).stream()
        .map(Object::toString)
        .toList();
  }
}
