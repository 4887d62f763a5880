package io.surfacescan.service.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
  private static final Set<String> KNOWN = Set.of("vm_id", "limit");

  private static Refusal.Kind refused(String raw) {
    var refusal =
        catchThrowableOfType(
            Refusal.class,
            () -> {
              var query = Query.of(raw, KNOWN);
              query.required("vm_id");
              query.number("limit", 1);
            });
    assertThat(refusal).as(raw).isNotNull();
    return refusal.kind();
  }

  @Test
  void texts_areAllThatWereGiven_whereThatMayBe() throws Refusal {
    var several = Query.of("vm_id=b&limit=1&vm_id=a&vm_id=b", KNOWN, Set.of("vm_id"));
    assertThat(several.texts("vm_id")).containsExactly("b", "a", "b");
    assertThat(several.texts("other")).isEmpty();
    assertThat(refused("vm_id=a&vm_id=b")).isEqualTo(Refusal.Kind.REPEATED_PARAMETER);
  }

  @Test
  void required_decodesPercentAndPlus() throws Refusal {
    assertThat(Query.of("vm_id=a%2Fb+c%2B%26%3D%25", KNOWN).required("vm_id"))
        .isEqualTo("a/b c+&=%");
  }

  @Test
  void required_keepsWhatOtherDecodersSplitAt() throws Refusal {
    assertThat(Query.of("vm_id=a;b=c|d?e", KNOWN).required("vm_id")).isEqualTo("a;b=c|d?e");
  }

  @Test
  void required_readsUtf8_encodedOrNot() throws Refusal {
    String bytes = new String("é😀".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    assertThat(Query.of("vm_id=" + bytes, KNOWN).required("vm_id")).isEqualTo("é😀");
    assertThat(Query.of("vm_id=%C3%A9%f0%9F%98%80", KNOWN).required("vm_id")).isEqualTo("é😀");
  }

  @Test
  void of_decodesNamesToo() throws Refusal {
    assertThat(Query.of("vm%5Fid=a", KNOWN).required("vm_id")).isEqualTo("a");
  }

  @ParameterizedTest
  @CsvSource({
    "'', MISSING_PARAMETER",
    "limit=1, MISSING_PARAMETER",
    "vm_id=, EMPTY_PARAMETER",
    "vm_id, EMPTY_PARAMETER",
    "vm_id=a&vm_id=a, REPEATED_PARAMETER",
    "vm_id=a&vm_id=, REPEATED_PARAMETER",
    "vm_id=a&vm%5fid=b, REPEATED_PARAMETER",
    "vm_id=a&max_hop=1, UNKNOWN_PARAMETER",
    "VM_ID=a, UNKNOWN_PARAMETER",
    "vm_id=a&=b, UNKNOWN_PARAMETER",
    "vm_id=%, MALFORMED_QUERY",
    "vm_id=%4, MALFORMED_QUERY",
    "vm_id=%4&limit=1, MALFORMED_QUERY",
    "vm_id=%zz, MALFORMED_QUERY",
    "vm_id=%ff, MALFORMED_QUERY",
    "vm_id=%C3, MALFORMED_QUERY",
    "vm_id=%ED%A0%80, MALFORMED_QUERY",
    "vm_id=%C0%80, MALFORMED_QUERY",
    "vm_id=a&limit=0, INVALID_PARAMETER",
    "vm_id=a&limit=000, INVALID_PARAMETER",
    "vm_id=a&limit=-1, INVALID_PARAMETER",
    "vm_id=a&limit=%2B1, INVALID_PARAMETER",
    "vm_id=a&limit=1.0, INVALID_PARAMETER",
    "vm_id=a&limit=%D9%A1, INVALID_PARAMETER",
    "vm_id=a&limit=, EMPTY_PARAMETER",
  })
  void of_refuses(String raw, Refusal.Kind kind) {
    assertThat(refused(raw)).isEqualTo(kind);
  }

  @Test
  void of_aByteThatIsNotUtf8_isMalformed() {
    assertThat(refused("vm_id=\u00ff")).isEqualTo(Refusal.Kind.MALFORMED_QUERY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "01", "17"})
  void number_readsDigits(String digits) throws Refusal {
    assertThat(Query.of("limit=" + digits, KNOWN).number("limit", 1))
        .hasValue(Integer.parseInt(digits));
  }

  @Test
  void number_beyondAnInt_isTheLargest() throws Refusal {
    for (String number : new String[] {"2147483648", "99999999999999999999999"}) {
      assertThat(Query.of("limit=" + number, KNOWN).number("limit", 1)).hasValue(Integer.MAX_VALUE);
    }
  }

  @Test
  void text_isAbsentWithoutTheParameter_andEmptySegmentsDoNotMatter() throws Refusal {
    assertThat(Query.of("&&limit=3&", KNOWN).text("vm_id")).isEmpty();
  }
}
