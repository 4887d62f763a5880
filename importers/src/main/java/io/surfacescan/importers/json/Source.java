package io.surfacescan.importers.json;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Where one document comes from.
///
/// A source can be read again from its start, because places are found in a second pass: a file is
/// opened anew, a stream keeps what it gave.
public sealed interface Source {
  /// As the user named it, fit to be shown.
  String name();

  /// The stored bytes from the start; the caller closes them.
  InputStream open() throws IOException;

  /// The stored bytes for the first time.
  default InputStream openFirst() throws IOException {
    return open();
  }

  /// The first bytes of the document, as far as they can be had: a damaged one gives fewer.
  ///
  /// @param supervised may end the look at stored bytes
  default byte[] start(UnaryOperator<InputStream> supervised) {
    try (InputStream stored = openStart(supervised);
        InputStream document = document(stored)) {
      return first(document);
    } catch (IOException e) {
      // Reading all of it will meet the same, and that is a problem.
      return new byte[0];
    }
  }

  /// As many of the first bytes as come, up to [#START_BYTES].
  private static byte[] first(InputStream in) {
    var start = new ByteArrayOutputStream();
    byte[] block = new byte[1 << 12];
    try {
      for (int count = in.read(block, 0, block.length);
          count >= 0;
          count = start.size() < START_BYTES ? in.read(block, 0, block.length) : -1) {
        start.write(block, 0, count);
      }
    } catch (IOException e) {
      // As in start().
    }
    return start.toByteArray();
  }

  /// Stored bytes from the start, at least as many as [#start] may take, for one look.
  default InputStream openStart(UnaryOperator<InputStream> supervised) throws IOException {
    return supervised.apply(open());
  }

  /// How many bytes of a document show of what kind it is.
  int START_BYTES = 1 << 16;

  /// The document in stored bytes: the bytes themselves, or if they are gzip what it holds, and if
  /// that is UTF-16 with a byte-order mark the same in UTF-8. The first two bytes tell, not the
  /// name: no JSON text starts with them.
  static InputStream document(InputStream stored) throws IOException {
    var bytes = new BufferedInputStream(stored, 1 << 16);
    bytes.mark(2);
    boolean isGzip = isGzip(bytes);
    bytes.reset();
    return Utf16.decoded(isGzip ? new BufferedInputStream(new Gunzip(bytes), 1 << 16) : bytes);
  }

  /// Whether the next two bytes are those that gzip starts with.
  static boolean isGzip(InputStream bytes) throws IOException {
    return bytes.read() == 0x1f && bytes.read() == 0x8b;
  }

  /// Whether stored bytes are other than those of the document.
  static boolean isEncoded(InputStream stored) throws IOException {
    byte[] first = stored.readNBytes(4);
    return isGzip(new ByteArrayInputStream(first)) || Utf16.isMarked(first);
  }

  /// A regular file.
  record File(String name, Path path, Fingerprint fingerprint) implements Source {
    public long size() {
      return fingerprint.size();
    }

    /// Whether the file is another than it was when this was made.
    public boolean hasChanged() {
      try {
        return !Fingerprint.of(path).equals(fingerprint);
      } catch (IOException e) {
        return true;
      }
    }

    @Override
    public InputStream open() throws IOException {
      return Files.newInputStream(path);
    }
  }

  /// Standard input, a pipe or a device: bytes that come once.
  final class Stream implements Source {
    private final String name;
    private final Opening opening;
    private final List<byte[]> given = new ArrayList<>();

    /// What was looked at before the stream was read, and the stream behind it.
    private byte @Nullable [] start;

    private InputStream rest = InputStream.nullInputStream();

    /// How the stream itself is had.
    @FunctionalInterface
    public interface Opening {
      /// The stream, which is closed when it was read.
      InputStream open() throws IOException;
    }

    public Stream(String name, Opening opening) {
      this.name = name;
      this.opening = opening;
    }

    @Override
    public String name() {
      return name;
    }

    /// The stream itself, which is remembered.
    @Override
    public InputStream openFirst() throws IOException {
      return new Remembering(
          start == null
              ? opening.open()
              : new SequenceInputStream(new ByteArrayInputStream(start), rest),
          given);
    }

    @Override
    public InputStream openStart(UnaryOperator<InputStream> supervised) throws IOException {
      if (start == null) {
        rest = opening.open();
        start = first(supervised.apply(rest));
      }
      return new ByteArrayInputStream(start);
    }

    /// What the stream gave so far.
    @Override
    public InputStream open() {
      return new Replay(given);
    }
  }

  /// A path without anything to read; why is among the problems.
  record Nothing(String name) implements Source {
    @Override
    public InputStream open() {
      return InputStream.nullInputStream();
    }
  }

  /// Passes bytes on and keeps a copy.
  final class Remembering extends InputByBlocks {
    private final InputStream in;
    private final List<byte[]> given;

    private Remembering(InputStream in, List<byte[]> given) {
      this.in = in;
      this.given = given;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int count = in.read(bytes, from, length);
      if (count > 0) {
        byte[] copy = new byte[count];
        System.arraycopy(bytes, from, copy, 0, count);
        given.add(copy);
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /// Gives remembered bytes again.
  final class Replay extends InputByBlocks {
    private final List<byte[]> given;
    private int chunk;
    private int used;

    private Replay(List<byte[]> given) {
      this.given = given;
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
      if (chunk == given.size()) {
        return -1;
      }
      byte[] current = given.get(chunk);
      int count = Math.min(length, current.length - used);
      System.arraycopy(current, used, bytes, from, count);
      used += count;
      if (used == current.length) {
        chunk++;
        used = 0;
      }
      return count;
    }
  }
}
