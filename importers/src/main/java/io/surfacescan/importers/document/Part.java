package io.surfacescan.importers.document;

import io.surfacescan.model.EnvironmentBuilder;
import java.util.List;

/// What one document, or one piece of it, came to.
///
/// @param vmSpots where each VM's id stands
/// @param ruleSpots where each rule starts
/// @param notJson whether reading ended at something that [JsonFault] has yet to name
/// @param topKeys the keys of the document's own object, in their order
/// @param lastList the last list of VMs or rules that was read
record Part(
    EnvironmentBuilder environment,
    Spots vmSpots,
    Spots ruleSpots,
    ProblemLog problems,
    UnknownKeys unknownKeys,
    boolean notJson,
    List<String> topKeys,
    ListEnd lastList) {

  static Part nothing() {
    return new Part(
        new EnvironmentBuilder(),
        new Spots(),
        new Spots(),
        new ProblemLog(),
        new UnknownKeys(),
        false,
        List.of(),
        ListEnd.NONE);
  }

  /// The same with the problems and the keys of more parts.
  Part with(ProblemLog others, List<String> keys) {
    return new Part(environment, vmSpots, ruleSpots, others, unknownKeys, notJson, keys, lastList);
  }

  /// Where a list of VMs or rules ended.
  ///
  /// @param key its key
  /// @param end the offset behind its closing bracket
  record ListEnd(String key, long end) {
    static final ListEnd NONE = new ListEnd("", -1);
  }
}
