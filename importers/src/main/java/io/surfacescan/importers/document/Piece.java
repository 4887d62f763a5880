package io.surfacescan.importers.document;

import io.surfacescan.importers.json.Source;
import io.surfacescan.importers.json.Utf8Stream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A stretch of a large document that can be read as a document of its own.
///
/// All but the last end behind an element of a list of VMs or of rules, or so it seems from a look
/// at a few bytes: `}` `,` `{` `"`, with white space between. The same bytes also stand in strings
/// and in objects nobody knows. Whether the look was right turns out when the piece before is read:
/// see [#fits].
///
/// @param from where it starts: 0, or at the brace of an element
/// @param to where it ends: the end of the document, or behind the brace of an element
/// @param list the key of the list that it starts in, empty for the first
/// @param last whether the document ends with it
record Piece(long from, long to, String list, boolean last) {
  /// The piece made a document of its own.
  ///
  /// @param bytes those of the piece
  Utf8Stream document(InputStream bytes) {
    byte[] suffix = last ? new byte[0] : new byte[] {']', '}'};
    return from == 0
        ? new Utf8Stream(bytes, suffix)
        : new Utf8Stream(
            bytes, from, ("{\"" + list + "\":[").getBytes(StandardCharsets.UTF_8), suffix);
  }

  /// Whether the part read from this piece ended where the next one starts, within the list that
  /// the next one takes for granted.
  ///
  /// The bracket that closed the part's last list must be the one of the suffix. Then the reader
  /// stood directly in that list, behind a whole element, and as the bytes between the two pieces
  /// are one comma and white space, it would have gone on as the reader of the next piece did.
  boolean fits(ParsedPart part, Piece next) {
    return part.lastList().equals(new ParsedPart.ListEnd(next.list, to + 1));
  }

  /// The document in so many pieces, the first half as long as the others; in fewer, down to one,
  /// if it does not look as if it could be cut. Compressed bytes and UTF-16 never do.
  static List<Piece> of(Source.File source, int wanted) throws IOException {
    try (FileChannel document = FileChannel.open(source.path())) {
      return of(document, source.size(), wanted);
    }
  }

  private static List<Piece> of(FileChannel document, long size, int wanted) throws IOException {
    var pieces = new ArrayList<Piece>();
    if (Source.isEncoded(Channels.newInputStream(document))) {
      return List.of(new Piece(0, size, "", true));
    }
    long from = 0;
    String list = "";
    for (int i = 1; i < wanted; i++) {
      var cut = Boundary.near(document, Math.max(from, size / (2 * wanted - 1) * (2 * i - 1)));
      if (cut.isPresent()) {
        pieces.add(new Piece(from, cut.get().before(), list, false));
        from = cut.get().after();
        list = cut.get().list();
      }
    }
    pieces.add(new Piece(from, size, list, true));
    return pieces;
  }
}
