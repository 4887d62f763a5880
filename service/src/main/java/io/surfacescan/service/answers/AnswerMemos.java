package io.surfacescan.service.answers;

import io.surfacescan.service.served.Generation;
import java.util.Map;
import java.util.WeakHashMap;

/// The small answers given before about each environment that is still in use. Thread-safe.
final class AnswerMemos {
  private final Map<Generation, AnswerMemo> memos = new WeakHashMap<>();

  synchronized AnswerMemo of(Generation generation) {
    return memos.computeIfAbsent(generation, _ -> new AnswerMemo());
  }
}
