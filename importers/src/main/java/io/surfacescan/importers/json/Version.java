package io.surfacescan.importers.json;

import io.surfacescan.text.Sha256;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Names an input by its content.
///
/// The version of one document is the SHA-256 of its uncompressed bytes, as `sha256sum` prints it;
/// of several, the SHA-256 of their 32-byte digests one after the other. Names, compression and the
/// number of threads do not count, the order does.
public final class Version {
  /// What names no environment.
  public static final String NONE = "0".repeat(64);

  private final List<byte[]> digests = new ArrayList<>();
  private final SortedMap<Integer, String> bySource = new TreeMap<>();

  /// Adds the digest of the next document.
  ///
  /// @param source the number of its source
  public void add(int source, byte[] digest) {
    digests.add(digest);
    bySource.put(source, HexFormat.of().formatHex(digest));
  }

  /// The digest of each document by the number of its source, in hexadecimal digits.
  public SortedMap<Integer, String> bySource() {
    return Collections.unmodifiableSortedMap(bySource);
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
