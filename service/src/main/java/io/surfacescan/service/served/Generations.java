package io.surfacescan.service.served;

import io.surfacescan.service.exchange.Exchange;
import io.surfacescan.service.exchange.Refusal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The generation being served, behind one reference, and the old ones that are still read from.
public class Generations {
  private static final Logger LOG = Logger.getLogger(Generations.class);

  /// Each old one holds the memory of an environment, so slow readers must not collect them.
  private static final int OLD_MOST = 2;

  private final AtomicReference<@Nullable Generation> current = new AtomicReference<>();

  /// Replaced generations with readers, oldest first. Guarded by this.
  private final Deque<Generation> old = new ArrayDeque<>();

  /// What is served now, if anything is loaded. To be asked for once per request, which is answered
  /// from it whatever is served meanwhile.
  public Optional<Generation> ifLoaded() {
    return Optional.ofNullable(current.get());
  }

  /// What questions are told as long as nothing is loaded.
  public static Refusal notLoaded() {
    return new Refusal(
            Refusal.Kind.NOT_LOADED,
            "The environment is still being loaded; ask again in a moment.")
        .with("Retry-After", "1");
  }

  /// Serves a new generation from now on. Readers of old ones go on, but if more than two old ones
  /// are still read from, the readers of the oldest, who have been slowest, are cut off.
  synchronized void replace(Generation next) {
    var replaced = current.getAndSet(next);
    if (replaced != null) {
      old.addLast(replaced);
    }
    old.removeIf(Generation::closeUnlessRead);
    while (old.size() > OLD_MOST) {
      var readers = old.removeFirst().close();
      LOG.warnf(
          "Cut off %d slow readers of an environment that was replaced three times",
          readers.size());
      readers.forEach(Exchange::cut);
    }
  }
}
