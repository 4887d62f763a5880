package io.surfacescan.importers.json;

import static io.surfacescan.model.ProblemKind.MALFORMED_JSON;
import static io.surfacescan.model.ProblemKind.NOT_UTF8;
import static io.surfacescan.model.ProblemKind.TEXT_AFTER_DOCUMENT;
import static io.surfacescan.model.ProblemKind.TOO_DEEP;

import io.surfacescan.model.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The first thing in a document that keeps it from being JSON (RFC 8259), or from staying within
/// our bounds on JSON.
///
/// [JsonCursor] only knows that its parser refused the document, in the parser's words. Those are
/// not for users: they name characters by number and sometimes point beside them. So a refused
/// document is walked once more, slowly, to say what is wrong exactly where it is. What is accepted
/// never comes here.
///
/// @param offset in bytes of the document
public record JsonFault(ProblemKind kind, long offset, String what, String remedy) {

  /// Finds the fault, if there is one.
  ///
  /// @param document valid UTF-8 at least up to the fault, a byte-order mark included
  public static Optional<JsonFault> in(InputStream document) throws IOException {
    try {
      new Walk(new FaultScanner(document)).document();
      return Optional.empty();
    } catch (Found found) {
      return Optional.of(found.fault);
    }
  }

  /// The problems of a source and why it is not JSON; if it is of another format, that alone.
  public static ProblemLog tell(
      int number, Source source, Supervision supervision, ProblemLog problems) throws IOException {
    try (InputStream document = Source.document(supervision.again(source.open()))) {
      var foreign = ForeignFormat.of(document);
      if (foreign.isPresent()) {
        var only = new ProblemLog();
        only.add(
            MALFORMED_JSON,
            new SourceOffset(number, 0),
            "the document is " + foreign.get().what() + ", not JSON",
            foreign.get().remedy());
        return only;
      }
    }
    if (problems.has(NOT_UTF8)) {
      return problems;
    }
    try (InputStream document = Source.document(supervision.again(source.open()))) {
      in(document)
          .ifPresentOrElse(
              fault ->
                  problems.add(
                      fault.kind(),
                      new SourceOffset(number, fault.offset()),
                      fault.what(),
                      fault.remedy()),
              () ->
                  problems.add(
                      MALFORMED_JSON,
                      SourceOffset.whole(number),
                      "the document is not JSON",
                      "correct it, or read it again if it was being written"));
    }
    return problems;
  }

  /// Ends the walk.
  static final class Found extends Exception {
    private static final long serialVersionUID = 1;

    private final transient JsonFault fault;

    private Found(JsonFault fault) {
      super(null, null, false, false);
      this.fault = fault;
    }

    static Found of(ProblemKind kind, long offset, String what, String remedy) {
      return new Found(new JsonFault(kind, offset, what, remedy));
    }

    /// What is no JSON at all.
    static Found at(long offset, String what, String remedy) {
      return of(MALFORMED_JSON, offset, what, remedy);
    }
  }

  private static final class Walk {
    private final FaultScanner text;

    /// For each open bracket, whether it is that of an object.
    private final boolean[] inObject = new boolean[JsonBounds.DEPTH_MAX];

    private int depth;

    Walk(FaultScanner text) {
      this.text = text;
    }

    void document() throws IOException, Found {
      text.skipSpace();
      if (text.next() == FaultScanner.END) {
        throw Found.at(
            text.offset(),
            "the document is empty",
            "write {\"vms\": [], \"fw_rules\": []}, or leave the file out");
      }
      boolean isObject;
      do {
        isObject = text.next() == '{';
        whole();
        text.skipSpace();
      } while (isObject && text.next() == '{');
      if (text.next() != FaultScanner.END) {
        throw Found.of(
            TEXT_AFTER_DOCUMENT,
            text.offset(),
            text.shownNext() + " follows the end of the document",
            "keep only objects in the file, one behind the other");
      }
    }

    private void whole() throws IOException, Found {
      value();
      while (depth > 0) {
        text.skipSpace();
        if (inObject[depth - 1]) {
          afterMember();
        } else {
          afterElement();
        }
      }
    }

    /// Walks over a value, or into it if it is an object or a list.
    private void value() throws IOException, Found {
      switch (text.next()) {
        case '{' -> {
          open(true);
          text.skipSpace();
          if (text.next() == '}') {
            close();
          } else {
            member();
          }
        }
        case '[' -> {
          open(false);
          text.skipSpace();
          if (text.next() == ']') {
            close();
          } else {
            value();
          }
        }
        case '"' -> text.string();
        case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> text.number();
        default -> {
          if (!text.word()) {
            throw misplaced(
                "a value", "write a string, a number, a list, an object, true, false or null");
          }
        }
      }
    }

    private void afterMember() throws IOException, Found {
      if (text.next() == ',') {
        text.advance();
        text.skipSpace();
        if (text.next() == '}') {
          throw Found.at(
              text.offset(), "a comma stands before the closing \"}\"", "remove the comma");
        }
        member();
      } else if (text.next() == '}') {
        close();
      } else {
        throw misplaced(
            "\",\" or \"}\"", "separate members by commas and close the object with \"}\"");
      }
    }

    private void afterElement() throws IOException, Found {
      if (text.next() == ',') {
        text.advance();
        text.skipSpace();
        if (text.next() == ']') {
          throw Found.at(
              text.offset(), "a comma stands before the closing \"]\"", "remove the comma");
        }
        value();
      } else if (text.next() == ']') {
        close();
      } else {
        throw misplaced(
            "\",\" or \"]\"", "separate elements by commas and close the list with \"]\"");
      }
    }

    private void member() throws IOException, Found {
      if (text.next() != '"') {
        throw misplaced("a key in double quotes", "write each member as \"key\": value");
      }
      text.key();
      text.skipSpace();
      if (text.next() != ':') {
        throw misplaced("\":\"", "write each member as \"key\": value");
      }
      text.advance();
      text.skipSpace();
      value();
    }

    private void open(boolean object) throws IOException, Found {
      if (depth == inObject.length) {
        throw Found.of(
            TOO_DEEP,
            text.offset(),
            "lists and objects are nested more than " + JsonBounds.DEPTH_MAX + " deep",
            "take the innermost ones out");
      }
      inObject[depth++] = object;
      text.advance();
    }

    private void close() throws IOException {
      depth--;
      text.advance();
    }

    private Found misplaced(String wanted, String remedy) throws IOException {
      if (text.next() == FaultScanner.END) {
        String where =
            depth == 0 ? "" : inObject[depth - 1] ? " within an object" : " within a list";
        return Found.at(
            text.offset(), "the document ends" + where, "restore the rest of the document");
      }
      return switch (text.next()) {
        case '/', '#' ->
            Found.at(
                text.offset(),
                "a comment stands where " + wanted + " belongs",
                "remove the comment");
        case '\'' ->
            Found.at(
                text.offset(),
                "a single quote stands where " + wanted + " belongs",
                "use double quotes");
        default ->
            Found.at(
                text.offset(), text.shownNext() + " stands where " + wanted + " belongs", remedy);
      };
    }
  }
}
