package io.surfacescan.service.answers;

import io.surfacescan.report.format.Format;
import io.surfacescan.service.exchange.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Small answers given before about one environment, within a bound on their bytes; those not asked
/// for the longest go first. Thread-safe.
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

    private long bytes() {
      long chars = 0;
      for (var value : values.entrySet()) {
        chars += value.getKey().length();
        for (String text : value.getValue()) {
          chars += text.length();
        }
      }
      return ENTRY_BYTES + 2 * chars;
    }
  }

  private final Map<Key, Reply> answers = new LinkedHashMap<>(64, 0.75f, true);
  private long held;

  synchronized Optional<Reply> find(Key key) {
    return Optional.ofNullable(answers.get(key));
  }

  /// Keeps an answer.
  ///
  /// @param bytes all of it, not to be changed any more
  synchronized void keep(Key key, Reply answer, byte[] bytes) {
    var before = answers.put(key, answer.kept(bytes));
    held += before == null ? key.bytes() + bytes.length : bytes.length - before.keptBytes();
    var eldest = answers.entrySet().iterator();
    while (held > BYTES_MOST && eldest.hasNext()) {
      var entry = eldest.next();
      held -= entry.getKey().bytes() + entry.getValue().keptBytes();
      eldest.remove();
    }
  }

  /// The bytes held, for tests.
  synchronized long heldBytes() {
    return held;
  }
}
