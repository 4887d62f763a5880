package io.surfacescan.questions.real;

import io.surfacescan.model.Edits;
import io.surfacescan.model.Edits.RuleName;
import io.surfacescan.model.Edits.RuleScope;
import io.surfacescan.model.Environment;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.Origin;
import io.surfacescan.model.Services;
import io.surfacescan.model.TooLarge;
import io.surfacescan.questions.arguments.Fault;
import io.surfacescan.questions.arguments.Nearest;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.reachability.GateRule;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.Selector;
import io.surfacescan.reachability.lowering.Lowered;
import io.surfacescan.reachability.lowering.Lowering;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Edits of real rules, carried out on the real environment, which is lowered again; what is left
/// to edit is for the environment that comes of it.
///
/// @param after the edited real environment
/// @param rest edits of tags, VMs and rules between tags
public record RealEdits(Lowered after, RealChanges changes, Edits rest) {
  /// What a rule that came beside another is called.
  private static final String ADDED = "/added";

  /// Carries out the edits of real rules; empty if there are none. Cost: the lowering.
  ///
  /// @param whole what was lowered
  /// @param check may throw, to give up the lowering
  /// @throws QuestionRefused if a rule is not there, or the real environment is not known
  public static Optional<RealEdits> of(
      Environment whole, Optional<Lowered> real, Edits edits, Runnable check)
      throws QuestionRefused {
    var reading = new Reading(whole, real, edits);
    var rest = reading.rest();
    if (real.isEmpty() || reading.isEmpty()) {
      return Optional.empty();
    }
    try {
      var after = Lowering.of(reading.apply(real.get().model()), check);
      return Optional.of(new RealEdits(after, reading.changes(), rest));
    } catch (TooLarge e) {
      throw new QuestionRefused(new Fault.EditsTooLarge(String.valueOf(e.getMessage())));
    }
  }

  /// Edits in which no real rule is named: narrowed rules of a document are removed, and added with
  /// fewer services.
  public static Edits ofDocument(Environment environment, Edits edits) throws QuestionRefused {
    if (edits.narrowedRules().isEmpty() && edits.likeRules().isEmpty()) {
      return edits;
    }
    var removed = new ArrayList<>(edits.removedRules());
    var added = new ArrayList<>(edits.addedRules());
    for (RuleScope scope : edits.narrowedRules()) {
      removed.add(new RuleName.WithId(scope.rule()));
      added.addAll(beside(environment, scope, true));
    }
    for (RuleScope scope : edits.likeRules()) {
      added.addAll(beside(environment, scope, false));
    }
    return new Edits(removed, added, edits.removedTags(), edits.addedTags(), edits.removedVms());
  }

  private static List<FirewallRule> beside(
      Environment environment, RuleScope scope, boolean isNarrowed) throws QuestionRefused {
    if (!scope.peers().isEmpty()) {
      throw new QuestionRefused(new Fault.NeedsExport(scope.rule()));
    }
    var rules = environment.rulesWithId(scope.rule());
    if (rules.isEmpty()) {
      throw new QuestionRefused(new Fault.UnknownRealRule(scope.rule(), List.of()));
    }
    var beside = new ArrayList<FirewallRule>();
    for (int rule : rules) {
      var known = environment.rule(rule);
      var services = isNarrowed ? known.services().and(scope.services()) : scope.services();
      if (!services.isEmpty()) {
        beside.add(
            new FirewallRule(
                known.id(), known.sourceTag(), known.destTag(), services, known.assumed()));
      }
    }
    return beside;
  }

  /// Edits held against what there is.
  private static final class Reading {
    private final Optional<Lowered> real;
    private final Edits edits;
    private final SortedMap<String, Origin> realRules;
    private final Environment whole;

    /// The ids of rules between tags.
    private final Set<String> ruleIds = new HashSet<>();

    private final Set<String> removed = new HashSet<>();
    private final List<RealChanges.Changed> narrowed = new ArrayList<>();
    private final List<RealChanges.Changed> added = new ArrayList<>();

    Reading(Environment whole, Optional<Lowered> real, Edits edits) {
      this.whole = whole;
      this.real = real;
      this.edits = edits;
      realRules = real.map(lowered -> lowered.model().realRules()).orElseGet(TreeMap::new);
      if (whole.hasRuleDetails() || real.isPresent()) {
        for (int rule = 0; rule < whole.ruleCount(); rule++) {
          if (whole.hasRuleId(rule)) {
            ruleIds.add(whole.ruleIds().get(rule));
          }
        }
      }
    }

