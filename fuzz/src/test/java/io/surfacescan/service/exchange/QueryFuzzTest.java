package io.surfacescan.service.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.surfacescan.service.access.AllowedHosts;
import io.surfacescan.service.metrics.StatisticsEndpoint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The line of a request: whatever stands in it is understood right or refused.
class QueryFuzzTest {
  private static final Set<String> KNOWN =
      Set.of("vm_id", "limit", "after", "max_hops", "sort", "hops", "from", "to", "step", "scope");
  private static final Instant NOW = Instant.parse("2026-11-22T12:34:56Z");

  /// One char for each byte, as requests are read.
  private static String line(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @FuzzTest(maxDuration = "5m")
  void target(byte[] bytes) {
    String uri = line(bytes);
    try {
      var target = Target.of(uri);
      String put = target.query().isEmpty() ? target.path() : target.path() + "?" + target.query();
      assertThat(target.path()).startsWith("/").doesNotContain("?");
      if (target.authority() == null) {
        assertThat(uri).isIn(put, put + "?");
      } else {
        assertThat(uri.length() - target.authority().length() - put.length())
            .as("the scheme, without a path that is added and with an empty query")
            .isBetween("http://".length() - 1, "https://?".length());
        assertThat(uri).contains("://" + target.authority());
      }
      assertThat(Target.of(put).path()).isEqualTo(target.path());
      var _ = Route.of(target.path());
      if (target.authority() != null) {
        var hosts = new AllowedHosts(Set.of("named.example"));
        boolean allowed = hosts.allow(target.authority());
        assertThat(hosts.allow(target.authority())).isEqualTo(allowed);
        if (allowed) {
          assertThat(target.authority())
              .matches(
                  "(?i)(localhost|named\\.example|127(\\.\\d{1,3}){3})\\.?(:\\d{0,5})?|\\[[0:]*1](:\\d{0,5})?");
        }
      }
    } catch (Refusal refusal) {
      assertFitToSend(refusal);
    }
  }

  @FuzzTest(maxDuration = "5m")
  void query(byte[] bytes) {
    try {
      var query = Query.of(line(bytes), KNOWN);
      assertThat(Query.of(encoded(query.values()), KNOWN).values()).isEqualTo(query.values());
      query.text("vm_id").ifPresent(id -> assertThat(id).isNotEmpty());
      query.number("limit", 0).ifPresent(limit -> assertThat(limit).isNotNegative());
      query.number("max_hops", 1).ifPresent(hops -> assertThat(hops).isPositive());
      query.flag("hops");
    } catch (Refusal refusal) {
      assertFitToSend(refusal);
    }
  }

  @FuzzTest(maxDuration = "5m")
  void range(byte[] bytes) {
    try {
      var question = StatisticsEndpoint.question(Query.of(line(bytes), KNOWN), NOW);
      question.step().ifPresent(step -> assertThat(step).isPositive());
      if (question.from().isPresent() && question.to().isPresent()) {
        assertThat(question.from().get()).isBefore(question.to().get());
      }
    } catch (Refusal refusal) {
      assertFitToSend(refusal);
    }
  }

  private static String encoded(Map<String, List<String>> values) {
    return values.entrySet().stream()
        .flatMap(entry ->
            entry.getValue().stream()
                .map(value -> Query.encoded(entry.getKey()) + "=" + Query.encoded(value)))
        .collect(Collectors.joining("&"));
  }

  static void assertFitToSend(Refusal refusal) {
    assertThat(refusal.kind().status()).isBetween(400, 499);
    assertThat(refusal.detail()).isNotBlank();
    assertThat(refusal.detail().length()).isLessThan(1_500);
  }
}
