package io.surfacescan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;

class LoadFlagsTest {
  private static LoadFlags flags(Map<String, String> environment, String... args) {
    var command = LoadTest.command(environment);
    command.parseArgs(args);
    LoadTest test = command.getCommand();
    test.flags.check();
    return test.flags;
  }

  @Test
  void flags_byDefault() {
    var flags = flags(Map.of());

    assertThat(flags)
        .hasToString(
            "closed model, 20 users; ramp 0 s, duration 30 s, warm-up 5 s;"
                + " attack to stats 10:1, seed 1");
    assertThat(flags.host).isNull();
    assertThat(flags.vms).isEqualTo(1_000_000);
    assertThat(flags.p99Most).isNull();
    assertThat(flags.failedMost).isZero();
  }

  @Test
  void flags_allGiven() {
    var flags =
        flags(
            Map.of(),
            "--rate=300",
            "--warm-up=0s",
            "--ramp=2s",
            "--duration=1m",
            "--mix=3:2",
            "--seed=9",
            "--p99-most=50",
            "--failed-most=0.5");

    assertThat(flags)
        .hasToString(
            "open model, 300 requests/s; ramp 2 s, duration 60 s, warm-up 0 s;"
                + " attack to stats 3:2, seed 9");
    assertThat(flags.p99Most).isEqualTo(50);
    assertThat(flags.failedMost).isEqualTo(0.5);
  }

  @Test
  void flags_variablesPreset_andEmptyOnesDoNot() {
    var flags =
        flags(
            Map.of(
                "SURFACESCAN_LOAD_RATE", "7",
                "SURFACESCAN_LOAD_WARM_UP", "1h",
                "SURFACESCAN_LOAD_MIX", "1:1",
                "SURFACESCAN_LOAD_USERS", "",
                "SURFACESCAN_LOAD_SEED", " "));

    assertThat(flags)
        .hasToString(
            "open model, 7 requests/s; ramp 0 s, duration 30 s, warm-up 3600 s;"
                + " attack to stats 1:1, seed 1");
  }

  @Test
  void flags_countMoreThanThePresetOfTheOther() {
    assertThat(flags(Map.of("SURFACESCAN_LOAD_RATE", "7"), "--users=3"))
        .asString()
        .startsWith("closed model, 3 users;");
    assertThat(flags(Map.of("SURFACESCAN_LOAD_USERS", "7"), "--rate=3"))
        .asString()
        .startsWith("open model, 3 requests/s;");
  }

  @Test
  void check_usersAndRate_areNotBothPossible() {
    assertThatThrownBy(() -> flags(Map.of(), "--users=3", "--rate=3"))
        .isInstanceOf(ParameterException.class)
        .hasMessage("Invalid value for option '--rate': it excludes --users");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--users=0",
        "--users=10001",
        "--users=x",
        "--rate=0",
        "--rate=100001",
        "--duration=0s",
        "--duration=30",
        "--ramp=-1s",
        "--duration=1.5s",
        "--duration=500ms",
        "--duration=1d",
        "--duration=PT1S",
        "--mix=1",
        "--mix=1:",
        "--mix=1:2:3",
        "--mix=0:0",
        "--mix=10:-1",
        "--mix=1001:1",
        "--mix=a:b",
        "--seed=x",
        "--vms=0",
        "--p99-most=0",
        "--failed-most=101",
        "--failed-most=-1",
        "--failed-most=NaN",
        "--nonsense",
        "word"
      })
  void check_badValues_areRefused(String flag) {
    assertThatThrownBy(() -> flags(Map.of(), flag)).isInstanceOf(ParameterException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8001",
        "http://localhost:8001/",
        "http://[::1]:8001",
        "https://127.8.9.1"
      })
  void host_onThisMachine(String host) {
    assertThat(flags(Map.of(), "--host=" + host).host).isEqualTo(URI.create(host));
  }

  @Test
  void host_hasDataOfItsOwn() {
    assertThatThrownBy(() -> flags(Map.of(), "--host=http://localhost", "--data=x"))
        .hasMessage("Invalid value for option '--data': the server at --host has its own");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api:8001",
        "http://192.168.1.4",
        "http://localhost.example",
        "http://[fe80::1]"
      })
  void host_elsewhere_onlyIfAskedFor(String host) {
    assertThatThrownBy(() -> flags(Map.of(), "--host=" + host))
        .isInstanceOf(ParameterException.class)
        .hasMessageEndingWith(" is elsewhere; add --any-host if it is yours");
    assertThat(flags(Map.of(), "--host=" + host, "--any-host").host).isEqualTo(URI.create(host));
    assertThat(
            flags(Map.of("SURFACESCAN_LOAD_HOST", host, "SURFACESCAN_LOAD_ANY_HOST", "true")).host)
        .isEqualTo(URI.create(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "localhost:8001",
        "ftp://localhost",
        "http://",
        "http://localhost/path",
        "http://localhost?a=b",
        "http://user@localhost",
        "http://local host"
      })
  void host_notAnAddress(String host) {
    assertThatThrownBy(() -> flags(Map.of(), "--host=" + host, "--any-host"))
        .isInstanceOf(ParameterException.class);
  }
}
