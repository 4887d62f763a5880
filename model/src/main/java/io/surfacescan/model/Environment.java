package io.surfacescan.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The VMs and firewall rules of one cloud environment, columnar and immutable.
///
/// `vm`, `rule`, `tag` and `list` are dense indexes from 0 in input order. VMs that name the same
/// tags in the same order share one *tag list*. A tag that only rules name is a tag too, with an
/// index after those seen before it.
public final class Environment {
  private final TextIndex ids;
  private final Texts names;
  private final BitSet unnamed;
  private final int[] listOfVm;
  private final IntLists tagLists;
  private final TextIndex tags;
  private final Texts ruleIds;
  private final BitSet rulesWithoutId;
  private final int[] sourceTags;
  private final int[] destTags;

  /// Built when a name is first looked up.
  private volatile @Nullable NameIndex nameIndex;

  Environment(
      TextIndex ids,
      Texts names,
      BitSet unnamed,
      int[] listOfVm,
      IntLists tagLists,
      TextIndex tags,
      Texts ruleIds,
      BitSet rulesWithoutId,
      int[] sourceTags,
      int[] destTags) {
    this.ids = ids;
    this.names = names;
    this.unnamed = unnamed;
    this.listOfVm = listOfVm;
    this.tagLists = tagLists;
    this.tags = tags;
    this.ruleIds = ruleIds;
    this.rulesWithoutId = rulesWithoutId;
    this.sourceTags = sourceTags;
    this.destTags = destTags;
  }

  public int vmCount() {
    return ids.size();
  }

  public int ruleCount() {
    return sourceTags.length;
  }

  public int tagCount() {
    return tags.size();
  }

  /// The VM with exactly this id.
  public OptionalInt findVm(String id) {
    return ids.find(id);
  }

  /// The name of a VM, if it has one.
  public Optional<String> vmName(int vm) {
    return unnamed.get(vm) ? Optional.empty() : Optional.of(names.get(vm));
  }

  /// The VMs' names, empty for a VM without one; see [#vmName].
  public Texts vmNames() {
    return names;
  }

  /// The first VMs with exactly this name, in input order: names need not be unique, and no VM has
  /// the empty one. The first call costs a pass over all names, and calls made during it wait for
  /// it.
  ///
  /// @param most how many to find at most
  public int[] vmsNamed(String name, int most) {
    return nameIndex().find(name, most);
  }

  private NameIndex nameIndex() {
    var known = nameIndex;
    return known == null ? indexNames() : known;
  }

  private synchronized NameIndex indexNames() {
    var known = nameIndex;
    if (known == null) {
      known = NameIndex.of(names, unnamed);
      nameIndex = known;
    }
    return known;
  }

  public Texts vmIds() {
    return ids.texts();
  }

  public String vmId(int vm) {
    return ids.get(vm);
  }

  public Vm vm(int vm) {
    var carried = new ArrayList<String>(tagLists.length(listOfVm[vm]));
    for (int i = tagLists.start(listOfVm[vm]); i < tagLists.end(listOfVm[vm]); i++) {
      carried.add(tag(tagLists.value(i)));
    }
    return new Vm(vmId(vm), vmName(vm), carried);
  }

  /// The number of the VM's list in [#tagLists].
  public int tagListOf(int vm) {
    return listOfVm[vm];
  }

  /// The distinct tag lists of all VMs: each without duplicates, in the order of the input.
  public IntLists tagLists() {
    return tagLists;
  }

  public Texts tags() {
    return tags.texts();
  }

  public String tag(int tag) {
    return tags.get(tag);
  }

  public OptionalInt findTag(String tag) {
    return tags.find(tag);
  }

  public FirewallRule rule(int rule) {
    return new FirewallRule(
        rulesWithoutId.get(rule) ? Optional.empty() : Optional.of(ruleIds.get(rule)),
        tag(sourceTags[rule]),
        tag(destTags[rule]));
  }

  /// The rules' ids, empty for a rule without one; see [#hasRuleId].
  public Texts ruleIds() {
    return ruleIds;
  }

