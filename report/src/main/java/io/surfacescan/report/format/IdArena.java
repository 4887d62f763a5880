package io.surfacescan.report.format;

import io.surfacescan.engine.AttackGraph;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Every VM id once, as a JSON string and a comma (`"vm-1",`), in the engine's order: the JSON of
/// any interval of ranks is one slice, or a few where it passes a segment's end.
///
/// The segments are direct memory, so that a socket takes slices as they are; they go when the
/// arena and the last slice of it go. Offsets are taken on the escaped bytes. An id never crosses a
/// segment, and the offsets into a segment are ints, so that the arena may outgrow two GiB at four
/// bytes per VM.
public final class IdArena {
  public static final int SEGMENT_BYTES = 1 << 26;

  /// Fewer VMs than this are not worth another thread.
  private static final int LEAST_SHARE = 1 << 16;

  private final AttackGraph graph;
  private final List<ByteBuffer> segments;

  /// The first rank of each segment; the first element is 0.
  private final int[] firstOfSegment;

  /// Per rank, where it ends in its segment, its comma included.
  private final int[] ends;

  private IdArena(AttackGraph graph, List<Filling> parts, int[] ends) {
    this.graph = graph;
    this.segments = parts.stream().flatMap(part -> part.segments.stream()).toList();
    this.firstOfSegment = parts.stream().flatMapToInt(Filling::firstOfSegment).toArray();
    this.ends = ends;
  }

  /// Writes all ids, a share of the ranks per processor. Cost: one pass over the ids in the
  /// engine's order.
  public static IdArena of(AttackGraph graph) {
    return of(graph, Runtime.getRuntime().availableProcessors());
  }

  /// As the other, with at most so many threads; one is the caller's.
  public static IdArena of(AttackGraph graph, int threads) {
    int parts = Math.clamp(graph.environment().vmCount() / LEAST_SHARE, 1, threads);
    return of(graph, SEGMENT_BYTES, parts);
  }

  public static IdArena of(AttackGraph graph, int segmentBytes, int parts) {
    long vmCount = graph.environment().vmCount();
    int[] ends = new int[graph.environment().vmCount()];
    var filled =
        IntStream.range(0, parts)
            .parallel()
            .mapToObj(part -> {
              var filling = new Filling(ends, segmentBytes);
              filling.addAll(
                  graph, (int) (vmCount * part / parts), (int) (vmCount * (part + 1) / parts));
              return filling;
            })
            .toList();
    return new IdArena(graph, filled, ends);
  }

  /// The graph whose VMs these are.
  public AttackGraph graph() {
    return graph;
  }

  public int segmentOf(int rank) {
    int found = Arrays.binarySearch(firstOfSegment, rank);
    return found >= 0 ? found : -found - 2;
  }

  /// The rank after the last of the segment.
  public int segmentEnd(int segment) {
    return segment + 1 < firstOfSegment.length ? firstOfSegment[segment + 1] : ends.length;
  }

  /// Where the rank starts in its segment.
  public int start(int segment, int rank) {
    return firstOfSegment[segment] == rank ? 0 : ends[rank - 1];
  }

  /// A segment, read-only; it must be read by absolute places, because everybody reads it.
  public ByteBuffer memory(int segment) {
    return segments.get(segment);
  }

  /// Where the rank ends in its segment, its comma included.
  public int end(int rank) {
    return ends[rank];
  }

  /// The bytes of the interval of ranks, commas included.
  public long byteCount(int fromRank, int toRank) {
    int first = segmentOf(fromRank);
    int last = segmentOf(toRank - 1);
    if (first == last) {
      return (long) end(toRank - 1) - start(first, fromRank);
    }
    long bytes = (long) segments.get(first).capacity() - start(first, fromRank) + end(toRank - 1);
    for (int segment = first + 1; segment < last; segment++) {
      bytes += segments.get(segment).capacity();
    }
    return bytes;
  }

  /// The segments of one share of the ranks.
  private static final class Filling {
    private final List<ByteBuffer> segments = new ArrayList<>();
    private final List<Integer> firstRanks = new ArrayList<>();
    private final int[] ends;
    private final int segmentBytes;

    /// Bytes of the segment not yet closed; it becomes direct memory of its exact size.
    private byte[] open = new byte[1 << 12];

    private int used;

    /// @param ends the ends of all ranks, of which this share's are written here
    Filling(int[] ends, int segmentBytes) {
      this.ends = ends;
      this.segmentBytes = segmentBytes;
    }

    IntStream firstOfSegment() {
      return firstRanks.stream().mapToInt(Integer::intValue);
    }

    void addAll(AttackGraph graph, int fromRank, int toRank) {
      var ids = graph.environment().vmIds();
      byte[] scratch = new byte[256];
      if (fromRank == toRank) {
        return;
      }
      firstRanks.add(fromRank);
      for (int rank = fromRank; rank < toRank; rank++) {
        int vm = graph.vmAt(rank);
        int start = ids.start(vm);
        int end = ids.end(vm);
        int most = (end - start) * Escapes.MAX_GROWTH + 3;
        if (scratch.length < most) {
          scratch = new byte[most];
        }
        int length = Escapes.jsonString(ids.segment(vm), start, end, scratch, 0);
        scratch[length++] = ',';
        add(rank, scratch, length);
      }
      closeSegment();
    }

    private void add(int rank, byte[] bytes, int length) {
      if (used > 0 && (long) used + length > segmentBytes) {
        closeSegment();
        firstRanks.add(rank);
      }
      if (used + length > open.length) {
        open =
            Arrays.copyOf(open, Math.max(used + length, Math.min(segmentBytes, open.length * 2)));
      }
      System.arraycopy(bytes, 0, open, used, length);
      used += length;
      ends[rank] = used;
    }

    private void closeSegment() {
      segments.add(ByteBuffer.allocateDirect(used).put(open, 0, used).flip().asReadOnlyBuffer());
      used = 0;
    }
  }
}