    /// Reads what is about real rules, and gives the others.
    Edits rest() throws QuestionRefused {
      var others = new ArrayList<RuleName>();
      for (RuleName name : edits.removedRules()) {
        if (name instanceof RuleName.WithId(String id) && !ruleIds.contains(id) && isReal(id)) {
          removed.add(id);
        } else {
          others.add(name);
        }
      }
      if (real.isPresent()) {
        read(edits.narrowedRules(), narrowed);
        read(edits.likeRules(), added);
      }
      return new Edits(
          others, edits.addedRules(), edits.removedTags(), edits.addedTags(), edits.removedVms());
    }

    /// Whether an id is that of a real rule, in an environment that has some.
    private boolean isReal(String id) throws QuestionRefused {
      if (realRules.containsKey(id)) {
        return true;
      }
      if (real.isPresent()) {
        throw new QuestionRefused(unknown(id));
      }
      for (int rule = 0; whole.hasRuleDetails() && rule < whole.ruleCount(); rule++) {
        if (whole.ruleDetails(rule).origins().stream().anyMatch(each -> each.id().equals(id))) {
          throw new QuestionRefused(new Fault.NeedsExport(id));
        }
      }
      return false;
    }

    private Fault unknown(String id) {
      return new Fault.UnknownRealRule(id, Nearest.texts(realRules.keySet(), id));
    }

    private void read(List<RuleScope> scopes, List<RealChanges.Changed> changed)
        throws QuestionRefused {
      for (RuleScope scope : scopes) {
        var rule = realRules.get(scope.rule());
        if (rule == null) {
          throw new QuestionRefused(unknown(scope.rule()));
        }
        changed.add(new RealChanges.Changed(rule, scope));
      }
    }

    boolean isEmpty() {
      return removed.isEmpty() && narrowed.isEmpty() && added.isEmpty();
    }

    RealChanges changes() {
      return new RealChanges(
          realRules.values().stream().filter(rule -> removed.contains(rule.id())).toList(),
          narrowed,
          added);
    }

    ReachabilityModel apply(ReachabilityModel model) {
      var fewer = removed.isEmpty() ? model : model.without(removed);
      if (narrowed.isEmpty() && added.isEmpty()) {
        return fewer;
      }
      var narrowing = byRule(narrowed);
      var adding = byRule(added);
      return fewer.with(rule -> {
        var rules = new ArrayList<GateRule>();
        var left = rule;
        for (RuleScope scope : narrowing.getOrDefault(rule.id(), List.of())) {
          left = narrowed(left, scope);
        }
        if (!left.services().isEmpty() || !left.portNames().isEmpty()) {
          rules.add(left);
        }
        for (RuleScope scope : adding.getOrDefault(rule.id(), List.of())) {
          rules.add(like(rule, scope));
        }
        return rules;
      });
    }

    private static Map<String, List<RuleScope>> byRule(List<RealChanges.Changed> changed) {
      return changed.stream()
          .map(RealChanges.Changed::scope)
          .collect(Collectors.groupingBy(RuleScope::rule));
    }

    private static GateRule narrowed(GateRule rule, RuleScope scope) {
      return new GateRule(
          rule.id(),
          rule.place(),
          rule.action(),
          rule.targets(),
          scope.peers().isEmpty()
              ? rule.peers()
              : Selector.allOf(rule.peers(), new Selector.Within(scope.peers())),
          rule.services().and(scope.services()),
          rule.portNames().stream().map(name -> name.within(scope.services())).toList(),
          rule.text() + ", narrowed to " + scope.words());
    }

    private static GateRule like(GateRule rule, RuleScope scope) {
      boolean hasServices = !scope.services().equals(Services.ALL);
      return new GateRule(
          rule.id() + ADDED,
          Optional.empty(),
          GateRule.Action.ALLOW,
          rule.targets(),
          scope.peers().isEmpty() ? rule.peers() : new Selector.Within(scope.peers()),
          hasServices ? scope.services() : rule.services(),
          hasServices ? List.of() : rule.portNames(),
          "allow " + scope.words() + ", like " + rule.id());
    }
  }
}
