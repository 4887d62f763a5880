package io.surfacescan.importers.document;

import static io.surfacescan.model.ProblemKind.DUPLICATE_TAG;
import static io.surfacescan.model.ProblemKind.EMPTY_FIELD;
import static io.surfacescan.model.ProblemKind.MISSING_FIELD;
import static io.surfacescan.model.ProblemKind.WRONG_TYPE;

import io.surfacescan.importers.json.JsonCursor;
import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.Quoted;
import io.surfacescan.importers.json.Utf8Stream;
import io.surfacescan.importers.json.Utf8Text;
import io.surfacescan.model.EnvironmentBuilder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// Reads the list of tags that a VM carries.
final class TagListReader {
  private final JsonCursor json;
  private final ProblemLog problems;
  private final EnvironmentBuilder environment;
  private final Utf8Text tag = new Utf8Text();
  private int[] carried = new int[16];
  private int carriedCount;

  /// Per tag, the number of the last list that named it; lists are numbered from 1 here.
  private int[] lastNamedBy = new int[64];

  private int listNumber;

  private final KnownLists knownLists = new KnownLists();

  /// The list at hand, if it was met before.
  private int knownList = KnownLists.UNKNOWN;

  /// The bytes of the list, if not.
  private byte @Nullable [] writtenList;

  /// Where the last of them stands in the document.
  private long writtenListEnd;

  TagListReader(JsonCursor json, EnvironmentBuilder environment) {
    this.json = json;
    this.problems = json.problems();
    this.environment = environment;
  }

  /// Forgets the list that was read last.
  void start() {
    carriedCount = 0;
    knownList = KnownLists.UNKNOWN;
    writtenList = null;
    listNumber++;
  }

  /// Adds a VM that carries the tags that were read, as [EnvironmentBuilder#addVm] does.
  int addVm(Utf8Text id, byte @Nullable [] name, int nameLength) {
    int vm =
        knownList == KnownLists.UNKNOWN
            ? environment.addVm(id.bytes(), id.length(), name, nameLength, carried, carriedCount)
            : environment.addVm(id.bytes(), id.length(), name, nameLength, knownList);
    if (vm >= 0 && writtenList != null) {
      knownLists.add(writtenList, environment.tagListOf(vm));
    }
    return vm;
  }

  /// Reads the tags, each once.
  ///
  /// @return whether this is an empty list
  boolean read(JsonToken value) {
    if (value != JsonToken.START_ARRAY) {
      problems.add(
          value == JsonToken.VALUE_NULL ? MISSING_FIELD : WRONG_TYPE,
          "tags is " + json.typeOfValue(),
          json.spot(),
          () -> "tags is " + json.shownValue(),
          value == JsonToken.VALUE_STRING
              ? "write a list, [" + Quoted.value(json.text()) + "]"
              : "write a list, [] if the VM has no tags");
      json.skipValue();
      return false;
    }
    if (passKnownList()) {
      return false;
    }
    JsonToken element = json.next();
    if (element == JsonToken.END_ARRAY) {
      writtenList = null;
      return true;
    }
    int elements = 0;
    for (; element != JsonToken.END_ARRAY; element = json.next()) {
      if (json.readBounded(element, "a tag", tag) && isNamed()) {
        carry(environment.tag(tag.bytes(), 0, tag.length()));
      }
      elements++;
    }
    if (elements != carriedCount || json.offset() != writtenListEnd) {
      writtenList = null;
    }
    return false;
  }

  private boolean isNamed() {
    if (tag.length() == 0) {
      problems.add(
          EMPTY_FIELD, json.spot(), "a tag is empty", "name the tag, or take it out of the list");
    }
    return tag.length() > 0;
  }

  /// Whether the list that starts here was met before, and if so passes over it. If not, takes a
  /// copy of what may be the whole of it: up to the next bracket, which may yet turn out to stand
  /// within a tag.
  private boolean passKnownList() {
    writtenList = null;
    Utf8Stream stream = json.stream();
    long start = json.offset();
    int from = stream.inWindow(start);
    int end = from < 0 ? -1 : stream.next(from, ']');
    if (end < 0) {
      return false;
    }
    knownList = knownLists.find(stream.window(), from, end + 1);
    if (knownList == KnownLists.UNKNOWN) {
      if (knownLists.takes(end + 1 - from)) {
        writtenList = Arrays.copyOfRange(stream.window(), from, end + 1);
        writtenListEnd = start + end - from;
      }
      return false;
    }
    while (json.next() != JsonToken.END_ARRAY) {
      // The parser has yet to see what the list's bytes told.
    }
    return true;
  }

  private void carry(int number) {
    if (number >= lastNamedBy.length) {
      lastNamedBy = Arrays.copyOf(lastNamedBy, Math.max(number + 1, lastNamedBy.length * 2));
    }
    if (lastNamedBy[number] == listNumber) {
      problems.add(
          DUPLICATE_TAG,
          "tags",
          json.spot(),
          () -> "the VM names the tag " + Quoted.value(json.text()) + " twice",
          "remove one");
      return;
    }
    lastNamedBy[number] = listNumber;
    if (carriedCount == carried.length) {
      carried = Arrays.copyOf(carried, carriedCount * 2);
    }
    carried[carriedCount++] = number;
  }
}
