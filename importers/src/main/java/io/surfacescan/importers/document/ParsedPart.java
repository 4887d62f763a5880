package io.surfacescan.importers.document;

import io.surfacescan.importers.json.OffsetColumn;
import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.model.EnvironmentBuilder;
import java.util.List;

/// What one document, or one piece of it, came to.
///
/// @param vmSpots where each VM's id stands
/// @param ruleSpots where each rule starts
/// @param notJson whether reading ended at something that [io.surfacescan.importers.json.JsonFault]
///   has yet to name
/// @param topKeys the keys of the documents themselves, in their order; a document that is one VM
///   or rule counts as its list
/// @param documents how many documents it has, the last of which may go on in the next piece
/// @param lastList the last list of VMs or rules that was read
record ParsedPart(
    EnvironmentBuilder environment,
    OffsetColumn vmSpots,
    OffsetColumn ruleSpots,
    ProblemLog problems,
    boolean notJson,
    List<String> topKeys,
    int documents,
    ListEnd lastList) {

  static ParsedPart nothing() {
    return new ParsedPart(
        new EnvironmentBuilder(),
        new OffsetColumn(),
        new OffsetColumn(),
        new ProblemLog(),
        false,
        List.of(),
        0,
        ListEnd.NONE);
  }

  /// The same with the problems and the keys of more parts.
  ParsedPart with(ProblemLog others, List<String> keys) {
    return new ParsedPart(
        environment, vmSpots, ruleSpots, others, notJson, keys, documents, lastList);
  }

  /// Where a list of VMs or rules ended.
  ///
  /// @param key its key
  /// @param end the offset behind its closing bracket
  record ListEnd(String key, long end) {
    static final ListEnd NONE = new ListEnd("", -1);
  }
}
