package io.surfacescan.service.exchange;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Names for requests, by which logs and answers of several services can be put together.
final class RequestIds {
  private static final int LONGEST = 128;
  private static final AtomicLong NEXT = new AtomicLong(new SecureRandom().nextLong());

  private RequestIds() {}

  /// The client's own name for the request if it is a plain word of at most 128 characters, which
  /// neither logs nor headers can be confused with; else a new one.
  static String of(@Nullable String sent) {
    if (sent != null && !sent.isEmpty() && sent.length() <= LONGEST) {
      if (sent.chars().allMatch(RequestIds::isPlain)) {
        return sent;
      }
    }
    return HexFormat.of().toHexDigits(NEXT.getAndIncrement());
  }

  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-_.:/+=@".indexOf(c) >= 0;
  }
}
