package io.surfacescan.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// The VMs and firewall rules of one cloud environment, columnar and immutable.
///
/// `vm`, `rule`, `tag` and `list` are dense indexes from 0 in input order. VMs that name the same
/// tags in the same order share one *tag list*. A tag that only rules name is a tag too, with an
/// index after those seen before it.
public final class Environment {
  /// The second stands for addresses of IPv6 that may do other than those of IPv4.
  private static final List<String> INTERNET = List.of("internet", "internet-ipv6");

  private final VmColumns vms;
  private final TextIndex tags;
  private final RuleColumns rules;
  private final boolean isComplete;

  /// Built when a name is first looked up.
  private volatile @Nullable NameIndex nameIndex;

  /// Built when an address is first looked up.
  private volatile @Nullable AddressIndex addressIndex;

  private final int externalCount;

  Environment(VmColumns vms, TextIndex tags, RuleColumns rules, boolean isComplete) {
    this(vms, tags, rules, isComplete, vms.externalCount());
  }

  private Environment(
      VmColumns vms, TextIndex tags, RuleColumns rules, boolean isComplete, int externalCount) {
    this.vms = vms;
    this.tags = tags;
    this.rules = rules;
    this.isComplete = isComplete;
    this.externalCount = externalCount;
  }

  /// Hands all columns over, those too that were not asked for yet.
  public void write(ColumnSink sink) {
    vms.write(sink);
    tags.write(sink, "tags");
    rules.write(sink);
    sink.ints("environment", new int[] {isComplete ? 1 : 0, externalCount});
  }

  /// The environment that was handed over. Columns that most questions leave alone are fetched when
  /// they are first needed.
  public static Environment read(ColumnSource source) {
    int[] own = source.ints("environment");
    return new Environment(
        VmColumns.read(source),
        TextIndex.read(source, "tags"),
        RuleColumns.read(source),
        own[0] == 1,
        own[1]);
  }

  /// Whether its source had all layers that may allow or forbid something, such as route tables and
  /// policies. If not, answers may be wrong.
  public boolean isComplete() {
    return isComplete;
  }

  /// The same environment, of a source that lacks a layer.
  public Environment incomplete() {
    return new Environment(vms, tags, rules, false);
  }

  /// How many VMs the columns have, with what stands for addresses outside: indexes are below it.
  public int vmCount() {
    return vms.count();
  }

  /// How many of them stand for addresses outside.
  public int externalCount() {
    return externalCount;
  }

  /// How many VMs there are for people: without what stands for addresses outside.
  public int countedVms() {
    return vmCount() - externalCount;
  }

  public int ruleCount() {
    return rules.count();
  }

  public int tagCount() {
    return tags.size();
  }

  /// The VM with exactly this id.
  public OptionalInt findVm(String id) {
    return vms.ids().find(id);
  }

  /// Per VM, the VM with the same id in another environment, or -1.
  public int[] vmsIn(Environment other) {
    return vms.ids().among(other.vms.ids());
  }

  /// The name of a VM, if it has one.
  public Optional<String> vmName(int vm) {
    return vms.name(vm);
  }

  /// What the VM is besides its tags.
  public VmDetails vmDetails(int vm) {
    return vms.details(vm);
  }

  public VmKind vmKind(int vm) {
    return DetailColumn.get(vms.details(), vm, VmDetails.NONE).kind();
  }

  /// Where the VM stands, if the input says so.
  public Optional<String> vmScope(int vm) {
    return DetailColumn.get(vms.details(), vm, VmDetails.NONE).scope();
  }

  /// The VM's labels, as `key=value`.
  public List<String> vmLabels(int vm) {
    return DetailColumn.get(vms.details(), vm, VmDetails.NONE).labels();
  }

  /// Whether any VM has details; if not, each is [VmDetails#NONE].
  public boolean hasVmDetails() {
    return vms.details() != null || vms.addresses() != null;
  }

  /// What stands for all addresses outside that no rule tells apart; nothing if the environment has
  /// no internet.
  public int[] internet() {
    return externalCount == 0
        ? new int[0]
        : INTERNET.stream()
            .flatMapToInt(id -> findVm(id).stream())
            .filter(vm -> vmKind(vm) == VmKind.EXTERNAL)
            .toArray();
  }

  /// Whether a VM of this id and kind is one of [#internet].
  public static boolean isInternet(String id, VmKind kind) {
    return kind == VmKind.EXTERNAL && INTERNET.contains(id);
  }

