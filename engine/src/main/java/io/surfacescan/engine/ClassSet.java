package io.surfacescan.engine;

import java.util.Arrays;

/// A set of classes between a first and a last one, a bit for each, in chunks of 8,192 that are
/// there only if they have any. Chunks of all sets stand at the same places, so that sets are
/// united by loops over whole words. Not thread-safe.
final class ClassSet {
  private static final int CHUNK_SHIFT = 13;
  static final int CHUNK_WORDS = 1 << (CHUNK_SHIFT - 6);
  private static final long[] NO_CHUNK = {};

  private final int firstChunk;
  private final long[][] chunks;

  /// An empty set.
  ClassSet(int firstClass, int lastClass) {
    firstChunk = firstClass >>> CHUNK_SHIFT;
    chunks = new long[(lastClass >>> CHUNK_SHIFT) - firstChunk + 1][];
    Arrays.fill(chunks, NO_CHUNK);
  }

  void add(int vmClass) {
    int place = (vmClass >>> CHUNK_SHIFT) - firstChunk;
    if (chunks[place].length == 0) {
      chunks[place] = new long[CHUNK_WORDS];
    }
    chunks[place][wordOf(vmClass)] |= 1L << vmClass;
  }

  /// @param others all between the first and the last class of this set
  void addAll(ClassSet others) {
    for (int i = 0; i < others.chunks.length; i++) {
      long[] added = others.chunks[i];
      if (added.length == 0) {
        continue;
      }
      int place = i + others.firstChunk - firstChunk;
      if (chunks[place].length == 0) {
        chunks[place] = added.clone();
      } else {
        unite(chunks[place], added);
      }
    }
  }

  private static void unite(long[] chunk, long[] added) {
    for (int word = 0; word < chunk.length; word++) {
      chunk[word] |= added[word];
    }
  }

  boolean contains(int vmClass) {
    int place = (vmClass >>> CHUNK_SHIFT) - firstChunk;
    return place >= 0
        && place < chunks.length
        && chunks[place].length > 0
        && (chunks[place][wordOf(vmClass)] & 1L << vmClass) != 0;
  }

  private static int wordOf(int vmClass) {
    return (vmClass >>> 6) % CHUNK_WORDS;
  }

  /// Takes out all classes near those between two.
  void clear(int firstClass, int lastClass) {
    int end = (lastClass >>> CHUNK_SHIFT) - firstChunk + 1;
    for (int place = (firstClass >>> CHUNK_SHIFT) - firstChunk; place < end; place++) {
      Arrays.fill(chunks[place], 0);
    }
  }

  /// The memory of so many chunks.
  int chunkCount() {
    int count = 0;
    for (long[] chunk : chunks) {
      count += chunk.length == 0 ? 0 : 1;
    }
    return count;
  }

  /// The VMs of the classes near those between two.
  int weigh(ClassWeights weights, int firstClass, int lastClass) {
    int vms = 0;
    for (int chunk = firstClass >>> CHUNK_SHIFT; chunk <= lastClass >>> CHUNK_SHIFT; chunk++) {
      long[] bits = chunks[chunk - firstChunk];
      vms += bits.length == 0 ? 0 : weights.of(bits, chunk);
    }
    return vms;
  }
}
