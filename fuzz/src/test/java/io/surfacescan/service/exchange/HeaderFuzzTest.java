package io.surfacescan.service.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.surfacescan.report.format.Format;
import io.surfacescan.service.access.AllowedHosts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What clients put into headers.
class HeaderFuzzTest {
  private static final List<Format> OFFERED = Format.all();
  private static final EntityTag TAG = new EntityTag("0d951d61ee12", Format.CSV, true);

  private static String line(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @FuzzTest(maxDuration = "5m")
  void accept(byte[] bytes) {
    String header = line(bytes);
    var format = Accepted.format(header, OFFERED);
    format.ifPresent(chosen -> assertThat(OFFERED).contains(chosen));
    if (format.isEmpty()) {
      assertThat(Accepted.format(header + ",text/csv", List.of(Format.JSON))).isEmpty();
    }
    for (var offered : OFFERED) {
      if (Accepted.format(header, List.of(offered)).isPresent()) {
        assertThat(format).isPresent();
      }
    }
    // Neither case nor a range that covers no offered format changes the choice.
    assertThat(Accepted.format(header.toUpperCase(Locale.ROOT), OFFERED)).isEqualTo(format);
    if (!header.isBlank()) {
      assertThat(Accepted.format(header + ",image/png", OFFERED)).isEqualTo(format);
    }
    if (Accepted.gzip(header)) {
      assertThat(header.toLowerCase(Locale.ROOT)).containsPattern("gzip|\\*");
    }
  }

  @FuzzTest(maxDuration = "5m")
  void ifNoneMatch(byte[] bytes) {
    String header = line(bytes);
    boolean matches = TAG.matches(header);
    if (matches) {
      assertThat(header).containsPattern("\\*|" + TAG);
    }
    assertThat(TAG.matches(header + "," + TAG)).isTrue();
    assertThat(TAG.matches(TAG + "," + header)).isTrue();
  }

  @FuzzTest(maxDuration = "5m")
  void host(byte[] bytes) {
    String header = line(bytes);
    var hosts = new AllowedHosts(Set.of("named.example"));
    boolean allowed = hosts.allow(header);
    assertThat(new AllowedHosts(Set.of()).allow(header))
        .isEqualTo(allowed && !header.toLowerCase(Locale.ROOT).startsWith("named"));
    if (allowed) {
      assertThat(header).matches("[A-Za-z0-9.:\\[\\]]+");
    }
  }
}
