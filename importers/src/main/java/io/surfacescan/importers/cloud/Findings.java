package io.surfacescan.importers.cloud;

import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.text.TerminalText;
import java.util.SortedMap;

/// What there is to say of an export as a whole: none of it keeps the export from being used.
///
/// @param problems gets what is found
/// @param leftOut how many resources of a kind can neither attack nor be attacked
/// @param page of the documentation that tells what is not read
public record Findings(ProblemLog problems, SortedMap<String, Long> leftOut, String page) {
  private static final int CHARS_MOST = 300;

  /// The text as a terminal may show it: ids of an export may hold anything.
  private static String shown(String text) {
    String plain = TerminalText.plain(text);
    return plain.length() > CHARS_MOST
        ? plain.substring(0, plain.offsetByCodePoints(0, plain.codePointCount(0, CHARS_MOST))) + "…"
        : plain;
  }

  public void leftOut(String what) {
    leftOut.merge(what, 1L, Long::sum);
  }

  /// A rule that allows ranges which no host has: it looks as if it let someone in.
  public void allowsDocumentation() {
    leftOut("rules about addresses of documentation, which no host has");
  }

  public void dangling(SourceOffset spot, String what, String remedy) {
    problems.add(ProblemKind.DANGLING_REFERENCE, spot, shown(what), remedy);
  }

  public void absent(SourceOffset spot, String what, String remedy) {
    problems.add(ProblemKind.ABSENT_LAYER, spot, shown(what), remedy);
  }

  public void assumed(SourceOffset spot, String what, String remedy) {
    problems.add(ProblemKind.ASSUMPTION, spot, shown(what), remedy);
  }

  public void notModelled(SourceOffset spot, String what) {
    problems.add(
        ProblemKind.UNREAD_RESOURCE,
        spot,
        shown(what) + " is not read",
        "see " + page + " for what that means");
  }

  public void sharedId(SourceOffset spot, String id) {
    problems.add(
        ProblemKind.SHARED_ID,
        spot,
        "the id " + shown(id) + " stands for different things in different accounts or regions",
        "use the ids with the account and region before them");
  }
}
