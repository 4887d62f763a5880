package io.surfacescan.model;

import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/// Collects VMs and rules in input order, straight into columns. Not thread-safe.
///
/// An importer feeds bytes ([#tag], [#addVm], [#addRule]); tests and small callers use the texts
/// ([#vm], [#rule]). Parts that were read side by side are joined with [#append] in input order and
/// give the same environment as one part read alone.
public final class EnvironmentBuilder {
  private static final byte[] NO_BYTES = {};

  private final TextIndex.Builder ids = new TextIndex.Builder();
  private final Texts.Builder names = new Texts.Builder();
  private final BitSet unnamed = new BitSet();
  private int[] listOfVm = new int[16];
  private final IntLists.Builder tagLists = new IntLists.Builder();
  private final TextIndex.Builder tags = new TextIndex.Builder();
  private final Texts.Builder ruleIds = new Texts.Builder();
  private final BitSet rulesWithoutId = new BitSet();
  private int[] sourceTags = new int[16];
  private int[] destTags = new int[16];

  public int vmCount() {
    return ids.size();
  }

  public int ruleCount() {
    return ruleIds.size();
  }

  public int tagCount() {
    return tags.size();
  }

  public String vmId(int vm) {
    return ids.get(vm);
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
    return addVm(id, 0, idLength, name, 0, nameLength, tagLists.intern(carried, 0, carriedCount));
  }

  private int addVm(
      byte[] id,
      int idFrom,
      int idLength,
      byte @Nullable [] name,
      int nameFrom,
      int nameLength,
      int list) {
    int vm = ids.add(id, idFrom, idLength);
    if (vm < 0) {
      return vm;
    }
    if (name == null) {
      unnamed.set(vm);
      names.add(NO_BYTES, 0, 0);
    } else {
      names.add(name, nameFrom, nameLength);
    }
    listOfVm = Growth.room(listOfVm, vm + 1);
    listOfVm[vm] = list;
    return vm;
  }

  /// Adds a rule and returns its index.
  ///
  /// @param id valid UTF-8, or null if the rule has none
  public int addRule(byte @Nullable [] id, int idLength, int sourceTag, int destTag) {
    return addRule(id, 0, idLength, sourceTag, destTag);
  }

  private int addRule(byte @Nullable [] id, int idFrom, int idLength, int sourceTag, int destTag) {
    int rule = ruleIds.size();
    if (id == null) {
      rulesWithoutId.set(rule);
      ruleIds.add(NO_BYTES, 0, 0);
    } else {
      ruleIds.add(id, idFrom, idLength);
    }
    sourceTags = Growth.room(sourceTags, rule + 1);
    destTags = Growth.room(destTags, rule + 1);
    sourceTags[rule] = sourceTag;
    destTags[rule] = destTag;
    return rule;
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
    var partTags = part.tags.build().texts();
    int[] tagOfPartTag = new int[partTags.size()];
    for (int tag = 0; tag < tagOfPartTag.length; tag++) {
      int start = partTags.start(tag);
      tagOfPartTag[tag] = tags.intern(partTags.segment(tag), start, partTags.end(tag) - start);
    }
    appendVms(part, appendTagLists(part, tagOfPartTag), duplicates);
    appendRules(part, tagOfPartTag);
  }

  private int[] appendTagLists(EnvironmentBuilder part, int[] tagOfPartTag) {
    int[] listOfPartList = new int[part.tagLists.size()];
    int[] scratch = {};
    for (int list = 0; list < listOfPartList.length; list++) {
      int length = part.tagLists.end(list) - part.tagLists.start(list);
      scratch = Growth.room(scratch, length);
      for (int i = 0; i < length; i++) {
        scratch[i] = tagOfPartTag[part.tagLists.value(part.tagLists.start(list) + i)];
      }
      listOfPartList[list] = tagLists.intern(scratch, 0, length);
    }
    return listOfPartList;
  }

  private void appendVms(
      EnvironmentBuilder part, int[] listOfPartList, DuplicateListener duplicates) {
    var partIds = part.ids.build().texts();
    var partNames = part.names.build();
    for (int vm = 0; vm < partIds.size(); vm++) {
      int idStart = partIds.start(vm);
      int nameStart = partNames.start(vm);
      int added =
          addVm(
              partIds.segment(vm),
              idStart,
              partIds.end(vm) - idStart,
              part.unnamed.get(vm) ? null : partNames.segment(vm),
              nameStart,
              partNames.end(vm) - nameStart,
              listOfPartList[part.listOfVm[vm]]);
      if (added < 0) {
        duplicates.duplicate(vm, ~added);
      }
    }
  }

  private void appendRules(EnvironmentBuilder part, int[] tagOfPartTag) {
    var partRuleIds = part.ruleIds.build();
    for (int rule = 0; rule < partRuleIds.size(); rule++) {
      int start = partRuleIds.start(rule);
      addRule(
          part.rulesWithoutId.get(rule) ? null : partRuleIds.segment(rule),
          start,
          partRuleIds.end(rule) - start,
          tagOfPartTag[part.sourceTags[rule]],
          tagOfPartTag[part.destTags[rule]]);
    }
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

  private int tag(String tag) {
    byte[] bytes = Utf8.encode(tag);
    return tag(bytes, 0, bytes.length);
  }

  /// Ends this builder: it must not be used any more.
  public Environment build() {
    int rules = ruleCount();
    return new Environment(
        ids.build(),
        names.build(),
        unnamed,
        Growth.trimmed(listOfVm, vmCount()),
        tagLists.build(),
        tags.build(),
        ruleIds.build(),
        rulesWithoutId,
        Growth.trimmed(sourceTags, rules),
        Growth.trimmed(destTags, rules));
  }
}
