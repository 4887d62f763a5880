package io.surfacescan.snapshot;

/// What stands before each value in a column of values.
final class FactCodes {
  /// A value that stands in the column already: its number follows.
  static final int KNOWN = 0;

  static final int LATIN_TEXT = 1;
  static final int WIDE_TEXT = 2;
  static final int LIST = 3;
  static final int NOTHING = 4;
  static final int SOME = 5;
  static final int COUNTS = 6;
  static final int SERVICES = 7;
  static final int PLACE = 8;
  static final int ORIGIN = 9;
  static final int PROBLEM = 10;
  static final int VM_DETAILS = 11;
  static final int RULE_DETAILS = 12;
  static final int RANGE = 13;
  static final int MARKS = 14;
  static final int NAMED_PORT = 15;
  static final int INTERFACE = 16;
  static final int ENDPOINT = 17;
  static final int OUTSIDE = 18;
  static final int PORT_NAME = 19;
  static final int GATE_RULE = 20;
  static final int SUBJECT = 21;
  static final int TIER = 22;
  static final int GATE = 23;
  static final int LINK = 24;
  static final int EVERYONE = 25;
  static final int MARKED = 26;
  static final int WITHIN = 27;
  static final int ALL_OF = 28;
  static final int ANY_OF = 29;
  static final int NOT = 30;
  static final int UNKNOWN = 31;
  static final int EXTERNAL = 32;
  static final int EXPORT_PART = 33;

  /// A kind of problem, whose name follows; the other enums likewise.
  static final int PROBLEM_KIND = 34;

  static final int VM_KIND = 35;
  static final int PROTOCOL = 36;
  static final int DIRECTION = 37;
  static final int ACTION = 38;
  static final int OTHERWISE = 39;
  static final int INPUT_FORMAT = 40;

  private FactCodes() {}
}
