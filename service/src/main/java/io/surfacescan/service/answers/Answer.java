package io.surfacescan.service.answers;

import io.surfacescan.report.format.ByteBody;
import io.surfacescan.report.format.Document;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a question was answered with.
///
/// @param total of a list, how many elements it has on all pages
/// @param next the place in the list at which the next page starts, if there is one
/// @param whole whether nothing is missing in it that the same request would find with more time
public record Answer(Content content, OptionalLong total, OptionalInt next, boolean whole) {
  /// The bytes, ready or to be written.
  sealed interface Content {}

  /// Bytes that only wait to be sent.
  record Ready(ByteBody body) implements Content {}

  /// Bytes that are made while they are sent.
  record Written(Document document) implements Content {}

  /// The bytes of an answer that was written before.
  record Kept(byte[] bytes) implements Content {}

  static Answer of(Document document) {
    return new Answer(new Written(document), OptionalLong.empty(), OptionalInt.empty(), true);
  }

  static Answer of(ByteBody body) {
    return new Answer(new Ready(body), OptionalLong.empty(), OptionalInt.empty(), true);
  }

  /// The same as a page of a list.
  ///
  /// @param listed how many elements there are on all pages
  /// @param start the place of the first element of the page
  /// @param shown how many the page has; after a page without any there is no other
  Answer asPage(long listed, int start, int shown) {
    boolean more = shown > 0 && start + (long) shown < listed;
    return new Answer(
        content,
        OptionalLong.of(listed),
        more ? OptionalInt.of(start + shown) : OptionalInt.empty(),
        whole);
  }

  /// The same, as the bytes that were written.
  Answer kept(byte[] bytes) {
    return new Answer(new Kept(bytes), total, next, whole);
  }

  /// How many bytes are kept.
  int keptBytes() {
    return content instanceof Kept(byte[] bytes) ? bytes.length : 0;
  }

  /// The same, cut short by a limit of time: clients must not keep it.
  Answer truncated() {
    return new Answer(content, total, next, false);
  }
}
