package io.surfacescan.importers.document;

import io.surfacescan.importers.json.JsonFault;
import io.surfacescan.importers.json.Source;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.importers.json.Supervision;
import io.surfacescan.importers.json.Unreadable;
import io.surfacescan.importers.json.Utf8Stream;
import io.surfacescan.text.Sha256;
import java.io.IOException;
import java.io.InputStream;

/// What one source came to.
///
/// @param digest of all the uncompressed bytes; means nothing if there are errors
public record Document(ParsedPart part, Digest digest) {

  /// A digest that may still be worked out.
  @FunctionalInterface
  public interface Digest {
    byte[] get() throws IOException, InterruptedException;
  }

  /// A document that may still be read.
  @FunctionalInterface
  public interface Pending {
    Document finish() throws InterruptedException;
  }

  /// Reads a document in one piece. This is what reading means; [Pieces] only does it faster.
  static Document read(
      int number, Source source, Supervision supervision, boolean ignoresUnknownKeys) {
    var digest = Sha256.digest();
    try (InputStream stored = supervision.stored(source.openFirst());
        InputStream document = supervision.held(Source.document(stored))) {
      ParsedPart part =
          DocumentReader.read(number, new Utf8Stream(document, digest), ignoresUnknownKeys);
      if (part.notJson()) {
        part =
            part.with(JsonFault.tell(number, source, supervision, part.problems()), part.topKeys());
      }
      byte[] sum = digest.digest();
      return new Document(part, () -> sum);
    } catch (IOException e) {
      return unreadable(number, e);
    }
  }

  static Document unreadable(int number, IOException e) {
    ParsedPart part = ParsedPart.nothing();
    part.problems()
        .add(
            Unreadable.kind(e),
            SourceOffset.whole(number),
            Unreadable.what(e),
            Unreadable.remedy(e));
    return new Document(part, () -> new byte[0]);
  }

  static Document nothing() {
    return new Document(ParsedPart.nothing(), () -> new byte[0]);
  }
}
