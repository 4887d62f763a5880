package io.surfacescan.service.access;

import io.surfacescan.service.exchange.Caller;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Tokens that one set of keys was found to have signed, each known by its SHA-256 alone: checking
/// a signature takes longer than most answers, and clients send the same token with every request.
/// Thread-safe.
///
/// Only what was signed gets here, so that nobody else can fill it. When it is full it is emptied,
/// and every token is checked once more.
final class CheckedTokens {
  static final int MOST = 10_000;

  private record Checked(Caller holder, long endMillis) {}

  private final Map<ByteBuffer, Checked> tokens = new ConcurrentHashMap<>();

  /// Whose token it is, or null if it was not checked or has ended since.
  @Nullable Caller holder(byte[] hash, long nowMillis) {
    var checked = tokens.get(ByteBuffer.wrap(hash));
    return checked == null || nowMillis >= checked.endMillis ? null : checked.holder;
  }

  /// Keeps what was found.
  ///
  /// @param hash not to be changed any more
  /// @param endMillis from when on it is not taken any more
  void keep(byte[] hash, Caller holder, long endMillis) {
    if (tokens.size() >= MOST) {
      tokens.clear();
    }
    tokens.put(ByteBuffer.wrap(hash), new Checked(holder, endMillis));
  }

  /// How many there are, for tests.
  int count() {
    return tokens.size();
  }
}
