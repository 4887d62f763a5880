package io.surfacescan.snapshot;

import java.util.Arrays;

/// A column of a snapshot.
///
/// @param type what it holds
/// @param offset where it starts in the file
/// @param bytes how long it is
/// @param checksum CRC-32C of its bytes
record Column(String name, Type type, long offset, long bytes, int checksum) {
  enum Type {
    INTS('i', Integer.BYTES),
    LONGS('l', Long.BYTES),
    BYTES('b', 1),
    VALUES('v', 1);

    private final char code;
    private final int width;

    Type(char code, int width) {
      this.code = code;
      this.width = width;
    }

    /// What stands for it in a file.
    char code() {
      return code;
    }

    static Type of(char code) {
      return Arrays.stream(values()).filter(type -> type.code == code).findFirst().orElseThrow();
    }

    /// The bytes of an element.
    int width() {
      return width;
    }
  }

  int length() {
    return Math.toIntExact(bytes / type.width());
  }
}
