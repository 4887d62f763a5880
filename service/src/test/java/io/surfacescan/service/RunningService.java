package io.surfacescan.service;

import io.surfacescan.importers.ReadProgress;
import io.surfacescan.service.platform.FileRefused;
import io.surfacescan.service.platform.ProcessStreams;
import io.surfacescan.service.port.CannotListen;
import io.surfacescan.service.port.Listener;
import io.surfacescan.service.program.Program;
import io.surfacescan.service.served.Generations;
import io.surfacescan.service.served.Loader;
import io.surfacescan.service.tls.LiveTls;
import io.surfacescan.settings.AnswerLimits;
import io.surfacescan.settings.Flag;
import io.surfacescan.settings.Given;
import io.surfacescan.settings.Input;
import io.surfacescan.settings.Limits;
import io.surfacescan.settings.Listen;
import io.surfacescan.settings.Logs;
import io.surfacescan.settings.MetricsPush;
import io.surfacescan.settings.PolicySettings;
import io.surfacescan.settings.Security;
import io.surfacescan.settings.Settings;
import io.surfacescan.settings.StoreSettings;
import io.surfacescan.statistics.DurableStatistics;
import io.surfacescan.statistics.counting.Statistics;
import io.surfacescan.testkit.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The whole service, on a free port of this machine.
final class RunningService implements AutoCloseable {
  static final StoreSettings NOT_KEPT =
      new StoreSettings(Optional.empty(), Optional.empty(), "test");

  /// Between two fetches of the keys of an issuer of tokens.
  static final Duration KEYS_PAUSE = Duration.ofMillis(250);

  private static final long PATIENCE_NANOS = 60_000_000_000L;

  static {
    LiveTls.refuseRenegotiation();
  }

  final Program program;
  final Settings settings;
  final Statistics statistics;
  final Generations generations;
  final DurableStatistics durable;
  final Loader loader;
  final Listener listener;

  private RunningService(Settings settings, InputStream stdin) throws CannotListen, FileRefused {
    this.settings = settings;
    var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    var streams = new ProcessStreams(stdin, err, ReadProgress.NONE);
    program = new Program(settings, streams, Optional.empty(), KEYS_PAUSE);
    statistics = program.statistics;
    generations = program.generations;
    durable = program.durable;
    loader = program.loader;
    listener = program.listener;
    try {
      program.start();
    } catch (CannotListen | FileRefused e) {
      program.close();
      throw e;
    }
  }

  /// What holds if nothing is said.
  static final Settings USUAL =
      Settings.of(
          new Given() {
            @Override
            public <T> Optional<T> value(Flag<T> flag) {
              return Optional.empty();
            }

            @Override
            public Optional<String> variable(String name) {
              return Optional.empty();
            }
          },
          Logs.Verbosity.NORMAL,
          () -> new Input(List.of("nowhere"), false, Optional.empty()));

  static Settings settings(List<String> paths, Limits limits, String... allowedHosts) {
    return new Settings(
        new Input(paths, false, Optional.empty()),
        new Listen("127.0.0.1", 0, Set.of(allowedHosts), true),
        USUAL.security(),
        limits,
        USUAL.answerLimits(),
        NOT_KEPT,
        USUAL.push(),
        USUAL.logs(),
        PolicySettings.NONE);
  }

  /// The same, below a prefix of all paths.
  static Settings below(String basePath, Settings usual) {
    var listen = usual.listen();
    return new Settings(
        usual.input(),
        new Listen(listen.host(), listen.port(), listen.allowedHosts(), listen.page(), basePath),
        usual.security(),
        usual.limits(),
        usual.answerLimits(),
        usual.stores(),
        usual.push(),
        usual.logs(),
        usual.policy());
  }

  /// The same, with other bounds of the work on answers.
  static Settings with(AnswerLimits limits, Settings usual) {
    return with(limits, usual.stores(), usual.push(), usual.security(), usual);
  }

  /// The same, with statistics kept elsewhere.
  static Settings with(StoreSettings stores, Settings usual) {
    return with(usual.answerLimits(), stores, usual.push(), usual.security(), usual);
  }

  /// The same, with metrics sent somewhere.
  static Settings with(MetricsPush push, Settings usual) {
    return with(usual.answerLimits(), usual.stores(), push, usual.security(), usual);
  }

  /// The same, with others in front of it.
  static Settings with(Security security, Settings usual) {
    return with(usual.answerLimits(), usual.stores(), usual.push(), security, usual);
  }

  private static Settings with(
      AnswerLimits answerLimits,
      StoreSettings stores,
      MetricsPush push,
      Security security,
      Settings usual) {
    return new Settings(
        usual.input(),
        usual.listen(),
        security,
        usual.limits(),
        answerLimits,
        stores,
        push,
        usual.logs(),
        usual.policy());
  }

  /// The same, with a policy.
  static Settings with(PolicySettings policy, Settings usual) {
    return new Settings(
        usual.input(),
        usual.listen(),
        usual.security(),
        usual.limits(),
        usual.answerLimits(),
        usual.stores(),
        usual.push(),
        usual.logs(),
        policy);
  }

  /// Open, but perhaps not loaded yet.
  static RunningService opened(Settings settings) {
    return opened(settings, InputStream.nullInputStream());
  }

  /// The same, with that standard input.
  static RunningService opened(Settings settings, InputStream stdin) {
    try {
      return new RunningService(settings, stdin);
    } catch (CannotListen | FileRefused e) {
      throw new IllegalStateException(e);
    }
  }

  /// Loaded.
  static RunningService of(Settings settings) {
    var running = opened(settings);
    running.program.firstLoad().join();
    return running;
  }

  static RunningService of(Path data) {
    return of(settings(List.of(data.toString()), Limits.DEFAULT));
  }

  /// As on SIGTERM.
  void leave() {
    program.leave();
  }

  int port() {
    return listener.port();
  }

  /// One request on a connection of its own.
  Wire.Answer get(String target, String... headers) {
    return ask("GET", target, headers);
  }

  Wire.Answer ask(String method, String target, String... headers) {
    try (var wire = new Wire(port())) {
      return wire.ask(method, target, headers);
    }
  }

  Wire.Answer reload() {
    return ask("POST", "/reload", "Content-Type: application/json", "Content-Length: 0");
  }

  static Map<String, @Nullable Object> object(Wire.Answer answer) {
    return Parsed.objectOf(Object.class, value(answer));
  }

  static List<String> ids(Wire.Answer answer) {
    return Parsed.listOf(String.class, value(answer));
  }

  private static @Nullable Object value(Wire.Answer answer) {
    return Json.read(answer.text());
  }

  /// The kind of a problem document, without the prefix that all have.
  static String problem(Wire.Answer answer) {
    if (!answer.header("Content-Type").orElse("").equals("application/problem+json")) {
      throw new AssertionError("not a problem document: " + answer.headers());
    }
    return String.valueOf(object(answer).get("type")).replaceFirst("^urn:surfacescan:problem:", "");
  }

  /// Replaces a file in one step, as careful writers do.
  static void write(Path file, String content) {
    try {
      var beside = Files.createTempFile(file.getParent(), "new", ".tmp");
      Files.writeString(beside, content);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("still not so: " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
