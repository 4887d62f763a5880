package io.surfacescan.model;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects VMs and rules in input order, straight into columns. Not thread-safe.
///
/// An importer feeds bytes ([#tag], [#addVm], [#addRule]); tests and small callers use the texts
/// ([#vm], [#rule]). Parts that were read side by side are joined with [#append] in input order and
/// give the same environment as one part read alone.
public final class EnvironmentBuilder {
  private final VmColumns.Builder vms = new VmColumns.Builder();
  private final TextIndex.Builder tags = new TextIndex.Builder();
  private final RuleColumns.Builder rules = new RuleColumns.Builder();
  private boolean isComplete = true;

  /// Stands for the tags of a VM that are not known yet; see [#tags].
  public static final int TAGS_TO_COME = -1;

  public int vmCount() {
    return vms.count();
  }

  public int ruleCount() {
    return rules.count();
  }

  public int tagCount() {
    return tags.size();
  }

  public String vmId(int vm) {
    return vms.id(vm);
  }

  /// The index of a tag, which is numbered now if it is new.
  ///
  /// @param utf8 valid UTF-8 in `[from, from + length)`
  public int tag(byte[] utf8, int from, int length) {
    return tags.intern(utf8, from, length);
  }

  /// Adds a VM and returns its index; if its id is taken, adds nothing and returns the complement
  /// (`~vm`, negative) of the index of the VM that has it.
  ///
  /// @param name valid UTF-8, or null if the VM has none
  /// @param carried tag indexes in `[0, tagCount)`, without duplicates
  public int addVm(
      byte[] id,
      int idLength,
      byte @Nullable [] name,
      int nameLength,
      int[] carried,
      int carriedCount) {
    return vms.add(id, idLength, name, nameLength, carried, carriedCount);
  }

  /// As the other, for a VM with the very tags of another.
  ///
  /// @param tagList as [#tagListOf] tells it, or [#TAGS_TO_COME]
  public int addVm(byte[] id, int idLength, byte @Nullable [] name, int nameLength, int tagList) {
    return vms.add(id, idLength, name, nameLength, tagList);
  }

  /// The number of the VM's list of tags, which other VMs may share.
  public int tagListOf(int vm) {
    return vms.tagListOf(vm);
  }

  /// Gives a VM that was added with [#TAGS_TO_COME] its tags.
  ///
  /// @param carried as in [#addVm]
  public void tags(int vm, int[] carried, int carriedCount) {
    vms.tags(vm, carried, carriedCount);
  }

  /// Says that the source lacks a layer; see [Environment#isComplete].
  public EnvironmentBuilder incomplete() {
    isComplete = false;
    return this;
  }

  /// Adds a rule and returns its index.
  ///
  /// @param id valid UTF-8, or null if the rule has none
  public int addRule(byte @Nullable [] id, int idLength, int sourceTag, int destTag) {
    return rules.add(id, 0, idLength, sourceTag, destTag);
  }

  /// Says more of a VM. VMs get their details in ascending order.
  ///
  /// @throws IllegalArgumentException if a later VM has addresses already
  public void details(int vm, VmDetails details) {
    vms.detail(vm, details);
  }

  /// Says more of a rule.
  public void details(int rule, RuleDetails details) {
    rules.detail(rule, details);
  }

  /// Hears of each VM of an appended part that was left out because an earlier VM has its id.
  @FunctionalInterface
  public interface DuplicateListener {
    /// Called once per VM left out.
    ///
    /// @param vmOfPart the index in the part that was appended
    /// @param firstVm the index, in this builder, of the VM that has the id
    void duplicate(int vmOfPart, int firstVm);
  }

  /// Adds all that the part holds behind what is here, and ends the part.
  public void append(EnvironmentBuilder part, DuplicateListener duplicates) {
    var partTags = part.tags.buildTexts();
    int[] tagOfPartTag = new int[partTags.size()];
    for (int tag = 0; tag < tagOfPartTag.length; tag++) {
      int start = partTags.start(tag);
      tagOfPartTag[tag] = tags.intern(partTags.segment(tag), start, partTags.end(tag) - start);
    }
    vms.addAll(part.vms, tagOfPartTag, duplicates);
    rules.addAll(part.rules, tagOfPartTag);
    isComplete &= part.isComplete;
  }

  /// Adds a VM from texts.
  ///
  /// @throws IllegalArgumentException if the id is taken or empty, or a text has a lone surrogate
  public EnvironmentBuilder vm(String id, @Nullable String name, Iterable<String> carried) {
    byte[] idBytes = Utf8.encode(id);
    if (idBytes.length == 0) {
      throw new IllegalArgumentException("empty VM id");
    }
    var distinct = new LinkedHashSet<Integer>();
    for (String tag : carried) {
      distinct.add(tag(tag));
    }
    byte[] nameBytes = name == null ? null : Utf8.encode(name);
    int[] list = distinct.stream().mapToInt(Integer::intValue).toArray();
    int vm =
        addVm(
            idBytes,
            idBytes.length,
            nameBytes,
            nameBytes == null ? 0 : nameBytes.length,
            list,
            list.length);
    if (vm < 0) {
      throw new IllegalArgumentException("duplicate VM id: " + id);
    }
    return this;
  }

  /// Adds a VM without a name from texts, as [#vm(String, String, Iterable)] does.
  public EnvironmentBuilder vm(String id, String... carried) {
    return vm(id, null, Arrays.asList(carried));
  }

  /// Adds a rule from texts.
  ///
  /// @throws IllegalArgumentException if a text has a lone surrogate
  public EnvironmentBuilder rule(@Nullable String id, String sourceTag, String destTag) {
    byte[] idBytes = id == null ? null : Utf8.encode(id);
    addRule(idBytes, idBytes == null ? 0 : idBytes.length, tag(sourceTag), tag(destTag));
    return this;
  }

  /// Adds a rule with services and whatever else it has, from texts.
  ///
  /// @throws IllegalArgumentException if a text has a lone surrogate
  public EnvironmentBuilder rule(FirewallRule rule) {
    rule(rule.id().orElse(null), rule.sourceTag(), rule.destTag());
    details(ruleCount() - 1, new RuleDetails(rule.services(), rule.assumed(), List.of()));
    return this;
  }

  private int tag(String tag) {
    byte[] bytes = Utf8.encode(tag);
    return tag(bytes, 0, bytes.length);
  }

  /// Ends this builder: it must not be used any more.
  public Environment build() {
    return new Environment(vms.build(), tags.build(), rules.build(), isComplete);
  }
}
