package io.surfacescan.importers.document;

import io.surfacescan.importers.json.Source;
import io.surfacescan.importers.json.Supervision;
import io.surfacescan.importers.json.Threads;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/// Reads environment documents: the package's page says what is accepted.
///
/// @param ignoresUnknownKeys whether keys that would change what a VM or a rule means are warned of
///   like others, rather than refused
/// @param threads what reads documents, and pieces of them, side by side
public record EnvironmentDocument(
    Supervision supervision, boolean ignoresUnknownKeys, ExecutorService threads) {
  /// Starts to read a source.
  ///
  /// @param number the number of the source among all
  /// @param piecesWanted in how many pieces to read it side by side, if it is a file that can be
  ///   cut
  public Document.Pending start(int number, Source source, int piecesWanted) {
    if (source instanceof Source.Nothing) {
      return Document::nothing;
    }
    var pieces = source instanceof Source.File file ? pieces(file, piecesWanted) : List.<Piece>of();
    return pieces.size() > 1
        ? Pieces.start(
            number, (Source.File) source, pieces, supervision, ignoresUnknownKeys, threads)
        : startWhole(number, source);
  }

  private static List<Piece> pieces(Source.File file, int wanted) {
    if (wanted == 1) {
      return List.of();
    }
    try {
      return Piece.of(file, wanted);
    } catch (IOException e) {
      // Reading it whole will meet the same and tell it.
      return List.of();
    }
  }

  private Document.Pending startWhole(int number, Source source) {
    Future<Document> document =
        threads.submit(() -> Document.read(number, source, supervision, ignoresUnknownKeys));
    return () -> {
      try {
        return Threads.result(document);
      } catch (IOException e) {
        return Document.unreadable(number, e);
      }
    };
  }
}
