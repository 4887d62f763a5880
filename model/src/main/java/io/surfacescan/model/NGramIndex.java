package io.surfacescan.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Finds things by a part of one of their texts, such as VMs by a part of their id or name, without
/// regard to the case of letters. Immutable.
///
/// An index of n-grams (Zobel, Moffat and Sacks-Davis 1993; Cox 2012 for trigrams): per three bytes
/// that follow each other in any text, the blocks of [#BLOCK_THINGS] things that have them. What
/// holds a part lies in the blocks that have all of the part's trigrams; only these are read. A
/// byte that no UTF-8 has stands before and behind each text, so that a text that *starts* with the
/// part, or *is* it, is found by the trigrams of the longer part. Parts of one or two bytes are
/// looked up as all trigrams that start with them.
///
/// Cost to build: two passes over the texts. Takes 5 to 25 bytes a thing with an id and a name.
/// Cost to search: the trigrams' lists, and the texts of the blocks left, of which it reads at most
/// [#BYTES_MOST] bytes.
public final class NGramIndex {
  static final int BLOCK_THINGS = 64;

  /// More blocks than this are not kept: they get larger instead.
  private static final int BLOCKS_MOST = 1 << 18;

  /// The most text that one search reads.
  private static final int BYTES_MOST = 4 << 20;

  /// A search that has enough reads no more text than this for closer matches.
  private static final int BYTES_ENOUGH = 1 << 19;

  /// The most trigrams of a part that are looked up.
  private static final int TRIGRAMS_MOST = 64;

  /// Before and behind a text.
  private static final byte EDGE = (byte) 0xFF;

  /// How a text holds a part, the closest first.
  public enum Closeness {
    /// It is the part.
    EXACT,
    /// It starts with it.
    PREFIX,
    /// A word in it starts with it: what follows something else than a letter or digit.
    WORD,
    /// It holds it anywhere else.
    INSIDE
  }

  /// One thing found.
  ///
  /// @param index the place of its texts in their columns
  public record Match(int index, Closeness closeness) {}

  private final List<Texts> columns;
  private final int count;
  private final int blockThings;
  private final int blockCount;

  /// All trigrams, ascending.
  private final int[] trigrams;

  /// Per trigram, where its list of blocks starts in the pool; one more for the end of the last.
  private final int[] starts;

  /// Per trigram, the distances from each of its blocks to the next, the first from block -1, seven
  /// bits a byte.
  private final byte[] pool;

  private NGramIndex(List<Texts> columns, int blockThings, Building building) {
    this.columns = columns;
    this.count = columns.getFirst().size();
    this.blockThings = blockThings;
    this.blockCount = building.blockCount;
    this.trigrams = building.trigrams;
    this.starts = building.starts;
    this.pool = building.pool;
  }

  /// Indexes things with a text in each of some columns; an empty text is none.
  ///
  /// @param columns at least one, all of one size
  public static NGramIndex of(Texts... columns) {
    var all = List.of(columns);
    int count = all.getFirst().size();
    int blockThings = BLOCK_THINGS;
    while (count / blockThings >= BLOCKS_MOST) {
      blockThings *= 2;
    }
    return new NGramIndex(all, blockThings, new Building(all, count, blockThings));
  }

  /// The closest things that hold a part, those equally close in the order of their columns.
  ///
  /// Things whose id or name is the part, or starts with it, come before others whatever their
  /// number. So much text may hold a part inside that not all of it is read.
  ///
  /// @param part everything starts with the empty one
  /// @param most how many to find at most
  /// @param wanted passes over those that it is false for
  public List<Match> search(String part, int most, IntPredicate wanted) {
    if (most == 0 || Utf8.hasLoneSurrogate(part)) {
      return List.of();
    }
    return new Search(folded(part), most, wanted).run();
  }

  /// The text with the case of its letters taken away, as UTF-8.
  private static byte[] folded(String text) {
    var folded = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
        .forEach(folded::appendCodePoint);
    return folded.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// Folded texts one at a time, with an edge on each side.
  private static final class Fold {
    byte[] bytes = new byte[256];

    /// Where the edge behind the text stands.
    int end;

    /// Takes a text.
    void take(Texts texts, int index) {
      byte[] segment = texts.segment(index);
      int start = texts.start(index);
      int length = texts.end(index) - start;
      makeRoom(length);
      int mixed = 0;
      for (int i = 0; i < length; i++) {
        byte b = segment[start + i];
        mixed |= b;
        bytes[1 + i] = b >= 'A' && b <= 'Z' ? (byte) (b + ('a' - 'A')) : b;
      }
      if (mixed < 0) {
        byte[] other = folded(texts.get(index));
        length = other.length;
        makeRoom(length);
        System.arraycopy(other, 0, bytes, 1, length);
      }
      bytes[0] = EDGE;
      end = 1 + length;
      bytes[end] = EDGE;
      bytes[end + 1] = EDGE;
    }

    private void makeRoom(int length) {
      if (length + 3 > bytes.length) {
        bytes = new byte[Math.max(length + 3, 2 * bytes.length)];
      }
    }

    int trigram(int at) {
      return NGramIndex.trigram(bytes, at);
    }
  }

  private static int trigram(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 16 | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF);
  }

