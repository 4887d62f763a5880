package io.surfacescan.importers;

import io.surfacescan.importers.json.Source;

/// What a source may hold. Each kind is asked in this order whether it knows the content.
enum InputKind {
  /// The environment document, and whatever no kind before it knows: its reader says what is wrong.
  DOCUMENT {
    @Override
    boolean knows(Source source) {
      return true;
    }
  };

  /// Whether a source is of this kind, by a look at its content.
  abstract boolean knows(Source source);

  static InputKind of(Source source) {
    for (InputKind kind : values()) {
      if (kind.knows(source)) {
        return kind;
      }
    }
    throw new AssertionError("the last kind takes whatever is left");
  }
}
