package io.surfacescan.model;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;

/// Distinct texts and the way back from a text to its index: open addressing with linear probing.
public final class TextIndex {
  private static final int FREE = -1;
  private static final int SEED_INTS = 2;

  private final Later<Texts> texts;

  /// Per slot, an index, or [#FREE]. Behind the slots stand the two halves of the seed of their
  /// hashes: the one means nothing without the other.
  private final Later<int[]> slots;

  private TextIndex(Texts texts, int[] slots) {
    this(Later.known(texts), Later.known(slots));
  }

  private TextIndex(Later<Texts> texts, Later<int[]> slots) {
    this.texts = texts;
    this.slots = slots;
  }

  /// Hands texts and slots over, under names that start with this one.
  void write(ColumnSink sink, String name) {
    texts().write(sink, name);
    sink.ints(name + ".slots", slots.get());
  }

  /// What [#write] handed over; texts and slots are fetched when they are first needed.
  static TextIndex read(ColumnSource source, String name) {
    return new TextIndex(
        Later.of(() -> Texts.read(source, name)), Later.of(() -> source.ints(name + ".slots")));
  }

  public Texts texts() {
    return texts.get();
  }

  public int size() {
    return texts().size();
  }

  public String get(int index) {
    return texts().get(index);
  }

  /// The index of the text, if it is here. Text with a lone surrogate never is.
  public OptionalInt find(String text) {
    if (Utf8.hasLoneSurrogate(text)) {
      return OptionalInt.empty();
    }
    byte[] bytes = Utf8.encode(text);
    int index = find(bytes, 0, bytes.length);
    return index == FREE ? OptionalInt.empty() : OptionalInt.of(index);
  }

  private int find(byte[] utf8, int from, int length) {
    var known = texts();
    int[] table = slots.get();
    int count = table.length - SEED_INTS;
    int mask = count - 1;
    long seed = (long) table[count] << 32 | (table[count + 1] & 0xFFFF_FFFFL);
    int first = Utf8.hash(seed, utf8, from, length) & mask;
    for (int slot = first; ; slot = (slot + 1) & mask) {
      int index = table[slot];
      if (index == FREE || known.equals(index, utf8, from, length)) {
        return index;
      }
    }
  }

  /// The index of each text among others, or -1. Where both have the same order, as two versions of
  /// one input mostly do, a text costs one comparison.
  int[] among(TextIndex others) {
    var own = texts();
    var theirs = others.texts();
    int[] indexes = new int[own.size()];
    int next = 0;
    for (int index = 0; index < indexes.length; index++) {
      byte[] utf8 = own.segment(index);
      int from = own.start(index);
      int length = own.end(index) - from;
      boolean isNext = next < theirs.size() && theirs.equals(next, utf8, from, length);
      indexes[index] = isNext ? next : others.find(utf8, from, length);
      next = indexes[index] == FREE ? next : indexes[index] + 1;
    }
    return indexes;
  }

  /// This index with more texts behind its own.
  ///
  /// @param more distinct, not here yet, and without lone surrogates
  TextIndex with(List<String> more) {
    if (more.isEmpty()) {
      return this;
    }
    var all = new Texts.Builder();
    all.addAll(texts(), new BitSet());
    for (String text : more) {
      byte[] bytes = Utf8.encode(text);
      all.add(bytes, 0, bytes.length);
    }
    var built = all.build();
    return new TextIndex(built, slots(built));
  }

  /// So many free slots, with the seed of this process behind them.
  private static int[] free(int count) {
    int[] slots = new int[count + SEED_INTS];
    Arrays.fill(slots, 0, count, FREE);
    slots[count] = (int) (Utf8.SEED >>> 32);
    slots[count + 1] = (int) Utf8.SEED;
    return slots;
  }

  private static int[] slots(Texts texts) {
    int count = Math.max(64, 4 * Integer.highestOneBit(texts.size()));
    int[] slots = free(count);
    int mask = count - 1;
    for (int index = 0; index < texts.size(); index++) {
      int slot = texts.hash(index) & mask;
      while (slots[slot] != FREE) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = index;
    }
    return slots;
  }

  /// Takes two numbers.
  @FunctionalInterface
  interface IntBinaryConsumer {
    void accept(int left, int right);
  }

  /// Numbers distinct texts in the order in which they first come.
  static final class Builder {
    private static final long[] NO_SLOTS = {};

