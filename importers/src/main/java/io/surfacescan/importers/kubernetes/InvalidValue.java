package io.surfacescan.importers.kubernetes;

import io.surfacescan.importers.json.Quoted;

/// A value that a cluster would not take. Control flow within the reading of one resource.
final class InvalidValue extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Node at;
  private final String what;
  private final String remedy;

  InvalidValue(Node at, String what, String remedy) {
    super(what, null, false, false);
    this.at = at;
    this.what = what;
    this.remedy = remedy;
  }

  static String shown(String value) {
    return Quoted.value(value);
  }

  Node at() {
    return at;
  }

  String what() {
    return what;
  }

  String remedy() {
    return remedy;
  }
}
