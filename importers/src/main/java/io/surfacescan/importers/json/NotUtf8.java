package io.surfacescan.importers.json;

import java.io.IOException;

/// Says that the document is not UTF-8.
final class NotUtf8 extends IOException {
  private static final long serialVersionUID = 1;

  private final long offset;
  private final String what;
  private final String remedy;

  NotUtf8(long offset, String what, String remedy) {
    super(what);
    this.offset = offset;
    this.what = what;
    this.remedy = remedy;
  }

  /// In bytes of the document.
  long offset() {
    return offset;
  }

  String what() {
    return what;
  }

  String remedy() {
    return remedy;
  }
}
