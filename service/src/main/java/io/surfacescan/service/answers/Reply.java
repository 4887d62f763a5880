package io.surfacescan.service.answers;

import io.surfacescan.model.Environment;
import io.surfacescan.questions.Answer;
import io.surfacescan.questions.Internet;
import io.surfacescan.questions.Provenance;
import io.surfacescan.questions.VmList;
import io.surfacescan.report.Documents;
import io.surfacescan.report.format.ByteBody;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.IdArena;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// What a request is replied with: an answer as bytes, or as what makes them.
///
/// @param total of a list, how many elements it has on all pages
/// @param next the place in the list at which the next page starts, if there is one
/// @param internet of a list of attackers, the hops of the internet, if the environment has it
/// @param whole whether nothing is missing in it that the same request would find with more time
public record Reply(
    Content content,
    OptionalLong total,
    OptionalInt next,
    Optional<String> internet,
    boolean whole) {
  /// The bytes, ready or to be written.
  sealed interface Content {}

  /// Bytes that only wait to be sent.
  record Ready(ByteBody body) implements Content {}

  /// Bytes that are made while they are sent.
  record Written(Document document) implements Content {}

  /// The bytes of an answer that was written before.
  record Kept(byte[] bytes) implements Content {}

  /// The answer in a form.
  ///
  /// @param environment what the answer is about
  /// @param ids those of the environment
  /// @param provenance what the answer rests on
  static Reply of(
      Answer answer,
      Environment environment,
      Supplier<IdArena> ids,
      Format format,
      Supplier<Provenance> provenance) {
    var ready = Documents.ready(answer, ids, format);
    Content content =
        ready.isPresent()
            ? new Ready(ready.get())
            : new Written(Documents.of(answer, format, provenance).about(environment));
    var part = answer.part();
    if (part.isEmpty()) {
      return new Reply(
          content, OptionalLong.empty(), OptionalInt.empty(), Optional.empty(), answer.isWhole());
    }
    long total = part.get().total();
    int start = part.get().start();
    int size = part.get().size();
    // After a page without any element there is no other.
    boolean more = size > 0 && start + (long) size < total;
    return new Reply(
        content,
        OptionalLong.of(total),
        more ? OptionalInt.of(start + size) : OptionalInt.empty(),
        answer instanceof VmList list ? list.internet().map(Internet::shown) : Optional.empty(),
        answer.isWhole());
  }

  /// The same, as the bytes that were written.
  Reply kept(byte[] bytes) {
    return new Reply(new Kept(bytes), total, next, internet, whole);
  }

  /// How many bytes are kept.
  int keptBytes() {
    return content instanceof Kept(byte[] bytes) ? bytes.length : 0;
  }
}
