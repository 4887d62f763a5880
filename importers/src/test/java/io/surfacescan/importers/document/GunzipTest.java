package io.surfacescan.importers.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GunzipTest {
  private static byte[] gunzip(byte[] compressed) throws IOException {
    try (var gunzip = new Gunzip(new ByteArrayInputStream(compressed))) {
      return gunzip.readAllBytes();
    }
  }

  /// A member whose header has every optional field.
  private static byte[] withFullHeader(byte[] member, int flags) {
    var full = new ByteArrayOutputStream();
    full.write(member, 0, 3);
    full.write(flags);
    full.write(member, 4, 6);
    full.writeBytes(new byte[] {3, 0, 'x', 0, 'y'});
    full.writeBytes("name.json\0".getBytes(StandardCharsets.ISO_8859_1));
    full.writeBytes("a comment\0".getBytes(StandardCharsets.ISO_8859_1));
    full.writeBytes(new byte[] {1, 2});
    full.write(member, 10, member.length - 10);
    return full.toByteArray();
  }

  @Test
  void read_skipsEveryOptionalHeaderField() throws IOException {
    byte[] member = withFullHeader(Folder.gzip("text"), 0b11110);

    assertThat(gunzip(member)).asString(StandardCharsets.UTF_8).isEqualTo("text");
  }

  @Test
  void read_refusesReservedFlags_andUnknownMethods() throws IOException {
    byte[] reserved = Folder.gzip("text");
    reserved[3] = 0x20;
    byte[] method = Folder.gzip("text");
    method[2] = 7;

    for (byte[] member : new byte[][] {reserved, method}) {
      assertThatThrownBy(() -> gunzip(member))
          .isInstanceOf(Gunzip.Damage.class)
          .hasMessage("its header is damaged or of an unknown kind");
    }
  }

  @Test
  void read_refusesAWrongChecksum_andAWrongLength() throws IOException {
    for (int fromEnd : new int[] {8, 4}) {
      byte[] member = Folder.gzip("text");
      member[member.length - fromEnd]++;

      assertThatThrownBy(() -> gunzip(member))
          .isInstanceOf(Gunzip.Damage.class)
          .hasMessage("its checksum does not match its content");
    }
  }

  @Test
  void read_givesWhatWasCompressed_inManyMembers() throws IOException {
    var random = new Random(1);
    byte[] all = new byte[300_000];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (i < 100_000 ? random.nextInt() : i / 1000);
    }
    var members = new ByteArrayOutputStream();
    for (int from = 0; from < all.length; ) {
      int to = Math.min(all.length, from + random.nextInt(70_000));
      members.writeBytes(Folder.gzip(Arrays.copyOfRange(all, from, to)));
      from = to;
    }

    assertThat(gunzip(members.toByteArray())).isEqualTo(all);
  }

  @Test
  void read_takesZerosBehindTheLastMember_butNothingElse() throws IOException {
    byte[] member = Folder.gzip("text");
    byte[] padded = Arrays.copyOf(member, member.length + 100_000);

    assertThat(gunzip(padded)).asString(StandardCharsets.UTF_8).isEqualTo("text");
    padded[padded.length - 1] = 1;
    assertThatThrownBy(() -> gunzip(padded))
        .isInstanceOf(Gunzip.Damage.class)
        .hasMessage("something other than gzip follows the compressed data");
  }
}