  /// The lists, in two passes over the texts: the first finds their sizes, the second writes them.
  private static final class Building {
    private static final int FREE = -1;

    private final List<Texts> columns;
    private final int count;
    private final int blockThings;
    final int blockCount;
    int[] trigrams = {};
    int[] starts = {};
    byte[] pool = {};

    /// Trigrams by hash, open addressing: the number of each in the order met.
    private int[] slots = new int[1 << 12];

    private int[] met = new int[1 << 10];
    private int metCount;

    /// By number, the block that the trigram was last seen in.
    private int[] last = new int[1 << 10];

    /// By number, the bytes of its list in the first pass, then where to write on.
    private int[] place = new int[1 << 10];

    Building(List<Texts> columns, int count, int blockThings) {
      this.columns = columns;
      this.count = count;
      this.blockThings = blockThings;
      this.blockCount = (count + blockThings - 1) / blockThings;
      Arrays.fill(slots, FREE);
      pass(false);
      layOut();
      Arrays.fill(last, 0, metCount, -1);
      pass(true);
    }

    private void pass(boolean isWriting) {
      var text = new Fold();
      for (int thing = 0; thing < count; thing++) {
        int block = thing / blockThings;
        for (var column : columns) {
          if (column.start(thing) < column.end(thing)) {
            text.take(column, thing);
            for (int at = 0; at < text.end; at++) {
              see(number(text.trigram(at)), block, isWriting);
            }
          }
        }
      }
    }

    private void see(int number, int block, boolean isWriting) {
      int distance = block - last[number];
      if (distance == 0) {
        return;
      }
      last[number] = block;
      if (!isWriting) {
        place[number] =
            Math.addExact(place[number], distance < 0x80 ? 1 : distance < 0x4000 ? 2 : 3);
        return;
      }
      int at = place[number];
      for (; distance >= 0x80; distance >>>= 7) {
        pool[at++] = (byte) (distance | 0x80);
      }
      pool[at++] = (byte) distance;
      place[number] = at;
    }

    private int number(int trigram) {
      int mask = slots.length - 1;
      int slot = hash(trigram) & mask;
      for (; slots[slot] != FREE; slot = (slot + 1) & mask) {
        if (met[slots[slot]] == trigram) {
          return slots[slot];
        }
      }
      met = Growth.room(met, metCount + 1);
      last = Growth.room(last, metCount + 1);
      place = Growth.room(place, metCount + 1);
      met[metCount] = trigram;
      last[metCount] = -1;
      slots[slot] = metCount;
      if (metCount > slots.length / 2) {
        widen();
      }
      return metCount++;
    }

    private static int hash(int trigram) {
      int mixed = trigram * 0x9E3779B1;
      return mixed ^ mixed >>> 15;
    }

    private void widen() {
      slots = new int[2 * slots.length];
      Arrays.fill(slots, FREE);
      int mask = slots.length - 1;
      for (int number = 0; number <= metCount; number++) {
        int slot = hash(met[number]) & mask;
        while (slots[slot] != FREE) {
          slot = (slot + 1) & mask;
        }
        slots[slot] = number;
      }
    }

    private void layOut() {
      long[] order =
          IntStream.range(0, metCount)
              .mapToLong(number -> (long) met[number] << 32 | number)
              .toArray();
      Arrays.sort(order);
      trigrams = new int[metCount];
      starts = new int[metCount + 1];
      for (int i = 0; i < metCount; i++) {
        int number = (int) order[i];
        trigrams[i] = met[number];
        starts[i + 1] = Math.addExact(starts[i], place[number]);
        place[number] = starts[i];
      }
      pool = new byte[starts[metCount]];
    }
  }

  /// One search: first for what is the part, then for what starts with it, then for what holds it.
  private final class Search {
    private final byte[] part;
    private final int most;
    private final IntPredicate wanted;
    private final Fold text = new Fold();
    private final BitSet known = new BitSet();
    private final List<Match> found = new ArrayList<>();
    private final List<Match> inside = new ArrayList<>();
    private long bytesRead;

    Search(byte[] part, int most, IntPredicate wanted) {
      this.part = part;
      this.most = most;
      this.wanted = wanted;
    }

