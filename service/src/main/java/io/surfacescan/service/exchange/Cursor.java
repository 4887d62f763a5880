package io.surfacescan.service.exchange;

import io.surfacescan.text.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.zip.CRC32;

/// Where the next page of an answer starts, as an opaque text for URLs. It holds only for the
/// environment and the question it was made for, because only there does a rank mean the same VM.
public final class Cursor {
  /// To be counted up when the same bytes come to mean something else.
  private static final int SHAPE = 1;

  private static final int BYTES = Long.BYTES + Long.BYTES + Integer.BYTES + Integer.BYTES;

  private final long version;
  private final long question;

  /// @param version of the environment
  /// @param question what was asked, one part for each thing that changes the answer
  public Cursor(String version, Object... question) {
    this.version = digest(version);
    this.question = digest(question);
  }

  /// The text for the page that starts at the rank.
  public String at(int rank) {
    byte[] bytes = new byte[BYTES];
    var writer = ByteBuffer.wrap(bytes).putLong(version).putLong(question);
    writer.putInt(rank).putInt(checksum(bytes));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// The rank at which the page of this cursor starts.
  public int rank(String text) throws Refusal {
    var bytes = read(text);
    if (bytes.getLong() != version) {
      throw new Refusal(
          Refusal.Kind.STALE_CURSOR,
          "The environment was replaced since the cursor was made; ask again without after.");
    }
    if (bytes.getLong() != question) {
      throw new Refusal(
          Refusal.Kind.INVALID_CURSOR,
          "The cursor belongs to another question; follow the rel=next link of this one.");
    }
    int rank = bytes.getInt();
    if (rank < 0) {
      // The checksum is no secret: whoever wants can make a cursor up.
      throw notACursor();
    }
    return rank;
  }

  private static ByteBuffer read(String text) throws Refusal {
    byte[] decoded;
    try {
      decoded = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw notACursor();
    }
    var bytes = ByteBuffer.wrap(decoded);
    if (decoded.length != BYTES || bytes.getInt(BYTES - Integer.BYTES) != checksum(decoded)) {
      throw notACursor();
    }
    return bytes;
  }

  private static Refusal notACursor() {
    return new Refusal(
        Refusal.Kind.INVALID_CURSOR,
        "after is not a cursor of this service; use the one in the rel=next link.");
  }

  private static int checksum(byte[] bytes) {
    var crc = new CRC32();
    crc.update(SHAPE);
    crc.update(bytes, 0, BYTES - Integer.BYTES);
    return (int) crc.getValue();
  }

  private static long digest(Object... parts) {
    var sha = Sha256.digest();
    for (Object part : parts) {
      byte[] bytes = Objects.toString(part).getBytes(StandardCharsets.UTF_8);
      sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
      sha.update(bytes);
    }
    return ByteBuffer.wrap(sha.digest()).getLong();
  }
}
