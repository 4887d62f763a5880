package io.surfacescan.importers.document;

import static io.surfacescan.model.ProblemKind.DUPLICATE_FW_ID;
import static io.surfacescan.model.ProblemKind.DUPLICATE_RULE;
import static io.surfacescan.model.ProblemKind.PHANTOM_TAG;

import io.surfacescan.importers.json.OffsetColumn;
import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.Quoted;
import io.surfacescan.model.Environment;

/// What can be said about the firewall rules only when every document is read: rules that repeat
/// another's id or tags, and rules on tags that nobody carries.
final class RuleChecks {
  private final Environment environment;
  private final OffsetColumn spots;
  private final ProblemLog problems;

  /// @param spots where each rule starts
  RuleChecks(Environment environment, OffsetColumn spots, ProblemLog problems) {
    this.environment = environment;
    this.spots = spots;
    this.problems = problems;
  }

  void warnOfDuplicates() {
    warnOfDuplicateIds();
    warnOfDuplicateRules();
  }

  /// A rule expanded over several tags is one rule, whose id its parts share.
  private void warnOfDuplicateIds() {
    var ids = environment.ruleIds();
    new SharedRuleIds(environment)
        .forEachThatIsNoExpansion((first, rule) ->
            problems.add(
                DUPLICATE_FW_ID,
                "fw_id",
                spots.get(rule),
                () -> "fw_id " + Quoted.value(ids.get(rule)) + " is that of different rules",
                spots.get(first),
                "give each firewall rule its own id"));
  }

  private void warnOfDuplicateRules() {
    var first = new FirstLike(environment.ruleCount(), this::hashOfContent, this::compareContent);
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      int earlier = first.of(rule);
      if (earlier != rule) {
        int duplicate = rule;
        problems.add(
            DUPLICATE_RULE,
            "rule",
            spots.get(rule),
            () ->
                "the rule from "
                    + shownTag(environment.sourceTag(duplicate))
                    + " to "
                    + shownTag(environment.destTag(duplicate))
                    + " stands twice",
            spots.get(earlier),
            "remove one");
      }
    }
  }

  /// Warns once per rule. Must not be asked when a document was not understood: its VMs might carry
  /// the tags.
  void warnOfPhantomTags() {
    int[] vmsPerTag = environment.vmsPerTag();
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      int source = environment.sourceTag(rule);
      int dest = environment.destTag(rule);
      boolean sourceIsCarried = vmsPerTag[source] > 0;
      boolean destIsCarried = vmsPerTag[dest] > 0;
      if (!sourceIsCarried || !destIsCarried) {
        problems.add(
            PHANTOM_TAG,
            (sourceIsCarried ? "" : source + "→") + (destIsCarried ? "" : "→" + dest),
            spots.get(rule),
            () -> phantom(source, sourceIsCarried, dest, destIsCarried),
            "correct the rule, which allows nothing, or remove it");
      }
    }
  }

  private String phantom(int source, boolean sourceIsCarried, int dest, boolean destIsCarried) {
    if (sourceIsCarried) {
      return "no VM carries the dest_tag " + shownTag(dest);
    }
    if (destIsCarried) {
      return "no VM carries the source_tag " + shownTag(source);
    }
    return source == dest
        ? "no VM carries the source_tag or the dest_tag " + shownTag(source)
        : "no VM carries the source_tag %s or the dest_tag %s"
            .formatted(shownTag(source), shownTag(dest));
  }

  private int hashOfContent(int rule) {
    return environment.hasRuleDetails()
        ? FirstLike.hash(tagPair(rule), details(rule).hashCode())
        : FirstLike.hash(tagPair(rule));
  }

  /// Rules that differ in services or certainty are different, whatever their tags.
  private int compareContent(int left, int right) {
    int pairs = Long.compare(tagPair(left), tagPair(right));
    return pairs != 0 || !environment.hasRuleDetails()
        ? pairs
        : details(left).compareTo(details(right));
  }

  private String details(int rule) {
    var details = environment.ruleDetails(rule);
    return details.services() + "\n" + details.assumed();
  }

  private long tagPair(int rule) {
    return SharedRuleIds.tagPair(environment, rule);
  }

  private String shownTag(int tag) {
    return Quoted.value(environment.tag(tag));
  }
}
