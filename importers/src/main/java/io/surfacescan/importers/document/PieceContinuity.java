package io.surfacescan.importers.document;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Whether the parts read from pieces are, one after the other, what one reader would have read.
final class PieceContinuity {
  private final List<Piece> pieces;
  private final Set<String> topKeys = new HashSet<>();
  private int next;
  private boolean good = true;

  PieceContinuity(List<Piece> pieces) {
    this.pieces = pieces;
  }

  /// Takes the part of the next piece; true if it and all before it fit.
  boolean goesOnWith(ParsedPart part) {
    good = good && fits(part, next++);
    return good;
  }

  /// Whether all parts taken fit.
  boolean isGood() {
    return good;
  }

  private boolean fits(ParsedPart part, int number) {
    // Keys are compared as those of one document.
    if (part.notJson()
        || part.documents() > 1
        || part.problems().hasErrors()
        || part.problems().overflowed()) {
      return false;
    }
    for (String key : part.topKeys()) {
      boolean isGoingOn = number > 0 && key.equals(pieces.get(number).list());
      if (!isGoingOn && !topKeys.add(key)) {
        return false;
      }
    }
    return number + 1 == pieces.size() || pieces.get(number).fits(part, pieces.get(number + 1));
  }
}
