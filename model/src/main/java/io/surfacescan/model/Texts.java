package io.surfacescan.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// An immutable column of texts, kept as UTF-8 back to back: four bytes per text besides its own
/// bytes.
///
/// The bytes stand in segments of at most [#SEGMENT_BYTES] (one long text may exceed it alone), so
/// a column may outgrow two GiB; no text crosses a segment. Reading one text costs a binary search
/// over the few segments.
public final class Texts {
  static final int SEGMENT_BYTES = 1 << 26;

  private final byte[][] segments;

  /// The first text of each segment; the first element is 0.
  private final int[] firstOfSegment;

  /// Per text, where it ends in its segment.
  private final int[] ends;

  private final int size;

  private Texts(byte[][] segments, int[] firstOfSegment, int[] ends, int size) {
    this.segments = segments;
    this.firstOfSegment = firstOfSegment;
    this.ends = ends;
    this.size = size;
  }

  /// Some texts, none of which has a lone surrogate.
  public static Texts of(List<String> texts) {
    var column = new Builder();
    for (String text : texts) {
      byte[] bytes = Utf8.encode(text);
      column.add(bytes, 0, bytes.length);
    }
    return column.build();
  }

  /// Hands the columns over, under names that start with this one.
  void write(ColumnSink sink, String name) {
    sink.ints(name + ".first", firstOfSegment);
    sink.ints(name + ".ends", ends);
    for (int segment = 0; segment < segments.length; segment++) {
      sink.bytes(segmentName(name, segment), segments[segment]);
    }
  }

  /// What [#write] handed over.
  static Texts read(ColumnSource source, String name) {
    int[] firstOfSegment = source.ints(name + ".first");
    int[] ends = source.ints(name + ".ends");
    var segments = new byte[firstOfSegment.length][];
    for (int segment = 0; segment < segments.length; segment++) {
      segments[segment] = source.bytes(segmentName(name, segment));
    }
    return new Texts(segments, firstOfSegment, ends, ends.length);
  }

  private static String segmentName(String name, int segment) {
    return name + ".bytes." + segment;
  }

  public int size() {
    return size;
  }

  public String get(int index) {
    int start = start(index);
    return new String(segment(index), start, ends[index] - start, StandardCharsets.UTF_8);
  }

  /// The array that holds the text's bytes from [#start] to [#end]. Callers must not write to it.
  public byte[] segment(int index) {
    return segments[segmentOf(index)];
  }

  /// Where the text starts in its [#segment].
  public int start(int index) {
    return firstOfSegment[segmentOf(index)] == index ? 0 : ends[index - 1];
  }

  /// Where the text ends in its [#segment], exclusive.
  public int end(int index) {
    return ends[index];
  }

  /// The UTF-8 bytes of all texts together.
  public long byteCount() {
    long bytes = 0;
    for (byte[] segment : segments) {
      bytes += segment.length;
    }
    return bytes;
  }

  /// A well-mixed hash of the text. Another in every process.
  public int hash(int index) {
    return Utf8.hash(segment(index), start(index), end(index) - start(index));
  }

  /// Compares two texts by code point, which is the order of their UTF-8 bytes.
  public int compare(int left, int right) {
    return Arrays.compareUnsigned(
        segment(left), start(left), end(left), segment(right), start(right), end(right));
  }

  boolean equals(int index, byte[] bytes, int from, int length) {
    int start = start(index);
    return ends[index] - start == length
        && Arrays.equals(segment(index), start, ends[index], bytes, from, from + length);
  }

  private int segmentOf(int index) {
    return segmentOf(index, firstOfSegment, segments.length);
  }

  private static int segmentOf(int index, int[] firstOfSegment, int segmentCount) {
    if (segmentCount == 1) {
      return 0;
    }
    int found = Arrays.binarySearch(firstOfSegment, 0, segmentCount, index);
    if (found < 0) {
      return -found - 2;
    }
    return found;
  }

