package io.surfacescan.importers.document;

import java.io.InputStream;

/// What goes along with the bytes of a reading: they are counted for the user, bounded, and read no
/// further when nobody wants them any more.
record Supervision(Progress progress, Allowance allowance, Abandonment abandonment) {
  /// Stored bytes that are read for the first time.
  InputStream stored(InputStream in) {
    return allowance.storedIn(ofPiece(in));
  }

  /// Stored bytes of a file that the allowance covers.
  InputStream ofPiece(InputStream in) {
    return progress.counting(abandonment.endingOf(in));
  }

  /// The bytes of a document in those that are stored.
  InputStream held(InputStream in) {
    return allowance.heldIn(in);
  }

  /// Stored bytes that are read once more.
  InputStream again(InputStream in) {
    return abandonment.endingOf(in);
  }
}
