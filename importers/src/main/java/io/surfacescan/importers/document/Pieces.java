package io.surfacescan.importers.document;

import io.surfacescan.importers.json.FileRange;
import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.Source;
import io.surfacescan.importers.json.Supervision;
import io.surfacescan.importers.json.Threads;
import io.surfacescan.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/// Reads one large file in pieces side by side.
///
/// Where to cut is a guess, see [Boundary]. It is checked afterwards, and if anything at all was
/// odd the pieces are thrown away and the document is read in one. A faulty document, or one that
/// only looks as if it could be cut there, costs time; the outcome is always that of
/// [Document#read].
public final class Pieces {
  private final int number;
  private final Source.File source;
  private final Supervision supervision;
  private final boolean ignoresUnknownKeys;

  private Pieces(
      int number, Source.File source, Supervision supervision, boolean ignoresUnknownKeys) {
    this.number = number;
    this.source = source;
    this.supervision = supervision;
    this.ignoresUnknownKeys = ignoresUnknownKeys;
  }

  /// Starts to read the source in these pieces, which the allowance covers: only what is read again
  /// counts towards it.
  static Document.Pending start(
      int number,
      Source.File source,
      List<Piece> pieces,
      Supervision supervision,
      boolean ignoresUnknownKeys,
      ExecutorService threads) {
    return new Pieces(number, source, supervision, ignoresUnknownKeys).start(pieces, threads);
  }

  private Document.Pending start(List<Piece> pieces, ExecutorService threads) {
    var parts = new ArrayDeque<Future<ParsedPart>>();
    var classes = new DocumentClasses();
    // The readers of the others may wait for the first, which has begun before them.
    parts.add(
        threads.submit(() ->
            read(number, source, pieces.getFirst(), supervision, ignoresUnknownKeys, classes)));
    Future<byte[]> digest = threads.submit(this::digest);
    for (Piece piece : pieces.subList(1, pieces.size())) {
      parts.add(
          threads.submit(
              () -> read(number, source, piece, supervision, ignoresUnknownKeys, classes)));
    }
    return () -> finish(pieces, parts, digest, classes);
  }

  static ParsedPart read(
      int number,
      Source.File source,
      Piece piece,
      Supervision supervision,
      boolean ignoresUnknownKeys,
      DocumentClasses classes)
      throws IOException {
    boolean isFirst = piece.from() == 0;
    try (var range = new FileRange(FileChannel.open(source.path()), piece.from(), piece.to())) {
      return DocumentReader.readPiece(
          number, piece.document(supervision.ofPiece(range)), ignoresUnknownKeys, classes, isFirst);
    } finally {
      if (isFirst) {
        classes.complete();
      }
    }
  }

  private byte[] digest() throws IOException {
    var digest = Sha256.digest();
    byte[] chunk = new byte[1 << 16];
    try (InputStream in = supervision.again(source.open())) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        digest.update(chunk, 0, count);
      }
    }
    return digest.digest();
  }

  private Document finish(
      List<Piece> pieces,
      Deque<Future<ParsedPart>> parts,
      Future<byte[]> digest,
      DocumentClasses classes)
      throws InterruptedException {
    try {
      var whole = join(pieces, parts);
      if (whole.isPresent()) {
        classes.warnOfUnused(whole.get().problems());
        return new Document(whole.get(), () -> Threads.result(digest));
      }
    } catch (IOException e) {
      // Reading in one piece will meet it again, and tell it.
    }
    digest.cancel(false);
    return Document.read(number, source, supervision, ignoresUnknownKeys);
  }

  /// Joins each part as soon as it is there, while those behind it are still read. Nothing if they
  /// do not fit.
  private static Optional<ParsedPart> join(List<Piece> pieces, Deque<Future<ParsedPart>> parts)
      throws IOException, InterruptedException {
    var joined = new Assembly(new ProblemLog());
    var fit = new PieceContinuity(pieces);
    while (!parts.isEmpty()) {
      ParsedPart part = Threads.result(parts.removeFirst());
      if (fit.goesOnWith(part)) {
        joined.add(part);
      }
    }
    return fit.isGood() ? Optional.of(joined.whole()) : Optional.empty();
  }
}
