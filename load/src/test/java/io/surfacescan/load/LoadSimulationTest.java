package io.surfacescan.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadSimulationTest {
  private static List<Map<String, Object>> drawn(List<Integer> mix, long seed) {
    var requests = LoadSimulation.requests(List.of("a", "b%2Fc", "d"), mix, seed);
    return Stream.generate(requests::next).limit(11_000).toList();
  }

  @Test
  void requests_sameSeed_sameRequests() {
    assertThat(drawn(List.of(10, 1), 5))
        .isEqualTo(drawn(List.of(10, 1), 5))
        .isNotEqualTo(drawn(List.of(10, 1), 6));
  }

  @Test
  void requests_askAboutEveryVm_byItsIdAsGiven_underTheRoutesName() {
    assertThat(drawn(List.of(10, 1), 1).stream().distinct())
        .containsExactlyInAnyOrder(
            Map.of("route", "attack", "target", "attack?vm_id=a"),
            Map.of("route", "attack", "target", "attack?vm_id=b%2Fc"),
            Map.of("route", "attack", "target", "attack?vm_id=d"),
            Map.of("route", "stats", "target", "stats"));
  }

  @Test
  void requests_keepTheMix() {
    assertThat(drawn(List.of(10, 1), 1)).filteredOn("route", "stats").hasSizeBetween(900, 1100);
    assertThat(drawn(List.of(1, 0), 1)).extracting("route").containsOnly("attack");
    assertThat(drawn(List.of(0, 3), 1)).extracting("route").containsOnly("stats");
  }

  private static boolean isWhole(String body, boolean ids) {
    return LoadSimulation.isWhole(body.getBytes(StandardCharsets.UTF_8), ids);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[\"a\"]",
        "[\"a\",\"b\"]",
        "[\"\",\"\"]",
        "[\"quote \\\" bracket ] comma ,\"]",
        "[\"ends in a backslash \\\\\"]",
        "[\"ü😀\"]"
      })
  void isWhole_ids(String body) {
    assertThat(isWhole(body, true)).isTrue();
    assertThat(isWhole(body, false)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "]",
        "{}",
        "\"a\"",
        "[\"a\"",
        "[\"a\",",
        "[\"a\",]",
        "[,\"a\"]",
        "[\"a\"\"b\"]",
        "[\"a]",
        "[\"a\\\"]",
        "[a]",
        "[1]",
        "[\"a\",[]]",
        "[\"a\"]]",
        "[\"a\"] []"
      })
  void isWhole_notIds(String body) {
    assertThat(isWhole(body, true)).isFalse();
  }

  @Test
  void isWhole_statistics() {
    assertThat(isWhole("{}", false)).isTrue();
    assertThat(isWhole("{\"routes\":{\"/attack\":[1,{}]}}", false)).isTrue();
    assertThat(isWhole("{\"routes\":{\"/attack\":[1,{}]}", false)).isFalse();
    assertThat(isWhole("{\"routes\":", false)).isFalse();
    assertThat(isWhole("{}}", false)).isFalse();
  }
}
