package io.surfacescan.service.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.surfacescan.report.format.ByteBody;
import io.surfacescan.report.format.ByteChunks;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyBuffersTest {
  private static final ByteBufAllocator MEMORY = new UnpooledByteBufAllocator(true);

  /// A body in direct chunks of these sizes, with its bytes.
  private record Chunked(byte[] bytes, List<ByteBuffer> parts) implements ByteBody {
    static Chunked of(long seed, int... sizes) {
      var random = new Random(seed);
      var chunks = new ArrayList<ByteBuffer>();
      var all = Buffer.buffer();
      for (int size : sizes) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        all.appendBytes(bytes);
        chunks.add(ByteBuffer.allocateDirect(size).put(bytes).flip().asReadOnlyBuffer());
      }
      return new Chunked(all.getBytes(), chunks);
    }

    @Override
    public OptionalLong length() {
      return OptionalLong.of(bytes.length);
    }

    @Override
    public ByteChunks chunks() {
      var walk = parts.iterator();
      return new ByteChunks() {
        @Override
        public boolean advance() {
          if (!walk.hasNext()) {
            return false;
          }
          var part = walk.next();
          chunk(part, 0, part.capacity(), true);
          return true;
        }
      };
    }
  }

  private static List<ByteBuf> pieces(BodyBuffers writes) {
    var pieces = new ArrayList<ByteBuf>();
    while (writes.hasNext()) {
      var piece = writes.next();
      assertThat(piece.readableBytes()).isBetween(1, BodyBuffers.WHOLE_BYTES);
      pieces.add(piece);
    }
    return pieces;
  }

  /// Their bytes; the pieces are released.
  private static byte[] joined(List<ByteBuf> pieces) {
    var all = Unpooled.wrappedBuffer(pieces.toArray(ByteBuf[]::new));
    byte[] bytes = new byte[all.readableBytes()];
    all.readBytes(bytes).release();
    return bytes;
  }

  @Test
  void next_keepsEveryByteInOrder_whateverTheChunks() {
    var random = new Random(7);
    for (int trial = 0; trial < 200; trial++) {
      int[] sizes = random.ints(random.nextInt(12), 1, 1 << random.nextInt(1, 19)).toArray();
      var body = Chunked.of(trial, sizes);
      try (var writes = BodyBuffers.of(body, MEMORY)) {
        assertThat(joined(pieces(writes))).as("sizes %s", (Object) sizes).isEqualTo(body.bytes());
      }
    }
  }

  @Test
  void next_gathersShortChunks() {
    int[] sizes = new int[15_000];
    Arrays.fill(sizes, 20);
    try (var writes = BodyBuffers.of(Chunked.of(1, sizes), MEMORY)) {
      var pieces = pieces(writes);
      assertThat(pieces).hasSize(300_000 / BodyBuffers.PIECE_BYTES + 1);
      pieces.forEach(ByteBuf::release);
    }
  }

  @Test
  void next_doesNotCopyLongChunks() {
    var body = Chunked.of(1, 1, 1_000_000, 1);
    try (var writes = BodyBuffers.of(body, MEMORY)) {
      var pieces = pieces(writes);
      long shared =
          pieces.stream().filter(ByteBuf::isReadOnly).mapToLong(ByteBuf::readableBytes).sum();
      assertThat(shared).isGreaterThan(900_000);
      pieces.forEach(ByteBuf::release);
    }
  }

  @Test
  void next_putsAShortBodyIntoOnePiece_whateverItsChunks() {
    var body = Chunked.of(1, 10, BodyBuffers.WHOLE_BYTES - 20, 10);
    try (var writes = BodyBuffers.of(body, MEMORY)) {
      var pieces = pieces(writes);
      assertThat(pieces).hasSize(1);
      assertThat(joined(pieces)).isEqualTo(body.bytes());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 32_768 - 18, 32_768, 65_536, 3_000_000})
  void compressed_isOneGzipStreamOfTheSameBytes(int size) throws IOException {
    var body = Chunked.of(3, size / 3, size - size / 3);
    List<ByteBuf> pieces;
    try (var writes = BodyBuffers.compressed(body, MEMORY)) {
      pieces = pieces(writes);
    }
    try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(joined(pieces)))) {
      assertThat(unzipped.readAllBytes()).isEqualTo(body.bytes());
    }
  }
}