  /// Collects texts in order. Not thread-safe.
  static final class Builder {
    private final int segmentBytes;
    private byte[][] segments = {new byte[64]};
    private int[] firstOfSegment = {0};
    private int segmentCount = 1;
    private int used;
    private int[] ends = new int[16];
    private int size;

    Builder() {
      this(SEGMENT_BYTES);
    }

    Builder(int segmentBytes) {
      this.segmentBytes = segmentBytes;
    }

    int size() {
      return size;
    }

    /// Adds a text and returns its index.
    int add(byte[] bytes, int from, int length) {
      makeRoom(length);
      System.arraycopy(bytes, from, segments[segmentCount - 1], used, length);
      used += length;
      ends = Growth.room(ends, size + 1);
      ends[size] = used;
      return size++;
    }

    /// Adds a text of another column and returns its index here.
    int add(Texts others, int other) {
      int start = others.start(other);
      return add(others.segment(other), start, others.end(other) - start);
    }

    String get(int index) {
      int segment = segmentOf(index, firstOfSegment, segmentCount);
      int start = firstOfSegment[segment] == index ? 0 : ends[index - 1];
      return new String(segments[segment], start, ends[index] - start, StandardCharsets.UTF_8);
    }

    boolean equals(int index, byte[] bytes, int from, int length) {
      int segment = segmentOf(index, firstOfSegment, segmentCount);
      int start = firstOfSegment[segment] == index ? 0 : ends[index - 1];
      return ends[index] - start == length
          && Arrays.equals(segments[segment], start, ends[index], bytes, from, from + length);
    }

    boolean equals(int index, Texts others, int other) {
      int start = others.start(other);
      return equals(index, others.segment(other), start, others.end(other) - start);
    }

    /// Adds the texts of another column but for those left out.
    void addAll(Texts others, BitSet leftOut) {
      if (leftOut.isEmpty()) {
        addAll(others);
        return;
      }
      for (int i = 0; i < others.size; i++) {
        if (!leftOut.get(i)) {
          add(others, i);
        }
      }
    }

    /// Copies whole segments.
    private void addAll(Texts others) {
      ends = Growth.room(ends, Math.addExact(size, others.size));
      for (int segment = 0; segment < others.segments.length; segment++) {
        byte[] bytes = others.segments[segment];
        makeRoom(bytes.length);
        System.arraycopy(bytes, 0, segments[segmentCount - 1], used, bytes.length);
        int end =
            segment + 1 < others.segments.length ? others.firstOfSegment[segment + 1] : others.size;
        for (int i = others.firstOfSegment[segment]; i < end; i++) {
          ends[size++] = used + others.ends[i];
        }
        used += bytes.length;
      }
    }

    /// Ends this builder, which must not be used any more, and trims the column to its size.
    Texts build() {
      var exact = Arrays.copyOf(segments, segmentCount);
      exact[segmentCount - 1] = trimmed(exact[segmentCount - 1], used);
      return new Texts(
          exact, Arrays.copyOf(firstOfSegment, segmentCount), Growth.trimmed(ends, size), size);
    }

    private void makeRoom(int length) {
      byte[] current = segments[segmentCount - 1];
      if (length <= current.length - used) {
        return;
      }
      if (used > 0 && (long) used + length > segmentBytes) {
        startSegment();
        current = segments[segmentCount - 1];
      }
      long wanted = Math.max((long) used + length, Math.min(segmentBytes, current.length * 2L));
      segments[segmentCount - 1] =
          Arrays.copyOf(current, Math.toIntExact(Math.min(wanted, Growth.MAX_ARRAY)));
    }

    private void startSegment() {
      segments[segmentCount - 1] = trimmed(segments[segmentCount - 1], used);
      segments = Arrays.copyOf(segments, segmentCount + 1);
      segments[segmentCount] = new byte[64];
      firstOfSegment = Arrays.copyOf(firstOfSegment, segmentCount + 1);
      firstOfSegment[segmentCount] = size;
      segmentCount++;
      used = 0;
    }

    private static byte[] trimmed(byte[] bytes, int length) {
      return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
    }
  }
}
