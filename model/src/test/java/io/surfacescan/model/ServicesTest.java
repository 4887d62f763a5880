package io.surfacescan.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Services.Protocol;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServicesTest {
  @ParameterizedTest
  @CsvSource({
    "all, all",
    "ALL, all",
    "tcp/22, tcp/22",
    "TCP/8000-8100, tcp/8000-8100",
    "udp/53-53, udp/53",
    "sctp, sctp/1-65535",
    "tcp/all, tcp/1-65535",
    "tcp/0-65535, tcp/1-65535",
    "icmp, icmp",
    "icmp/all, icmp",
    "icmp/8, icmp"
  })
  void parse_takesWhatIsWritten_andWritesItOneWay(String text, String canonical) {
    assertThat(Services.parse(text).orElseThrow()).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tcp/",
        "tcp/0",
        "tcp/65536",
        "tcp/9-8",
        "tcp/22,23",
        "esp",
        "tcp 22",
        "-1",
        "tcp/-1",
        "22",
        "icmp/x",
        "tcp/999999999999"
      })
  void parse_takesNothingElse(String text) {
    assertThat(Services.parse(text)).isEmpty();
  }

  @Test
  void union_joinsWhatTouches_withinAProtocolOnly() {
    assertThat(union("tcp/1-79", "tcp/80", "tcp/82", "udp/81").texts())
        .containsExactly("tcp/1-80", "tcp/82", "udp/81");
    assertThat(union("tcp/65535", "udp/1").texts()).containsExactly("tcp/65535", "udp/1");
    assertThat(union("sctp/65535", "icmp").texts()).containsExactly("sctp/65535", "icmp");
    assertThat(union("tcp", "udp", "sctp", "icmp")).isSameAs(Services.ALL);
  }

  @Test
  void minus_leavesWhatStandsAround() {
    assertThat(Services.ALL.minus(union("tcp/22", "icmp")).texts())
        .containsExactly("tcp/1-21", "tcp/23-65535", "udp/1-65535", "sctp/1-65535");
    assertThat(union("tcp/22").minus(union("tcp/1-100"))).isSameAs(Services.NONE);
  }

  @Test
  void meets_isAboutOneServiceInCommon() {
    assertThat(union("tcp/22", "udp/53").meets(union("tcp/53", "udp/50-60"))).isTrue();
    assertThat(union("tcp/22", "udp/53").meets(union("tcp/53", "udp/22"))).isFalse();
    assertThat(Services.ALL.meets(Services.NONE)).isFalse();
  }

  /// Each operation against the same on single services.
  @Test
  void operations_areThoseOfSets() {
    var random = new SplittableRandom(7);
    var singles =
        List.of(
            union("tcp/1"),
            union("tcp/2"),
            union("tcp/3"),
            union("tcp/65535"),
            union("udp/1"),
            union("sctp/65535"),
            union("icmp"));
    for (int i = 0; i < 2_000; i++) {
      var some = random(random);
      var others = random(random);
      for (var one : singles) {
        boolean here = some.contains(one);
        boolean there = others.contains(one);
        assertThat(some.meets(one)).isEqualTo(here);
        assertThat(some.or(others).contains(one)).isEqualTo(here || there);
        assertThat(some.and(others).contains(one)).isEqualTo(here && there);
        assertThat(some.minus(others).contains(one)).isEqualTo(here && !there);
      }
      assertThat(some.minus(others).or(some.and(others))).isEqualTo(some);
      assertThat(some.meets(others)).isEqualTo(!some.and(others).isEmpty());
      assertThat(some.contains(others)).isEqualTo(others.minus(some).isEmpty());
    }
  }

  private static Services random(SplittableRandom random) {
    var services = Services.NONE;
    for (int i = random.nextInt(4); i > 0; i--) {
      var protocol = List.of(Protocol.values()).get(random.nextInt(4));
      int first = random.nextBoolean() ? 1 + random.nextInt(3) : 65_533 + random.nextInt(3);
      services = services.or(Services.of(protocol, first, first + random.nextInt(3)));
    }
    return services;
  }

  private static Services union(String... texts) {
    return Services.union(
        List.of(texts).stream().map(text -> Services.parse(text).orElseThrow()).toList());
  }
}
