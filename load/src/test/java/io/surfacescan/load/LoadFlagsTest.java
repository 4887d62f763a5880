package io.surfacescan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;

class LoadFlagsTest {
  private static final URI SERVER = URI.create("http://127.0.0.1:8001");

  private static LoadFlags flags(Map<String, String> environment, String... args) {
    var command = LoadFlags.command(environment);
    command.parseArgs(args);
    LoadFlags flags = command.getCommand();
    flags.check();
    return flags;
  }

  @Test
  void plan_withoutFlags() {
    assertThat(flags(Map.of()).plan(SERVER))
        .isEqualTo(
            new Plan(
                SERVER,
                new Volume.Users(20),
                Duration.ofSeconds(5),
                Duration.ZERO,
                Duration.ofSeconds(30),
                new Mix(10, 1),
                1,
                0,
                0));
  }

  @Test
  void plan_withEveryFlag() {
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

    assertThat(flags.plan(SERVER))
        .isEqualTo(
            new Plan(
                SERVER,
                new Volume.Rate(300),
                Duration.ZERO,
                Duration.ofSeconds(2),
                Duration.ofMinutes(1),
                new Mix(3, 2),
                9,
                50,
                0.5));
  }

  @Test
  void plan_variablesPreset_andEmptyOnesDoNot() {
    var environment =
        Map.of(
            "SURFACESCAN_LOAD_RATE",
            "7",
            "SURFACESCAN_LOAD_WARM_UP",
            "1s",
            "SURFACESCAN_LOAD_USERS",
            "",
            "SURFACESCAN_LOAD_SEED",
            " ");

    var plan = flags(environment).plan(SERVER);

    assertThat(plan.volume()).isEqualTo(new Volume.Rate(7));
    assertThat(plan.warmUp()).isEqualTo(Duration.ofSeconds(1));
    assertThat(plan.seed()).isEqualTo(1);
  }

  @Test
  void plan_flagCountsMoreThanThePresetOfTheOther() {
    assertThat(flags(Map.of("SURFACESCAN_LOAD_RATE", "7"), "--users=3").plan(SERVER).volume())
        .isEqualTo(new Volume.Users(3));
    assertThat(flags(Map.of("SURFACESCAN_LOAD_USERS", "7"), "--rate=3").plan(SERVER).volume())
        .isEqualTo(new Volume.Rate(3));
  }

  @Test
  void check_usersAndRate_areNotBothPossible() {
    assertThatThrownBy(() -> flags(Map.of(), "--users=3", "--rate=3"))
        .isInstanceOf(ParameterException.class)
        .hasMessage(
            "Invalid value for option '--rate' (N): it cannot be had together with --users");
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
        "--mix=1",
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
  @CsvSource({
    "http://127.0.0.1:8001, http://127.0.0.1:8001",
    "http://localhost:8001/, http://localhost:8001",
    "http://[::1]:8001, http://[::1]:8001",
    "https://127.8.9.1, https://127.8.9.1"
  })
  void server_onThisMachine(String host, URI server) {
    assertThat(flags(Map.of(), "--host=" + host).server()).contains(server);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api:8001",
        "http://192.168.1.4",
        "http://localhost.example",
        "http://[fe80::1]"
      })
  void server_elsewhere_onlyIfAskedFor(String host) {
    assertThatThrownBy(() -> flags(Map.of(), "--host=" + host))
        .isInstanceOf(ParameterException.class)
        .hasMessageEndingWith(" is not this machine; add --any-host if it is yours to put load on");
    assertThat(flags(Map.of(), "--host=" + host, "--any-host").server()).contains(URI.create(host));
    assertThat(
            flags(Map.of("SURFACESCAN_LOAD_HOST", host, "SURFACESCAN_LOAD_ANY_HOST", "true"))
                .server())
        .contains(URI.create(host));
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
  void server_notAnAddress(String host) {
    assertThatThrownBy(() -> flags(Map.of(), "--host=" + host, "--any-host"))
        .isInstanceOf(ParameterException.class);
  }
}
