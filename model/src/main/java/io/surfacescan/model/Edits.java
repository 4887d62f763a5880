package io.surfacescan.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Changes to an environment as a person writes them: ids and tags as texts.
///
/// They say what goes and what comes; their order does not matter. What goes must be there, what
/// comes may be. [EditedEnvironment] holds them against an environment.
///
/// @param removedRules which rules go; each must name one rule or more
/// @param addedRules rules that come, behind the ones there are; their tags need not be carried by
///   any VM
/// @param removedTags tags that VMs no longer carry
/// @param addedTags tags that VMs carry from now on, behind their others
/// @param removedVms the ids of VMs that go
/// @param narrowedRules rules that are left for a part of what they allow
/// @param likeRules rules that come beside others, which they are like
public record Edits(
    List<RuleName> removedRules,
    List<FirewallRule> addedRules,
    List<TagOfVm> removedTags,
    List<TagOfVm> addedTags,
    List<String> removedVms,
    List<RuleScope> narrowedRules,
    List<RuleScope> likeRules) {
  /// How rules that go are named.
  public sealed interface RuleName {
    /// All rules with this id: input may give one id to several.
    record WithId(String id) implements RuleName {}

    /// All rules from the one tag to the other, whatever their ids.
    record WithTags(String sourceTag, String destTag) implements RuleName {}
  }

  /// One tag on one VM.
  public record TagOfVm(String vmId, String tag) {}

  /// What a rule is to be about.
  ///
  /// @param rule the id of one rule or more
  /// @param services all if that is not said
  /// @param peers addresses of the other side; none if that is not said
  public record RuleScope(String rule, Services services, List<AddressRange> peers) {
    public RuleScope {
      peers = List.copyOf(peers);
    }

    /// `tcp/22, 10.0.0.0/8`
    public String words() {
      var words = new ArrayList<String>();
      if (!services.isAll() || peers.isEmpty()) {
        words.add(services.toString());
      }
      peers.forEach(range -> words.add(range.toString()));
      return String.join(", ", words);
    }
  }

  public static final Edits NONE = new Edits(List.of(), List.of(), List.of(), List.of(), List.of());

  /// Edits without rules that are narrowed or come beside others.
  public Edits(
      List<RuleName> removedRules,
      List<FirewallRule> addedRules,
      List<TagOfVm> removedTags,
      List<TagOfVm> addedTags,
      List<String> removedVms) {
    this(removedRules, addedRules, removedTags, addedTags, removedVms, List.of(), List.of());
  }

  public Edits {
    removedRules = List.copyOf(removedRules);
    addedRules = List.copyOf(addedRules);
    removedTags = List.copyOf(removedTags);
    addedTags = List.copyOf(addedTags);
    removedVms = List.copyOf(removedVms);
    narrowedRules = List.copyOf(narrowedRules);
    likeRules = List.copyOf(likeRules);
  }

  /// These edits and others, at once.
  public Edits and(Edits others) {
    return new Edits(
        both(removedRules, others.removedRules),
        both(addedRules, others.addedRules),
        both(removedTags, others.removedTags),
        both(addedTags, others.addedTags),
        both(removedVms, others.removedVms),
        both(narrowedRules, others.narrowedRules),
        both(likeRules, others.likeRules));
  }

  private static <T> List<T> both(List<T> some, List<T> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  /// How many changes these are.
  public int count() {
    return removedRules.size()
        + addedRules.size()
        + removedTags.size()
        + addedTags.size()
        + removedVms.size()
        + narrowedRules.size()
        + likeRules.size();
  }
}
