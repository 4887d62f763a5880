package io.surfacescan.importers.json;

import java.io.InputStream;

/// What goes along with the bytes of a reading: they are counted for the user, bounded, and read no
/// further when nobody wants them any more.
public record Supervision(Progress progress, ReadLimit allowance, Abandonment abandonment) {
  /// Stored bytes that are read for the first time.
  public InputStream stored(InputStream in) {
    return allowance.storedIn(ofPiece(in));
  }

  /// Stored bytes of a file that the allowance covers.
  public InputStream ofPiece(InputStream in) {
    return progress.counting(abandonment.endingOf(in));
  }

  /// The bytes of a document in those that are stored.
  public InputStream held(InputStream in) {
    return allowance.heldIn(in);
  }

  /// Stored bytes that are read once more.
  public InputStream again(InputStream in) {
    return abandonment.endingOf(in);
  }
}
