package io.surfacescan.snapshot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// What a snapshot says of itself, behind its columns.
///
/// @param key what was asked for: paths, options, the program
/// @param stamps the input that was read
record SnapshotHead(String key, InputStamps stamps, List<Column> columns) {
  SnapshotHead {
    columns = List.copyOf(columns);
  }

  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeUTF(key);
      stamps.write(out);
      out.writeInt(columns.size());
      for (Column column : columns) {
        out.writeUTF(column.name());
        out.writeChar(column.type().code());
        out.writeLong(column.offset());
        out.writeLong(column.bytes());
        out.writeInt(column.checksum());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static SnapshotHead of(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      String key = in.readUTF();
      var stamps = InputStamps.read(in);
      int count = in.readInt();
      var columns = new ArrayList<Column>();
      for (int i = 0; i < count; i++) {
        columns.add(
            new Column(
                in.readUTF(),
                Column.Type.of(in.readChar()),
                in.readLong(),
                in.readLong(),
                in.readInt()));
      }
      return new SnapshotHead(key, stamps, columns);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
