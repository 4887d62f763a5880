package io.surfacescan.importers.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.surfacescan.importers.Folder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /// So many of one byte, in so many members.
  private static byte[] bomb(int bytes, int members) throws IOException {
    byte[] member = Folder.gzip(" ".repeat(bytes / members));
    var all = new ByteArrayOutputStream();
    for (int i = 0; i < members; i++) {
      all.writeBytes(member);
    }
    return all.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64})
  void read_refusesWhatUnpacksToFarMore_wellBeforeItsEnd(int members) throws IOException {
    byte[] bomb = bomb(1 << 26, members);
    assertThat((1 << 26) / bomb.length).isGreaterThan(2 * Gunzip.RATIO_MOST);
    var unpacked = new ByteArrayOutputStream();
    try (var gunzip = new Gunzip(new ByteArrayInputStream(bomb))) {
      assertThatThrownBy(() -> gunzip.transferTo(unpacked))
          .isInstanceOf(Gunzip.Excess.class)
          .hasMessage("the gzip file unpacks to more than 400 times its size");
    }
    assertThat(unpacked.size())
        .isBetween(Gunzip.FREE_BYTES, Gunzip.FREE_BYTES + Gunzip.RATIO_MOST * bomb.length);
  }

  @Test
  void read_givesTheFirstMegabytes_howeverSmallTheirGzip() throws IOException {
    assertThat(gunzip(bomb(Gunzip.FREE_BYTES, 1))).hasSize(Gunzip.FREE_BYTES);
  }

  /// As repetitive as an environment is found: indented deeply, and every VM with the same tags.
  @Test
  void read_givesAnEnvironment_howeverRepetitive() throws IOException {
    var tags = new ArrayList<String>();
    for (int tag = 0; tag < 20; tag++) {
      tags.add(" ".repeat(64) + "\"tag-%03d\"".formatted(tag));
    }
    String keys = " ".repeat(48);
    var text = new StringBuilder();
    for (int vm = 0; vm < 25_000; vm++) {
      text.append(" ".repeat(32)).append("{\n");
      text.append(keys).append("\"vm_id\": \"vm-%07d\",\n".formatted(vm));
      text.append(keys).append("\"name\": \"\",\n").append(keys).append("\"tags\": [\n");
      text.append(String.join(",\n", tags)).append("\n").append(keys).append("]\n");
      text.append(" ".repeat(32)).append("},\n");
    }
    byte[] document = text.toString().getBytes(StandardCharsets.UTF_8);
    byte[] compressed = Folder.gzip(document);
    assertThat(document.length / compressed.length).isGreaterThan(80);
    assertThat(document).hasSizeGreaterThan(Gunzip.FREE_BYTES + compressed.length * 50);

    assertThat(gunzip(compressed)).isEqualTo(document);
  }
}
