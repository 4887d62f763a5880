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
  private static final int NO_LIST = -1;

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
    int vm = ids.add(id, 0, idLength);
    if (vm >= 0) {
      describe(vm, name, nameLength, tagLists.intern(carried, 0, carriedCount));
    }
    return vm;
  }

  /// As the other, for a VM with the very tags of another.
  ///
  /// @param tagList as [#tagListOf] tells it
  public int addVm(byte[] id, int idLength, byte @Nullable [] name, int nameLength, int tagList) {
    int vm = ids.add(id, 0, idLength);
    if (vm >= 0) {
      describe(vm, name, nameLength, tagList);
    }
    return vm;
  }

  private void describe(int vm, byte @Nullable [] name, int nameLength, int tagList) {
    if (name == null) {
      unnamed.set(vm);
      names.add(NO_BYTES, 0, 0);
    } else {
      names.add(name, 0, nameLength);
    }
    listOfVm = Growth.room(listOfVm, vm + 1);
    listOfVm[vm] = tagList;
  }

  /// The number of the VM's list of tags, which other VMs may share.
  public int tagListOf(int vm) {
    return listOfVm[vm];
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
    var partTags = part.tags.buildTexts();
    int[] tagOfPartTag = new int[partTags.size()];
    for (int tag = 0; tag < tagOfPartTag.length; tag++) {
      int start = partTags.start(tag);
      tagOfPartTag[tag] = tags.intern(partTags.segment(tag), start, partTags.end(tag) - start);
    }
    appendVms(part, tagOfPartTag, duplicates);
    appendRules(part, tagOfPartTag);
  }

  private void appendVms(
      EnvironmentBuilder part, int[] tagOfPartTag, DuplicateListener duplicates) {
    int vm = vmCount();
    int vmsOfPart = part.vmCount();
    BitSet leftOut = ids.addAll(part.ids, duplicates::duplicate);
    names.addAll(part.names.build(), leftOut);
    listOfVm = Growth.room(listOfVm, vmCount());
    // A list is taken over with the first VM that has it: no list is left of VMs left out.
    int[] listOfPartList = new int[part.tagLists.size()];
    Arrays.fill(listOfPartList, NO_LIST);
    for (int i = 0; i < vmsOfPart; i++) {
      if (leftOut.get(i)) {
        continue;
      }
      int partList = part.listOfVm[i];
      if (listOfPartList[partList] == NO_LIST) {
        listOfPartList[partList] = appendTagList(part.tagLists, partList, tagOfPartTag);
      }
      unnamed.set(vm, part.unnamed.get(i));
      listOfVm[vm++] = listOfPartList[partList];
    }
  }

  private int appendTagList(IntLists.Builder partLists, int partList, int[] tagOfPartTag) {
    int[] carried = new int[partLists.end(partList) - partLists.start(partList)];
    for (int i = 0; i < carried.length; i++) {
      carried[i] = tagOfPartTag[partLists.value(partLists.start(partList) + i)];
    }
    return tagLists.intern(carried, 0, carried.length);
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
