package io.surfacescan.report;

import io.surfacescan.engine.Ranks;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A list of VM ids in the engine's order, such as an attack surface.
///
/// JSON is `["vm-1","vm-2"]`, exactly `[]` without ids; CSV has the header `vm_id`.
public final class VmIds {
  private static final int CHUNK_BYTES = 32 * 1024;

  private VmIds() {}

  /// The ids at these ranks. Costs nothing but small objects until it is walked.
  public static Body of(IdArena ids, Ranks ranks, Format format) {
    return switch (format) {
      case JSON -> ranks.isEmpty() ? Body.of(new byte[] {'[', ']'}) : new JsonArray(ids, ranks);
      case NDJSON -> new Lines(ids, ranks, NO_HEADER, Escapes::jsonString);
      case CSV -> new Lines(ids, ranks, CSV_HEADER, Escapes::csvField);
      case TEXT -> new Lines(ids, ranks, NO_HEADER, Escapes::plain);
    };
  }

  private static final byte[] NO_HEADER = {};
  private static final byte[] CSV_HEADER = "vm_id\n".getBytes(StandardCharsets.UTF_8);

  /// Slices of the arena between two brackets; the comma of the last id gives way to the closing
  /// bracket.
  private record JsonArray(IdArena ids, Ranks ranks) implements Body {
    @Override
    public OptionalLong length() {
      long bytes = 1;
      for (int interval = 0; interval < ranks.intervalCount(); interval++) {
        bytes += ids.byteCount(ranks.from(interval), ranks.to(interval));
      }
      return OptionalLong.of(bytes);
    }

    @Override
    public Chunks chunks() {
      return new Chunks() {
        private boolean opened;
        private boolean closed;
        private int interval;
        private int rank = ranks.first();

        @Override
        public @Nullable ByteBuffer next() {
          if (!opened) {
            opened = true;
            return bracket('[');
          }
          if (interval < ranks.intervalCount()) {
            return slice();
          }
          if (!closed) {
            closed = true;
            return bracket(']');
          }
          return null;
        }

        private ByteBuffer slice() {
          int segment = ids.segmentOf(rank);
          int to = Math.min(ranks.to(interval), ids.segmentEnd(segment));
          int start = ids.start(segment, rank);
          int end = ids.end(to - 1);
          boolean last = to == ranks.last() + 1;
          if (to == ranks.to(interval)) {
            interval++;
            rank = interval < ranks.intervalCount() ? ranks.from(interval) : to;
          } else {
            rank = to;
          }
          return ids.slice(segment, start, last ? end - 1 : end);
        }
      };
    }

    private static ByteBuffer bracket(char bracket) {
      return ByteBuffer.wrap(new byte[] {(byte) bracket}).asReadOnlyBuffer();
    }
  }

  @FunctionalInterface
  private interface Escape {
    int write(byte[] text, int from, int to, byte[] out, int start);
  }

  /// One id per line, made while it is walked.
  private record Lines(IdArena ids, Ranks ranks, byte[] header, Escape escape) implements Body {
    @Override
    public OptionalLong length() {
      return OptionalLong.empty();
    }

    @Override
    public Chunks chunks() {
      return new Chunks() {
        private boolean started;
        private int interval;
        private int rank = ranks.isEmpty() ? 0 : ranks.first();

        @Override
        public @Nullable ByteBuffer next() {
          byte[] chunk = new byte[CHUNK_BYTES];
          int used = 0;
          if (!started) {
            started = true;
            System.arraycopy(header, 0, chunk, 0, header.length);
            used = header.length;
          }
          while (interval < ranks.intervalCount()) {
            int most = mostBytes(rank);
            if (used + most > chunk.length) {
              if (used > 0) {
                break;
              }
              chunk = new byte[most];
            }
            used = line(rank, chunk, used);
            rank++;
            if (rank == ranks.to(interval)) {
              interval++;
              rank = interval < ranks.intervalCount() ? ranks.from(interval) : rank;
            }
          }
          return used == 0 ? null : ByteBuffer.wrap(chunk, 0, used).slice().asReadOnlyBuffer();
        }
      };
    }

    private int mostBytes(int rank) {
      var texts = ids.graph().environment().vmIds();
      int vm = ids.graph().vmAt(rank);
      return (texts.end(vm) - texts.start(vm)) * Escapes.MAX_GROWTH + 3;
    }

    private int line(int rank, byte[] chunk, int start) {
      var texts = ids.graph().environment().vmIds();
      int vm = ids.graph().vmAt(rank);
      int at = escape.write(texts.segment(vm), texts.start(vm), texts.end(vm), chunk, start);
      chunk[at++] = '\n';
      return at;
    }
  }
}
