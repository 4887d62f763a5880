package io.surfacescan.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {
  private static final AllowedHosts LOOPBACK = new AllowedHosts(List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:8001",
        "localhost.",
        "localhost:",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.255.0.9:65535",
        "[::1]",
        "[::1]:8001",
        "[0:0:0:0:0:0:0:1]",
      })
  void allow_loopbackUnderAnyPort(String host) {
    assertThat(LOOPBACK.allow(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evil.example",
        "localhost.evil.example",
        "evil.localhost",
        "127.0.0.1.evil.example",
        "127.0.0.256",
        "127.0.0",
        "128.0.0.1",
        "0.0.0.0",
        "10.0.0.1",
        "[::2]",
        "[::1",
        "::1",
        "localhost:80:90",
        "localhost:x",
        "localhost:123456",
        "localhost evil",
        "user@localhost",
        "localhost/",
        "\u00ff",
      })
  void allow_nothingElse(String host) {
    assertThat(LOOPBACK.allow(host)).isFalse();
  }

  @Test
  void allow_noHost_isRefused() {
    assertThat(LOOPBACK.allow(null)).isFalse();
  }

  @Test
  void allow_configuredNames() {
    var hosts = new AllowedHosts(List.of("api", "Scan.Example.org", "2001:db8::7"));
    assertThat(hosts.allow("api:8001")).isTrue();
    assertThat(hosts.allow("scan.example.ORG.")).isTrue();
    assertThat(hosts.allow("[2001:db8::7]:8001")).isTrue();
    assertThat(hosts.allow("api.example.org")).isFalse();
    assertThat(hosts.allow("localhost")).isTrue();
  }

  @Test
  void allow_everyName_ifConfiguredSo() {
    var hosts = new AllowedHosts(List.of("*"));
    assertThat(hosts.allow("anything.example")).isTrue();
    assertThat(hosts.allow(null)).isFalse();
    assertThat(hosts.allow("not a host")).isFalse();
  }
}
