package io.surfacescan.races;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// A fingerprint of a set of VMs: SHA-256 over their sorted numbers, little-endian, in hex digits.
final class Digest {
  private Digest() {}

  static String of(int[] vms) {
    int[] sorted = vms.clone();
    Arrays.sort(sorted);
    var bytes = ByteBuffer.allocate(Integer.BYTES * sorted.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(sorted);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