    List<Match> run() {
      if (part.length > 0) {
        collect(between(true, true), Closeness.EXACT);
      }
      collect(between(true, false), Closeness.PREFIX);
      if (found.size() < most && part.length > 0) {
        collect(part, Closeness.INSIDE);
        found.addAll(inside.subList(0, Math.min(inside.size(), most - found.size())));
      }
      return Collections.unmodifiableList(found);
    }

    private byte[] between(boolean edgeBefore, boolean edgeBehind) {
      int before = edgeBefore ? 1 : 0;
      byte[] bytes = new byte[before + part.length + (edgeBehind ? 1 : 0)];
      Arrays.fill(bytes, EDGE);
      System.arraycopy(part, 0, bytes, before, part.length);
      return bytes;
    }

    private void collect(byte[] sought, Closeness closeness) {
      var blocks = blocks(sought);
      for (int block = blocks.nextSetBit(0);
          block >= 0 && isToGoOn(closeness);
          block = blocks.nextSetBit(block + 1)) {
        int end = (int) Math.min(count, (block + 1L) * blockThings);
        for (int thing = block * blockThings; thing < end && found.size() < most; thing++) {
          if (!known.get(thing)) {
            look(thing, sought, closeness);
          }
        }
      }
    }

    private boolean isToGoOn(Closeness closeness) {
      boolean isEnough = closeness == Closeness.INSIDE && found.size() + inside.size() >= most;
      return found.size() < most && bytesRead < (isEnough ? BYTES_ENOUGH : BYTES_MOST);
    }

    private void look(int thing, byte[] sought, Closeness closeness) {
      boolean isInside = false;
      for (var column : columns) {
        if (column.start(thing) == column.end(thing)) {
          continue;
        }
        text.take(column, thing);
        bytesRead += text.end;
        int at = indexOf(sought, 0);
        if (at < 0) {
          continue;
        }
        if (closeness != Closeness.INSIDE) {
          add(thing, closeness);
          return;
        }
        for (; at >= 0; at = indexOf(sought, at + 1)) {
          if (!isOfWord(text.bytes[at - 1])) {
            add(thing, Closeness.WORD);
            return;
          }
        }
        isInside = true;
      }
      if (isInside && inside.size() < most && wanted.test(thing)) {
        inside.add(new Match(thing, Closeness.INSIDE));
      }
    }

    private void add(int thing, Closeness closeness) {
      known.set(thing);
      if (wanted.test(thing)) {
        found.add(new Match(thing, closeness));
      }
    }

    /// Letters beyond ASCII count as parts of words, whatever they are.
    private static boolean isOfWord(byte b) {
      return (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || (b < 0 && b != EDGE);
    }

    private int indexOf(byte[] sought, int from) {
      byte[] bytes = text.bytes;
      int last = text.end + 1 - sought.length;
      for (int at = from; at <= last; at++) {
        int same = 0;
        while (same < sought.length && bytes[at + same] == sought[same]) {
          same++;
        }
        if (same == sought.length) {
          return at;
        }
      }
      return -1;
    }

    /// The blocks that have all trigrams of the bytes.
    private BitSet blocks(byte[] sought) {
      var blocks = new BitSet(blockCount);
      if (sought.length < 3) {
        int shift = 8 * (3 - sought.length);
        int first = 0;
        for (byte b : sought) {
          first = first << 8 | (b & 0xFF);
        }
        for (int i = lowest(first << shift); i < lowest((first + 1) << shift); i++) {
          addBlocks(i, blocks);
        }
        return blocks;
      }
      int[] lists =
          IntStream.rangeClosed(0, Math.min(sought.length - 3, TRIGRAMS_MOST))
              .map(at -> Arrays.binarySearch(trigrams, trigram(sought, at)))
              .sorted()
              .distinct()
              .toArray();
      if (lists[0] < 0) {
        return blocks;
      }
      addBlocks(lists[0], blocks);
      for (int i = 1; i < lists.length && !blocks.isEmpty(); i++) {
        var others = new BitSet(blockCount);
        addBlocks(lists[i], others);
        blocks.and(others);
      }
      return blocks;
    }

    /// The place of the first trigram from one on.
    private int lowest(int trigram) {
      int place = Arrays.binarySearch(trigrams, trigram);
      return place < 0 ? -1 - place : place;
    }

    private void addBlocks(int list, BitSet blocks) {
      int block = -1;
      int at = starts[list];
      while (at < starts[list + 1]) {
        int distance = 0;
        int shift = 0;
        for (; pool[at] < 0; shift += 7) {
          distance |= (pool[at++] & 0x7F) << shift;
        }
        block += distance | pool[at++] << shift;
        blocks.set(block);
      }
    }
  }
}
