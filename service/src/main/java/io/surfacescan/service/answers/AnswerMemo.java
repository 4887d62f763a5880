package io.surfacescan.service.answers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.surfacescan.report.format.Format;
import io.surfacescan.service.exchange.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Small answers given before about one environment, within a bound on their bytes; those asked for
/// least often go first. Thread-safe.
///
/// Most answers are found in less time than it takes to send them. On environments where that is
/// not so, the same few are asked for again and again, by pages and pollers.
public final class AnswerMemo {
  private static final long BYTES_MOST = 16L << 20;

  /// What an entry takes beside its bytes, roughly.
  private static final int ENTRY_BYTES = 512;

  /// What was asked, and in which format it was answered.
  record Key(Route route, Map<String, List<String>> values, Format format) {
    Key {
      values = new TreeMap<>(values);
    }

    private int bytes() {
      int chars = 0;
      for (var value : values.entrySet()) {
        chars += value.getKey().length();
        for (String text : value.getValue()) {
          chars += text.length();
        }
      }
      return ENTRY_BYTES + 2 * chars;
    }
  }

  private final Cache<Key, Reply> answers =
      Caffeine.newBuilder()
          .maximumWeight(BYTES_MOST)
          .<Key, Reply>weigher((key, answer) -> key.bytes() + answer.keptBytes())
          .executor(Runnable::run)
          .build();

  Optional<Reply> find(Key key) {
    return Optional.ofNullable(answers.getIfPresent(key));
  }

  /// Keeps an answer.
  ///
  /// @param bytes all of it, not to be changed any more
  void keep(Key key, Reply answer, byte[] bytes) {
    answers.put(key, answer.kept(bytes));
  }

  /// The bytes held, for tests.
  long heldBytes() {
    answers.cleanUp();
    return answers.policy().eviction().orElseThrow().weightedSize().orElseThrow();
  }
}
