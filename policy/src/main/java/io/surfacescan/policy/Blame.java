package io.surfacescan.policy;

import io.surfacescan.model.Environment;
import io.surfacescan.model.Origin;
import io.surfacescan.text.TerminalText;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/// Which real rules let an attack in, and how firewall rules are named for people who are to change
/// them.
public final class Blame {
  private static final int NAMED_MOST = 3;

  private Blame() {}

  /// The real rules that a firewall rule comes from, without those for what leaves and without
  /// network ACLs, which are mostly open; all of them if there are no others. None if the input
  /// names none.
  public static List<Origin> origins(Environment environment, int rule) {
    if (!environment.hasRuleDetails()) {
      return List.of();
    }
    var origins = environment.ruleDetails(rule).origins();
    var inbound = origins.stream().filter(Origin::isInbound).toList();
    return inbound.isEmpty() ? origins : inbound;
  }

  /// The first few rules, fit for a line: `fw-1 (ssh -> dev) and fw-2 (web -> dev)`, or real rules
  /// by their ids.
  ///
  /// @param joint what stands between the last two
  public static String words(Environment environment, Collection<Integer> rules, String joint) {
    var words = new LinkedHashSet<String>();
    for (int rule : rules) {
      var origins = origins(environment, rule);
      if (origins.isEmpty()) {
        words.add(words(environment, rule));
      }
      origins.forEach(origin -> words.add(origin.id()));
    }
    var shown = words.stream().limit(NAMED_MOST).map(TerminalText::plain).toList();
    int more = words.size() - shown.size();
    return more > 0 ? String.join(", ", shown) + joint + more + " more" : String.join(joint, shown);
  }

  /// A firewall rule by its id and tags, or tags alone.
  private static String words(Environment environment, int rule) {
    var view = environment.rule(rule);
    String tags = view.sourceTag() + " -> " + view.destTag();
    return view.id().map(id -> id + " (" + tags + ")").orElse("the rule " + tags);
  }
}
