package io.surfacescan.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static Input input() {
    return new Input(List.of("data"), false, Optional.empty());
  }

  /// What the user gave in a test.
  private record Values(Map<Flag<?>, Object> flags, Map<String, String> variables)
      implements Given {
    @Override
    public <T> Optional<T> value(Flag<T> flag) {
      return Optional.ofNullable(flags.get(flag)).map(flag.type()::cast);
    }

    @Override
    public Optional<String> variable(String name) {
      return Optional.ofNullable(variables.get(name));
    }
  }

  private static Settings settings(Map<Flag<?>, Object> flags) {
    return Settings.of(new Values(flags, Map.of()), Logs.Verbosity.NORMAL, SettingsTest::input);
  }

  @Test
  void flags_ofEveryRecord_areListedOnce() throws Exception {
    var declared = new ArrayList<Object>();
    for (var record : records(Settings.class, new HashSet<>())) {
      for (var field : record.getFields()) {
        if (field.getType() == Flag.class) {
          declared.add(field.get(null));
        }
      }
    }

    assertThat(declared).hasSizeGreaterThan(20);
    assertThat(new ArrayList<Object>(Settings.FLAGS)).containsExactlyInAnyOrderElementsOf(declared);
    assertThat(Settings.FLAGS).extracting(Flag::name).doesNotHaveDuplicates();
  }

  /// The records that settings are made of.
  private static Set<Class<?>> records(Type type, Set<Class<?>> found) {
    if (type instanceof ParameterizedType generic) {
      for (var argument : generic.getActualTypeArguments()) {
        records(argument, found);
      }
    } else if (type instanceof Class<?> record && record.isRecord() && found.add(record)) {
      for (var component : record.getRecordComponents()) {
        records(component.getGenericType(), found);
      }
    }
    return found;
  }

  @Test
  void of_nothing_hasTheDefaults() {
    var settings =
        Settings.of(new Values(Map.of(), Map.of()), Logs.Verbosity.QUIET, SettingsTest::input);

    assertThat(settings.input()).isEqualTo(new Input(List.of("data"), false, Optional.empty()));
    assertThat(settings.listen()).isEqualTo(new Listen("127.0.0.1", 8001, Set.of(), true));
    assertThat(settings.security())
        .isEqualTo(
            new Security(Optional.empty(), Optional.empty(), false, Optional.empty(), Set.of()));
    assertThat(settings.answerLimits())
        .isEqualTo(
            new AnswerLimits(
                Duration.ofMinutes(1),
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                16,
                OptionalInt.empty()));
    assertThat(settings.push())
        .isEqualTo(new MetricsPush(Optional.empty(), Duration.ofSeconds(10)));
    assertThat(settings.logs()).isEqualTo(new Logs(Logs.Format.text, false, Logs.Verbosity.QUIET));
    assertThat(settings.stores().folder()).isEmpty();
    assertThat(settings.warning()).isEmpty();
  }

  @Test
  void of_takesTheHostFromTheEnvironment_unlessTheInstanceHasAName() {
    var host = new Values(Map.of(), Map.of("HOSTNAME", "web-1"));
    var named = new Values(Map.of(StoreSettings.INSTANCE, "one"), Map.of("HOSTNAME", "web-1"));

    assertThat(StoreSettings.of(host).name()).isEqualTo("web-1");
    assertThat(StoreSettings.of(named).name()).isEqualTo("one");
  }

  @Test
  void numbers_outOfTheirBounds_areRefused() {
    assertInvalid(
        "Invalid value for option '--port': -1 is not between 0 and 65535",
        () -> settings(Map.of(Listen.PORT, -1)));
    assertInvalid(
        "Invalid value for option '--port': 65536 is not between 0 and 65535",
        () -> new Listen("localhost", 65_536, Set.of(), true));
    assertInvalid(
        "Invalid value for option '--time-limit': 0 is below 1",
        () -> settings(Map.of(AnswerLimits.TIME_LIMIT, 0)));
    assertInvalid(
        "Invalid value for option '--long-threads': 0 is below 1",
        () -> settings(Map.of(AnswerLimits.LONG_THREADS, 0)));
    assertInvalid(
        "Invalid value for option '--long-waiting': -5 is below 1",
        () -> settings(Map.of(AnswerLimits.LONG_WAITING, -5)));
    assertInvalid(
        "Invalid value for option '--rate-limit': 0 is below 1",
        () -> settings(Map.of(AnswerLimits.RATE_LIMIT, 0)));
    var least = settings(Map.of(Listen.PORT, 0, AnswerLimits.RATE_LIMIT, 1));
    assertThat(least.listen().port()).isZero();
    assertThat(least.answerLimits().requestsPerSecond()).hasValue(1);
    assertThat(settings(Map.of(Listen.PORT, 65_535)).listen().port()).isEqualTo(65_535);
  }

  @Test
  void basePath_isOfPlainSegments_withoutASlashBehindIt() {
    assertThat(settings(Map.of(Listen.BASE_PATH, "/")).listen().basePath()).isEmpty();
    assertThat(settings(Map.of(Listen.BASE_PATH, "/tools/scan-1.0/")).listen().basePath())
        .isEqualTo("/tools/scan-1.0");
    for (String path :
        List.of("tools", "//", "/a//b", "/..", "/a/./b", "/ä", "/a b", "/a?b", "/%61")) {
      assertThatThrownBy(() -> settings(Map.of(Listen.BASE_PATH, path)))
          .isInstanceOf(InvalidSetting.class)
          .hasMessageContaining("--base-path");
    }
  }

  @Test
  void records_checkThemselves() {
    assertInvalid(
        "Invalid value for option '--host': it is empty", () -> new Listen(" ", 1, Set.of(), true));
    assertInvalid("no path to load", () -> new Input(List.of(), true, Optional.empty()));
    assertInvalid(
        "Invalid value for option '--oidc-issuer': 'ftp://h' is not a URL like"
            + " https://login.example/realm",
        () -> new Oidc(URI.create("ftp://h"), "a", "c", "r", "w"));
    assertInvalid(
        "'--stats-url' needs a directory in which what the database does not take can wait; name"
            + " one with --state-dir",
        () -> new StoreSettings(Optional.empty(), Optional.of("jdbc:postgresql://h/d"), "n"));
    assertInvalid(
        "metrics cannot be pushed every PT0S",
        () -> new MetricsPush(Optional.empty(), Duration.ZERO));
    assertInvalid(
        "a limit must be above zero: PT0S",
        () ->
            new Limits(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ZERO,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1)));
  }

  @Test
  void input_isAskedForAfterAllFlags() {
    var given = new Values(Map.of(AnswerLimits.LONG_WAITING, 0), Map.of());

    assertThatThrownBy(() ->
            Settings.of(
                given,
                Logs.Verbosity.NORMAL,
                () -> {
                  throw new AssertionError("the input was asked for");
                }))
        .isInstanceOf(InvalidSetting.class);
  }

  @Test
  void tokensOverPlainHttp_areWarnedOf_whereOtherMachinesHear() {
    var warned =
        settings(Map.of(Listen.HOST, "192.0.2.1", Security.TOKENS, Path.of("tokens"))).warning();

    assertThat(warned).isPresent();
    assertThat(settings(Map.of(Security.TOKENS, Path.of("tokens"))).warning()).isEmpty();
    assertThat(settings(Map.of(Listen.HOST, "192.0.2.1", Security.INSECURE, true)).warning())
        .isEmpty();
  }

  private static void assertInvalid(String message, Supplier<?> made) {
    assertThatThrownBy(made::get).isInstanceOf(InvalidSetting.class).hasMessage(message);
  }
}
