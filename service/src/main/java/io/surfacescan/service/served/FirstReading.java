package io.surfacescan.service.served;

import io.surfacescan.importers.InputFormat;
import io.surfacescan.importers.ReadOptions;
import io.surfacescan.service.platform.InputState;
import io.surfacescan.service.platform.ProcessStreams;
import io.surfacescan.settings.Input;
import io.surfacescan.settings.PolicySettings;
import io.surfacescan.snapshot.Reading;
import io.surfacescan.snapshot.Snapshots;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/// The first reading of the input, begun beside the start of the server and not behind it: a large
/// environment is ready sooner by most of the time that the server takes to start.
///
/// @param input the state of the input before anything of it was read
/// @param givenUp whether nobody wants it any more
/// @param startedNanos when the reading began, by the monotonic clock
public record FirstReading(
    InputState input,
    long startedNanos,
    AtomicBoolean givenUp,
    CompletableFuture<Reading> reading) {
  public static FirstReading begin(Input input, PolicySettings policy, ProcessStreams streams) {
    var state = InputState.of(input.paths());
    long started = System.nanoTime();
    var givenUp = new AtomicBoolean();
    Executor thread =
        task -> Thread.ofPlatform().name("surfacescan-first-reading").daemon().start(task);
    return new FirstReading(
        state,
        started,
        givenUp,
        CompletableFuture.supplyAsync(
            () ->
                new Snapshots(input.cache())
                    .read(
                        input.paths(),
                        streams.in(),
                        streams.progress(),
                        PolicyChecks.readOptions(input, policy),
                        givenUp::get),
            thread));
  }

  /// How the input is read.
  static ReadOptions options(Input input) {
    var strict = new ReadOptions(input.ignoreUnknownKeys());
    var options = input.terraformSource().map(strict::withTerraformSource).orElse(strict);
    return input.format().flatMap(InputFormat::ofCode).map(options::withFormat).orElse(options);
  }

  /// Has the reading end soon.
  void giveUp() {
    givenUp.set(true);
  }

  /// Waits for what was read.
  Reading read() {
    try {
      return reading.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof OutOfMemoryError tooLarge) {
        throw tooLarge;
      }
      throw e;
    }
  }
}
