package io.surfacescan.policy.checking;

import io.surfacescan.text.Sha256;
import java.nio.charset.StandardCharsets;

/// What names a finding over runs: made of the policy rule's id and of its cause, and of neither
/// places nor counts.
final class Fingerprint {
  private static final int DIGITS = 32;

  private Fingerprint() {}

  /// @param parts none of which holds the character U+0000
  static String of(String... parts) {
    String joined = String.join("\0", parts);
    return Sha256.hex(joined.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
  }
}
