package io.surfacescan.service.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.surfacescan.service.exchange.Caller;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Tokens that one set of keys was found to have signed, each known by its SHA-256 alone: checking
/// a signature takes longer than most answers, and clients send the same token with every request.
/// Thread-safe.
///
/// Only what was signed gets here, so that others cannot fill it. When it is full, tokens that are
/// used least go, and are checked once more.
final class CheckedTokens {
  static final int MOST = 10_000;

  private record Checked(Caller holder, long endMillis) {}

  private final Cache<ByteBuffer, Checked> tokens =
      Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

  /// Whose token it is, or null if it was not checked or has ended since.
  @Nullable Caller holder(byte[] hash, long nowMillis) {
    var checked = tokens.getIfPresent(ByteBuffer.wrap(hash));
    return checked == null || nowMillis >= checked.endMillis ? null : checked.holder;
  }

  /// Keeps what was found.
  ///
  /// @param hash not to be changed any more
  /// @param endMillis from when on it is not taken any more
  void keep(byte[] hash, Caller holder, long endMillis) {
    tokens.put(ByteBuffer.wrap(hash), new Checked(holder, endMillis));
  }

  /// How many there are, for tests.
  long count() {
    return tokens.estimatedSize();
  }
}
