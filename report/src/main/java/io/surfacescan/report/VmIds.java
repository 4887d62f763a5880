package io.surfacescan.report;

import static java.util.Objects.requireNonNull;

import io.surfacescan.engine.Ranks;
import io.surfacescan.report.format.ByteBody;
import io.surfacescan.report.format.ByteChunks;
import io.surfacescan.report.format.Escapes;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.IdArena;
import io.surfacescan.text.TerminalText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;

/// A list of VM ids in the engine's order, such as an attack surface.
///
/// JSON is `["vm-1","vm-2"]`, exactly `[]` without ids; CSV has the header `vm_id`.
public final class VmIds {
  private static final int CHUNK_BYTES = 32 * 1024;

  private VmIds() {}

  /// How each id becomes a line, in the formats that have a line for each.
  ///
  /// @param header what comes before the first
  private record LineForm(byte[] header, Escape escape) {
    LineForm(String header, Escape escape) {
      this(header.getBytes(StandardCharsets.UTF_8), escape);
    }
  }

  @FunctionalInterface
  private interface Escape {
    int write(byte[] text, int from, int to, byte[] out, int start);
  }

  private static final Map<Format, LineForm> LINES =
      Map.of(
          Format.NDJSON, new LineForm("", Escapes::jsonString),
          Format.CSV, new LineForm("vm_id\n", Escapes::csvField),
          Format.TEXT, new LineForm("", TerminalText::plain));

  /// Whether the format has its bytes ready, or makes them line by line.
  public static boolean isReadyAs(Format format) {
    return format == Format.JSON || LINES.containsKey(format);
  }

  /// The ids at these ranks. Costs nothing but small objects until it is walked.
  ///
  /// @param format one of [#isReadyAs]
  public static ByteBody of(IdArena ids, Ranks ranks, Format format) {
    if (format != Format.JSON) {
      return new Lines(ids, ranks, requireNonNull(LINES.get(format), format.word()));
    }
    return ranks.isEmpty() ? ByteBody.of(new byte[] {'[', ']'}) : new JsonArray(ids, ranks);
  }

  /// Slices of the arena between two brackets; the comma of the last id gives way to the closing
  /// bracket.
  private static final class JsonArray implements ByteBody {
    private static final ByteBuffer OPENING = bracket('[');
    private static final ByteBuffer CLOSING = bracket(']');

    private final IdArena ids;
    private final Ranks ranks;
    private final OptionalLong length;

    JsonArray(IdArena ids, Ranks ranks) {
      this.ids = ids;
      this.ranks = ranks;
      long bytes = 1;
      for (int interval = 0; interval < ranks.intervalCount(); interval++) {
        bytes += ids.byteCount(ranks.from(interval), ranks.to(interval));
      }
      this.length = OptionalLong.of(bytes);
    }

    @Override
    public OptionalLong length() {
      return length;
    }

    @Override
    public ByteChunks chunks() {
      return new ByteChunks() {
        private boolean opened;
        private boolean closed;
        private int interval;
        private int rank = ranks.first();
        private int segment = ids.segmentOf(rank);

        @Override
        public boolean advance() {
          if (!opened) {
            opened = true;
            chunk(OPENING, 0, 1, true);
          } else if (interval < ranks.intervalCount()) {
            slice();
          } else if (!closed) {
            closed = true;
            chunk(CLOSING, 0, 1, true);
          } else {
            return false;
          }
          return true;
        }

        private void slice() {
          while (rank >= ids.segmentEnd(segment)) {
            segment++;
          }
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
          chunk(ids.memory(segment), start, last ? end - 1 : end, true);
        }
      };
    }

    private static ByteBuffer bracket(char bracket) {
      return ByteBuffer.wrap(new byte[] {(byte) bracket}).asReadOnlyBuffer();
    }
  }

  /// One id per line, made while it is walked.
  private record Lines(IdArena ids, Ranks ranks, LineForm form) implements ByteBody {
    @Override
    public OptionalLong length() {
      return OptionalLong.empty();
    }

    @Override
    public ByteChunks chunks() {
      return new ByteChunks() {
        private boolean started;
        private int interval;
        private int rank = ranks.isEmpty() ? 0 : ranks.first();
        private byte[] room = new byte[CHUNK_BYTES];

        @Override
        public boolean advance() {
          int used = 0;
          if (!started) {
            started = true;
            used = form.header.length;
            System.arraycopy(form.header, 0, room, 0, used);
          }
          while (interval < ranks.intervalCount()) {
            int most = mostBytes(rank);
            if (used + most > room.length) {
              if (used > 0) {
                break;
              }
              room = new byte[most];
            }
            used = line(rank, room, used);
            rank++;
            if (rank == ranks.to(interval)) {
              interval++;
              rank = interval < ranks.intervalCount() ? ranks.from(interval) : rank;
            }
          }
          if (used == 0) {
            return false;
          }
          chunk(ByteBuffer.wrap(room), 0, used, false);
          return true;
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
      int at = form.escape.write(texts.segment(vm), texts.start(vm), texts.end(vm), chunk, start);
      chunk[at++] = '\n';
      return at;
    }
  }
}
