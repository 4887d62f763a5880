package io.surfacescan.statistics;

import java.util.List;
import java.util.Map;

/// What the two kinds of database call differently where tables are made.
///
/// @param scripts what the scripts leave open, by the names that they have for it
/// @param begin opens a transaction in which no other program makes tables
/// @param hasHistory counts the tables with the name of the history
/// @param time the type of a moment, with the present one as the default
/// @param user who is connected
record Dialect(
    Map<String, String> scripts, List<String> begin, String hasHistory, String time, String user) {
  static final Dialect SQLITE =
      new Dialect(
          Map.of("bytes", "BLOB", "only_in_a_file", ""),
          List.of("BEGIN IMMEDIATE"),
          "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '"
              + Schema.HISTORY
              + "'",
          "TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now'))",
          "''");

  /// Any number that no other program is likely to lock.
  private static final long LOCK = 6_073_290_518_811_247_663L;

  static final Dialect POSTGRESQL =
      new Dialect(
          Map.of("bytes", "BYTEA", "only_in_a_file", "-- "),
          List.of("BEGIN", "SELECT pg_advisory_xact_lock(" + LOCK + ")"),
          "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = '"
              + Schema.HISTORY
              + "'",
          "TIMESTAMP NOT NULL DEFAULT now()",
          "current_user");
}
