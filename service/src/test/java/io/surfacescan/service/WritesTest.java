package io.surfacescan.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.report.Body;
import io.surfacescan.report.Chunks;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WritesTest {
  /// A body in direct chunks of these sizes, with its bytes.
  private record Chunked(byte[] bytes, List<ByteBuffer> parts) implements Body {
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
    public Chunks chunks() {
      var walk = parts.iterator();
      return () -> walk.hasNext() ? walk.next().duplicate() : null;
    }
  }

  private static List<Buffer> pieces(Writes writes) {
    var pieces = new ArrayList<Buffer>();
    for (var piece = writes.next(); piece != null; piece = writes.next()) {
      assertThat(piece.length()).isBetween(1, Writes.PIECE_BYTES);
      pieces.add(piece);
    }
    return pieces;
  }

  private static byte[] joined(List<Buffer> pieces) {
    var all = Buffer.buffer();
    pieces.forEach(all::appendBuffer);
    return all.getBytes();
  }

  @Test
  void next_keepsEveryByteInOrder_whateverTheChunks() {
    var random = new Random(7);
    for (int trial = 0; trial < 200; trial++) {
      int[] sizes = random.ints(random.nextInt(12), 1, 1 << random.nextInt(1, 19)).toArray();
      var body = Chunked.of(trial, sizes);
      try (var writes = Writes.of(body)) {
        assertThat(joined(pieces(writes))).as("sizes %s", (Object) sizes).isEqualTo(body.bytes());
      }
    }
  }

  @Test
  void next_gathersShortChunks() {
    int[] sizes = new int[3000];
    java.util.Arrays.fill(sizes, 20);
    try (var writes = Writes.of(Chunked.of(1, sizes))) {
      assertThat(pieces(writes)).hasSize(2);
    }
  }

  @Test
  void next_doesNotCopyLongChunks() {
    var body = Chunked.of(1, 1, 1_000_000, 1);
    try (var writes = Writes.of(body)) {
      long direct =
          pieces(writes).stream().filter(p -> isDirect(p)).mapToLong(Buffer::length).sum();
      assertThat(direct).isGreaterThan(900_000);
    }
  }

  @SuppressWarnings("deprecation")
  private static boolean isDirect(Buffer piece) {
    return piece.getByteBuf().isDirect();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 32_768 - 18, 32_768, 65_536, 3_000_000})
  void compressed_isOneGzipStreamOfTheSameBytes(int size) throws IOException {
    var body = Chunked.of(3, size / 3, size - size / 3);
    List<Buffer> pieces;
    try (var writes = Writes.compressed(body)) {
      pieces = pieces(writes);
    }
    try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(joined(pieces)))) {
      assertThat(unzipped.readAllBytes()).isEqualTo(body.bytes());
    }
  }
}