    private final Texts.Builder texts = new Texts.Builder();

    /// Each slot holds the hash of a text in its upper half and its index plus one in the lower, or
    /// 0. With the hash at hand, other texts need not be fetched to be told apart or moved: at a
    /// million texts every fetch is a miss in the caches.
    private long[] slots = new long[64];

    int size() {
      return texts.size();
    }

    String get(int index) {
      return texts.get(index);
    }

    /// The new index of a text not seen before, or the complement (`~index`, negative) of the index
    /// it has.
    int add(byte[] bytes, int from, int length) {
      int mask = slots.length - 1;
      int hash = Utf8.hash(bytes, from, length);
      int slot = hash & mask;
      for (; slots[slot] != 0; slot = (slot + 1) & mask) {
        if (hashIn(slots[slot]) == hash
            && texts.equals(indexIn(slots[slot]), bytes, from, length)) {
          return ~indexIn(slots[slot]);
        }
      }
      int index = texts.add(bytes, from, length);
      slots[slot] = entry(hash, index);
      widenTo(size());
      return index;
    }

    /// The index of the text, added if it is new.
    int intern(byte[] bytes, int from, int length) {
      int index = add(bytes, from, length);
      return index < 0 ? ~index : index;
    }

    /// Adds the texts of another builder, which is ended, but for those that are here already.
    ///
    /// Inserting in a loop of its own, with the hashes known and the table wide enough, costs a
    /// fraction of [#add], whose every step waits for memory; and the bytes are copied in bulk.
    ///
    /// @param duplicates hears of each text left out, by its index there and the one here
    /// @return the indexes there of the texts left out
    BitSet addAll(Builder others, IntBinaryConsumer duplicates) {
      Texts added = others.texts.build();
      int[] hashes = others.hashes();
      others.slots = NO_SLOTS;
      int first = size();
      widenTo(Math.addExact(first, hashes.length));
      var leftOut = new BitSet();
      int next = first;
      for (int i = 0; i < hashes.length; i++) {
        int known = insert(hashes[i], next, first, added, i);
        if (known < 0) {
          next++;
        } else {
          leftOut.set(i);
          duplicates.accept(i, known);
        }
      }
      texts.addAll(added, leftOut);
      return leftOut;
    }

    /// The index below `first` that has the text already, or -1 if it was inserted.
    private int insert(int hash, int index, int first, Texts added, int text) {
      int mask = slots.length - 1;
      int slot = hash & mask;
      for (; slots[slot] != 0; slot = (slot + 1) & mask) {
        int other = indexIn(slots[slot]);
        if (hashIn(slots[slot]) == hash && other < first && texts.equals(other, added, text)) {
          return other;
        }
      }
      slots[slot] = entry(hash, index);
      return -1;
    }

    private int[] hashes() {
      int[] hashes = new int[size()];
      for (long entry : slots) {
        if (entry != 0) {
          hashes[indexIn(entry)] = hashIn(entry);
        }
      }
      return hashes;
    }

    /// Ends this builder, of which only the texts are wanted.
    Texts buildTexts() {
      return texts.build();
    }

    /// Ends this builder: it must not be used any more.
    TextIndex build() {
      int[] indexes = free(slots.length);
      for (int slot = 0; slot < slots.length; slot++) {
        indexes[slot] = slots[slot] == 0 ? FREE : indexIn(slots[slot]);
      }
      slots = NO_SLOTS;
      return new TextIndex(texts.build(), indexes);
    }

    /// Makes the table wide enough for so many texts.
    private void widenTo(int size) {
      int length = slots.length;
      while (size > length / 4 * 3) {
        length *= 2;
      }
      if (length > slots.length) {
        widen(new long[length]);
      }
    }

    private void widen(long[] wider) {
      int mask = wider.length - 1;
      for (long entry : slots) {
        if (entry != 0) {
          int slot = hashIn(entry) & mask;
          while (wider[slot] != 0) {
            slot = (slot + 1) & mask;
          }
          wider[slot] = entry;
        }
      }
      slots = wider;
    }

    private static long entry(int hash, int index) {
      return ((long) hash << 32) | (index + 1);
    }

    private static int hashIn(long entry) {
      return (int) (entry >>> 32);
    }

    private static int indexIn(long entry) {
      return (int) entry - 1;
    }
  }
}
