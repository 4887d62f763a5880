package io.surfacescan.importers.cloud;

import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.Quoted;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.ProblemKind;
import java.util.List;

/// A key of an export that nobody reads, and that looks like one which decides what a rule means.
///
/// @param meant the key that it looks like
/// @param spot where its value starts
public record SimilarKey(String key, String meant, SourceOffset spot) {
  /// Tells of keys in rules: what they hold would be lost, and attackers with it.
  ///
  /// @param what has the keys, such as `a firewall rule`
  public static void tell(ProblemLog problems, String what, List<SimilarKey> keys) {
    for (SimilarKey some : keys) {
      String shown = Quoted.value(some.key);
      problems.add(
          ProblemKind.UNSUPPORTED_KEY,
          some.spot,
          what + " has the key " + shown + ", which is not known, so what it holds would be lost",
          "write \"" + some.meant + "\" if that is meant, or take " + shown + " out");
    }
  }
}