  /// The VMs' names, empty for a VM without one; see [#vmName].
  public Texts vmNames() {
    return vms.names().get();
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
      known = NameIndex.of(vms.names().get(), vms.unnamed().get());
      nameIndex = known;
    }
    return known;
  }

  /// The first VMs among some that are known by an IP address, else those known by the narrowest
  /// range that holds it, in input order. The first call costs a pass over all addresses, and calls
  /// made during it wait for it.
  ///
  /// @param address a single one
  /// @param most how many to find at most
  public int[] vmsAt(AddressRange address, IntPredicate among, int most) {
    return vms.addresses() == null ? new int[0] : addressIndex().find(address, among, most);
  }

  private AddressIndex addressIndex() {
    var known = addressIndex;
    return known == null ? indexAddresses() : known;
  }

  private synchronized AddressIndex indexAddresses() {
    var known = addressIndex;
    if (known == null) {
      known = AddressIndex.of(Objects.requireNonNull(vms.addresses()).get());
      addressIndex = known;
    }
    return known;
  }

  public Texts vmIds() {
    return vms.ids().texts();
  }

  public String vmId(int vm) {
    return vms.ids().get(vm);
  }

  public Vm vm(int vm) {
    var lists = tagLists();
    int list = tagListOf(vm);
    var carried = new ArrayList<String>(lists.length(list));
    for (int i = lists.start(list); i < lists.end(list); i++) {
      carried.add(tag(lists.value(i)));
    }
    return new Vm(vmId(vm), vmName(vm), carried);
  }

  /// The number of the VM's list in [#tagLists].
  public int tagListOf(int vm) {
    return vms.listOfVm()[vm];
  }

  /// The distinct tag lists of all VMs: each without duplicates, in the order of the input.
  public IntLists tagLists() {
    return vms.tagLists();
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
        hasRuleId(rule) ? Optional.of(ruleIds().get(rule)) : Optional.empty(),
        tag(sourceTag(rule)),
        tag(destTag(rule)),
        services(rule),
        ruleDetails(rule).assumed());
  }

  /// What the rule says besides its tags.
  public RuleDetails ruleDetails(int rule) {
    return rules.details(rule);
  }

  /// What the rule lets through.
  public Services services(int rule) {
    return rules.details(rule).services();
  }

  /// Whether any rule has details; if not, each is [RuleDetails#NONE].
  public boolean hasRuleDetails() {
    return rules.details() != null;
  }

  /// The rules' ids, empty for a rule without one; see [#hasRuleId].
  public Texts ruleIds() {
    return rules.ids().get();
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
      if (hasRuleId(rule) && ruleIds().equals(rule, bytes, 0, bytes.length)) {
        found.add(rule);
      }
    }
    return found;
  }

  public boolean hasRuleId(int rule) {
    return rules.hasId(rule);
  }

  public int sourceTag(int rule) {
    return rules.sourceTags()[rule];
  }

  public int destTag(int rule) {
    return rules.destTags()[rule];
  }

  /// How many VMs carry each tag. Cost: one pass over the VMs and one over the lists.
  public int[] vmsPerTag() {
    return vms.countByTag(tagCount());
  }

  /// Whether both have the very same VM columns in memory: the same VMs, each with the same tags.
  public boolean sharesVmsWith(Environment other) {
    return vms.shareTagsWith(other.vms);
  }

  /// The same environment with more tags, which nobody carries and no rule names.
  Environment withTags(List<String> more) {
    return new Environment(vms, tags.with(more), rules, isComplete);
  }

  /// The same environment with other tags on its VMs.
  Environment withTagLists(int[] listOfVm, IntLists tagLists) {
    return new Environment(vms.withTagLists(listOfVm, tagLists), tags, rules, isComplete);
  }

  /// The same environment with fewer and more rules.
  ///
  /// @param removed the rules left out
  /// @param added the rules put behind the others
  /// @param addedTags per rule added, its source tag and its destination tag
  Environment withRules(BitSet removed, List<FirewallRule> added, int[] addedTags) {
    return new Environment(vms, tags, rules.with(removed, added, addedTags), isComplete);
  }

  /// The same environment with the rules that are kept, in their order; itself if all are.
  public Environment keepingRules(IntPredicate kept) {
    var removed = new BitSet();
    for (int rule = 0; rule < ruleCount(); rule++) {
      removed.set(rule, !kept.test(rule));
    }
    return removed.isEmpty() ? this : withRules(removed, List.of(), new int[0]);
  }

  /// All rules as views, for small environments and tests.
  public List<FirewallRule> rules() {
    var views = new ArrayList<FirewallRule>(ruleCount());
    for (int rule = 0; rule < ruleCount(); rule++) {
      views.add(rule(rule));
    }
    return views;
  }
}
