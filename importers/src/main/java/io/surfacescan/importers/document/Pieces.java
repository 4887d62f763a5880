package io.surfacescan.importers.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/// Reads one large file in pieces side by side.
///
/// Where to cut is a guess, see [Cut]. It is checked afterwards, and if anything at all was odd the
/// pieces are thrown away and the document is read in one. A faulty document, or one that only
/// looks as if it could be cut there, costs time; the outcome is always that of [Document#read].
final class Pieces {
  private final int number;
  private final Source.File source;
  private final Progress progress;

  private Pieces(int number, Source.File source, Progress progress) {
    this.number = number;
    this.source = source;
    this.progress = progress;
  }

  /// Starts to read the source in these pieces.
  static Document.Pending start(
      int number,
      Source.File source,
      List<Piece> pieces,
      Progress progress,
      ExecutorService threads) {
    return new Pieces(number, source, progress).start(pieces, threads);
  }

  private Document.Pending start(List<Piece> pieces, ExecutorService threads) {
    var parts = new ArrayList<FutureTask<Part>>();
    for (Piece piece : pieces) {
      parts.add(new FutureTask<>(() -> read(number, source, piece, progress)));
    }
    // In a young JVM the first piece goes alone: threads that run code which is not compiled yet
    // only keep the compiler waiting for a processor.
    FutureTask<Part> first = parts.getFirst();
    List<FutureTask<Part>> others = List.copyOf(parts.subList(1, parts.size()));
    threads.execute(() -> {
      first.run();
      others.forEach(threads::execute);
    });
    Future<byte[]> digest = threads.submit(this::digest);
    return () -> finish(pieces, parts, digest);
  }

  static Part read(int number, Source.File source, Piece piece, Progress progress)
      throws IOException {
    try (var range = new FileRange(FileChannel.open(source.path()), piece.from(), piece.to())) {
      return DocumentReader.read(number, piece.document(progress.counting(range)));
    }
  }

  private byte[] digest() throws IOException {
    var digest = Version.digest();
    byte[] chunk = new byte[1 << 16];
    try (InputStream in = source.open()) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        digest.update(chunk, 0, count);
      }
    }
    return digest.digest();
  }

  private Document finish(List<Piece> pieces, List<FutureTask<Part>> parts, Future<byte[]> digest)
      throws InterruptedException {
    try {
      var read = new ArrayList<Part>(parts.size());
      for (Future<Part> part : parts) {
        read.add(Threads.result(part));
      }
      parts.clear();
      if (fit(pieces, read)) {
        return new Document(read, () -> Threads.result(digest));
      }
    } catch (IOException e) {
      // Reading in one piece will meet it again, and tell it.
    }
    // What they hold must not stand in the way of the next reading.
    parts.clear();
    digest.cancel(false);
    return Document.read(number, source, progress);
  }

  /// Whether the parts, one after the other, are what one reader would have read.
  static boolean fit(List<Piece> pieces, List<Part> parts) {
    var topKeys = new HashSet<String>();
    for (int i = 0; i < pieces.size(); i++) {
      Part part = parts.get(i);
      if (part.notJson() || part.problems().hasErrors()) {
        return false;
      }
      for (String key : part.topKeys()) {
        boolean isGoingOn = i > 0 && key.equals(pieces.get(i).list());
        if (!isGoingOn && !topKeys.add(key)) {
          return false;
        }
      }
      if (i + 1 < pieces.size() && !pieces.get(i).fits(part, pieces.get(i + 1))) {
        return false;
      }
    }
    return true;
  }
}
