package io.surfacescan.service.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.surfacescan.report.format.Drawing;
import io.surfacescan.report.format.Form;
import io.surfacescan.report.format.Format;
import io.surfacescan.service.access.AllowedHosts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What clients put into headers.
class HeaderFuzzTest {
  private static final List<Form> OFFERED = offered();
  private static final EntityTag TAG = new EntityTag("0d951d61ee12", Format.CSV, true);

  private static List<Form> offered() {
    var offered = new ArrayList<Form>(List.of(Format.values()));
    offered.addAll(List.of(Drawing.values()));
    return List.copyOf(offered);
  }

  private static String line(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @FuzzTest(maxDuration = "5m")
  void accept(byte[] bytes) {
    String header = line(bytes);
    var form = Accepted.form(header, OFFERED);
    form.ifPresent(chosen -> assertThat(OFFERED).contains(chosen));
    if (form.isEmpty()) {
      assertThat(Accepted.form(header + ",text/csv", List.of(Format.JSON))).isEmpty();
    }
    for (var offered : OFFERED) {
      if (Accepted.form(header, List.of(offered)).isPresent()) {
        assertThat(form).isPresent();
      }
    }
    // Neither case nor a range that covers no offered form changes the choice.
    assertThat(Accepted.form(header.toUpperCase(Locale.ROOT), OFFERED)).isEqualTo(form);
    if (!header.isBlank()) {
      assertThat(Accepted.form(header + ",image/png", OFFERED)).isEqualTo(form);
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
