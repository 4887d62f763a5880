package io.surfacescan.importers.json;

import io.surfacescan.text.Sha256;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Names an input by its content.
///
/// The version of one document is the SHA-256 of its uncompressed bytes, as `sha256sum` prints it;
/// of several, the SHA-256 of their 32-byte digests one after the other. Names, compression and the
/// number of threads do not count, the order does.
public final class Version {
  /// What names no environment.
  public static final String NONE = "0".repeat(64);

  private final List<byte[]> digests = new ArrayList<>();

  /// Adds the digest of the next document.
  public void add(byte[] digest) {
    digests.add(digest);
  }

  @Override
  public String toString() {
    if (digests.size() == 1) {
      return HexFormat.of().formatHex(digests.getFirst());
    }
    MessageDigest all = Sha256.digest();
    digests.forEach(all::update);
    return HexFormat.of().formatHex(all.digest());
  }
}