  /// The rules with exactly this id, ascending: ids need not be unique. Cost: one pass over the
  /// ids.
  public List<Integer> rulesWithId(String id) {
    if (Utf8.hasLoneSurrogate(id)) {
      return List.of();
    }
    byte[] bytes = Utf8.encode(id);
    var found = new ArrayList<Integer>();
    for (int rule = 0; rule < ruleCount(); rule++) {
      if (hasRuleId(rule) && ruleIds.equals(rule, bytes, 0, bytes.length)) {
        found.add(rule);
      }
    }
    return found;
  }

  public boolean hasRuleId(int rule) {
    return !rulesWithoutId.get(rule);
  }

  public int sourceTag(int rule) {
    return sourceTags[rule];
  }

  public int destTag(int rule) {
    return destTags[rule];
  }

  /// How many VMs carry each tag. Cost: one pass over the VMs and one over the lists.
  public int[] vmsPerTag() {
    int[] vmsPerList = new int[tagLists.size()];
    for (int list : listOfVm) {
      vmsPerList[list]++;
    }
    int[] vmsPerTag = new int[tagCount()];
    for (int list = 0; list < vmsPerList.length; list++) {
      for (int i = tagLists.start(list); i < tagLists.end(list); i++) {
        vmsPerTag[tagLists.value(i)] += vmsPerList[list];
      }
    }
    return vmsPerTag;
  }

  /// Whether both have the very same VM columns in memory: the same VMs, each with the same tags.
  @SuppressWarnings("ReferenceEquality") // Sharing is what is asked.
  public boolean sharesVmsWith(Environment other) {
    return ids == other.ids && listOfVm == other.listOfVm && tagLists == other.tagLists;
  }

  /// The same environment with more tags, which nobody carries and no rule names.
  Environment withTags(List<String> more) {
    return new Environment(
        ids,
        names,
        unnamed,
        listOfVm,
        tagLists,
        tags.with(more),
        ruleIds,
        rulesWithoutId,
        sourceTags,
        destTags);
  }

  /// The same environment with other tags on its VMs.
  Environment withTagLists(int[] otherListOfVm, IntLists otherLists) {
    return new Environment(
        ids,
        names,
        unnamed,
        otherListOfVm,
        otherLists,
        tags,
        ruleIds,
        rulesWithoutId,
        sourceTags,
        destTags);
  }

  /// The same environment with fewer and more rules.
  ///
  /// @param removed the rules left out
  /// @param added the rules put behind the others
  /// @param addedTags per rule added, its source tag and its destination tag
  Environment withRules(BitSet removed, List<FirewallRule> added, int[] addedTags) {
    int kept = ruleCount() - removed.cardinality();
    int[] sources = new int[kept + added.size()];
    int[] dests = new int[sources.length];
    var newIds = new Texts.Builder();
    var withoutId = new BitSet();
    for (int rule = 0; rule < ruleCount(); rule++) {
      if (!removed.get(rule)) {
        int place = newIds.add(ruleIds, rule);
        sources[place] = sourceTags[rule];
        dests[place] = destTags[rule];
        withoutId.set(place, rulesWithoutId.get(rule));
      }
    }
    for (int i = 0; i < added.size(); i++) {
      byte[] id = Utf8.encode(added.get(i).id().orElse(""));
      int place = newIds.add(id, 0, id.length);
      sources[place] = addedTags[2 * i];
      dests[place] = addedTags[2 * i + 1];
      withoutId.set(place, added.get(i).id().isEmpty());
    }
    return new Environment(
        ids, names, unnamed, listOfVm, tagLists, tags, newIds.build(), withoutId, sources, dests);
  }

  /// All rules as views, for small environments and tests.
  public List<FirewallRule> rules() {
    var rules = new ArrayList<FirewallRule>(ruleCount());
    for (int rule = 0; rule < ruleCount(); rule++) {
      rules.add(rule(rule));
    }
    return rules;
  }
}
