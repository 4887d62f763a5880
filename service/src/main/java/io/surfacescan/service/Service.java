package io.surfacescan.service;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.surfacescan.statistics.DurableStatistics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Starts what runs and stops it: the port first, so that the process is alive, then the load, then
/// the watch of its input.
@ApplicationScoped
class Service {
  private final Settings settings;
  private final Access access;
  private final Listener listener;
  private final Loader loader;
  private final DurableStatistics statistics;
  private final CompletableFuture<Loader.Outcome> firstLoad = new CompletableFuture<>();
  private volatile @Nullable InputWatch watch;

  Service(
      Settings settings,
      Access access,
      Listener listener,
      Loader loader,
      DurableStatistics statistics) {
    this.settings = settings;
    this.access = access;
    this.listener = listener;
    this.loader = loader;
    this.statistics = statistics;
  }

  void start(@Observes StartupEvent event) throws CannotListen, FileRefused {
    access.start();
    listener.open(statistics.start());
    var _ =
        loader
            .load()
            .whenComplete((outcome, bug) -> {
              if (bug != null) {
                firstLoad.completeExceptionally(bug);
              } else {
                if (!(outcome instanceof Loader.Outcome.GivenUp)) {
                  watchInput();
                }
                firstLoad.complete(outcome);
              }
            });
  }

  private void watchInput() {
    if (!settings.readsStdin()) {
      watch = InputWatch.start(settings.paths(), loader);
    }
  }

  /// Leaves: loads no more, lets no one new in, and returns when the requests under way were
  /// answered or their time is over.
  void leave() {
    stopWatching();
    loader.giveUp();
    listener.drain();
  }

  void stop(@Observes ShutdownEvent event) {
    stopWatching();
    listener.close();
    access.stop();
    statistics.close();
  }

  private void stopWatching() {
    var watching = watch;
    if (watching != null) {
      watching.close();
    }
  }

  CompletableFuture<Loader.Outcome> firstLoad() {
    return firstLoad;
  }
}
