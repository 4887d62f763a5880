package io.surfacescan.model;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/// Bytes of UTF-8 text as hash keys.
final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  /// Differs from process to process, so that no input can be made of texts that all collide.
  /// Hashes never decide an order, so answers do not differ.
  static final long SEED = new SplittableRandom().nextLong();

  private Utf8() {}

  /// Whether the text has no UTF-8 form.
  static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 == text.length()
            || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  /// Encodes text that has no lone surrogate.
  ///
  /// @throws IllegalArgumentException if it has one: such text has no UTF-8 form, and replacing it
  ///   would merge ids
  static byte[] encode(String text) {
    try {
      var bytes =
          StandardCharsets.UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(text));
      var exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("text with a lone surrogate", e);
    }
  }

  /// A well-mixed hash, eight bytes at a time. Another in every process.
  static int hash(byte[] bytes, int from, int length) {
    return hash(SEED, bytes, from, length);
  }

  /// The hash of a process with this seed.
  static int hash(long seed, byte[] bytes, int from, int length) {
    long hash = seed ^ (length * MULTIPLIER);
    int at = from;
    int left = length;
    for (; left >= Long.BYTES; left -= Long.BYTES, at += Long.BYTES) {
      hash = mix(hash ^ (long) LONGS.get(bytes, at));
    }
    long tail = 0;
    for (int i = 0; i < left; i++) {
      tail |= (bytes[at + i] & 0xFFL) << (8 * i);
    }
    hash = mix(hash ^ tail);
    return (int) (hash ^ (hash >>> 32));
  }

  private static long mix(long word) {
    long product = word * MULTIPLIER;
    return (product ^ (product >>> 29)) * 0xBF58476D1CE4E5B9L;
  }
}
