package io.surfacescan.importers.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.testkit.Seeds;
import io.surfacescan.text.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8StreamTest {
  /// Where the stream ends: at the fault, or at its end.
  private static long end(byte[] bytes, Random random) throws IOException {
    var stream = new Utf8Stream(dribbling(bytes, random), Sha256.digest());
    var passed = new ByteArrayOutputStream();
    byte[] chunk = new byte[64];
    try {
      for (int count; (count = stream.read(chunk, 0, 1 + random.nextInt(chunk.length))) >= 0; ) {
        passed.write(chunk, 0, count);
      }
    } catch (NotUtf8 fault) {
      assertThat(passed.size() - 4L).isEqualTo(fault.offset());
      return fault.offset();
    }
    assertThat(passed.toString(StandardCharsets.ISO_8859_1))
        .isEqualTo("    " + new String(bytes, StandardCharsets.ISO_8859_1));
    return bytes.length;
  }

  /// Gives a few bytes at a time.
  private static InputStream dribbling(byte[] bytes, Random random) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] to, int from, int length) {
        return super.read(to, from, 1 + random.nextInt(Math.min(length, 9)));
      }
    };
  }

  /// Where the JDK's decoder finds a fault, or the end.
  private static long endByDecoder(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    var decoder = StandardCharsets.UTF_8.newDecoder();
    CoderResult result = decoder.decode(in, CharBuffer.allocate(bytes.length + 1), true);
    assertThat(result.isOverflow()).isFalse();
    return in.position();
  }

  @Test
  void read_endsWhereTheDecoderDoes_onEveryPairOfBytes() throws IOException {
    var random = new Random(1);
    for (int first = 0; first < 256; first++) {
      for (int second = 0; second < 256; second++) {
        byte[] bytes = {'a', 'b', 'c', 'd', (byte) first, (byte) second};
        assertThat(end(bytes, random))
            .as("%02x %02x", first, second)
            .isEqualTo(endByDecoder(bytes));
      }
    }
  }

  @Test
  void read_endsWhereTheDecoderDoes_onEveryThirdAndFourthByteThatMatters() throws IOException {
    var random = new Random(2);
    int[] edges = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
    for (int first = 0xC0; first < 256; first++) {
      for (int second : edges) {
        for (int third : edges) {
          for (int fourth : edges) {
            byte[] bytes = {
              'a', 'b', 'c', 'd', (byte) first, (byte) second, (byte) third, (byte) fourth, 'e'
            };
            assertThat(end(bytes, random))
                .as("%02x %02x %02x %02x", first, second, third, fourth)
                .isEqualTo(endByDecoder(bytes));
          }
        }
      }
    }
  }

  @Test
  void read_endsWhereTheDecoderDoes_onRandomText_acrossChunks() {
    Seeds.check(
        60,
        seed -> {
          var random = new Random(seed);
          var text = new StringBuilder("text");
          int codePoints = 30_000 + random.nextInt(30_000);
          int[] limits = {0x80, 0x800, 0xD800, 0x10000, 0x110000};
          for (int i = 0; i < codePoints; i++) {
            int point = random.nextInt(1, limits[random.nextInt(limits.length)]);
            text.appendCodePoint(Character.getType(point) == Character.SURROGATE ? '?' : point);
          }
          byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
          if (seed % 3 != 0) {
            bytes[random.nextInt(4, bytes.length)] ^= (byte) (1 << random.nextInt(8));
          }
          if (seed % 5 == 0) {
            bytes = Arrays.copyOf(bytes, random.nextInt(4, bytes.length));
          }
          assertThat(end(bytes, random)).isEqualTo(endByDecoder(bytes));
        });
  }

  @Test
  void read_wrapsAPiece_andShiftsItsOffsets() throws IOException {
    byte[] prefix = "{\"vms\":[".getBytes(StandardCharsets.UTF_8);
    byte[] suffix = "]}".getBytes(StandardCharsets.UTF_8);
    var piece = new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8));
    var stream = new Utf8Stream(piece, 100, prefix, suffix);

    assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("{\"vms\":[{}]}");
    assertThat(stream.shift()).isEqualTo(92);
  }
}
