package io.surfacescan.importers.document;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Tag lists that were met before, by the very bytes that they were written with: most VMs of a
/// large environment repeat the list of another, letter by letter.
///
/// JSON that starts alike goes on alike, so whoever meets the bytes of a whole list again knows
/// what they mean and where they end.
final class KnownLists {
  static final int UNKNOWN = -1;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /// Who writes an input cannot foresee where a list will be looked for; how far it is looked for
  /// is bounded anyway.
  private static final long SEED = new SplittableRandom().nextLong();

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  /// Longer ones are not kept.
  private static final int BYTES_MAX = 1 << 10;

  /// So many are kept, as far as they find a free place near their own.
  private static final int KEPT_MAX = 1 << 17;

  private static final int PROBES = 16;

  private byte[] @Nullable [] written = new byte[1 << 8][];
  private int[] hashes = new int[1 << 8];
  private int[] lists = new int[1 << 8];
  private int size;

  /// The number of the list written with these bytes, or [#UNKNOWN].
  int find(byte[] bytes, int from, int to) {
    if (to - from > BYTES_MAX) {
      return UNKNOWN;
    }
    int hash = hash(bytes, from, to);
    int mask = lists.length - 1;
    for (int probe = 0; probe < PROBES; probe++) {
      int slot = (hash + probe) & mask;
      byte[] known = written[slot];
      if (known == null) {
        return UNKNOWN;
      }
      if (hashes[slot] == hash && Arrays.equals(known, 0, known.length, bytes, from, to)) {
        return lists[slot];
      }
    }
    return UNKNOWN;
  }

  /// Whether a list of so many bytes would be kept.
  boolean takes(int length) {
    return length <= BYTES_MAX && size < KEPT_MAX;
  }

  /// Keeps a list that is not known yet.
  void add(byte[] bytes, int list) {
    if (!takes(bytes.length)) {
      return;
    }
    if (size > lists.length / 2) {
      widen();
    }
    put(bytes, hash(bytes, 0, bytes.length), list);
  }

  private void put(byte[] bytes, int hash, int list) {
    int mask = lists.length - 1;
    for (int probe = 0; probe < PROBES; probe++) {
      int slot = (hash + probe) & mask;
      if (written[slot] == null) {
        written[slot] = bytes;
        hashes[slot] = hash;
        lists[slot] = list;
        size++;
        return;
      }
    }
  }

  private void widen() {
    var all = written;
    int[] allHashes = hashes;
    int[] allLists = lists;
    written = new byte[2 * all.length][];
    hashes = new int[2 * all.length];
    lists = new int[2 * all.length];
    size = 0;
    for (int slot = 0; slot < all.length; slot++) {
      byte[] bytes = all[slot];
      if (bytes != null) {
        put(bytes, allHashes[slot], allLists[slot]);
      }
    }
  }

  private static int hash(byte[] bytes, int from, int to) {
    // Two hashes side by side, because each step of one waits for the step before.
    long hash = SEED ^ (to - from);
    long other = SEED;
    int at = from;
    for (; at <= to - 2 * Long.BYTES; at += 2 * Long.BYTES) {
      hash = mix(hash ^ (long) LONGS.get(bytes, at));
      other = mix(other ^ (long) LONGS.get(bytes, at + Long.BYTES));
    }
    hash = mix(hash ^ Long.rotateLeft(other, Long.SIZE / 2));
    if (at <= to - Long.BYTES) {
      hash = mix(hash ^ (long) LONGS.get(bytes, at));
      at += Long.BYTES;
    }
    long tail = 0;
    for (; at < to; at++) {
      tail = tail << Byte.SIZE | (bytes[at] & 0xFF);
    }
    return (int) mix(hash ^ tail);
  }

  private static long mix(long word) {
    long product = word * MULTIPLIER;
    return product ^ (product >>> 32);
  }
}
