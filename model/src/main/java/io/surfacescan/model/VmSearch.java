package io.surfacescan.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;

/// VMs by what their id, name and tags look like. All that is given must match; letters are
/// compared exactly.
///
/// @param idPart a part of the id
/// @param namePart a part of the name, which a VM without a name does not have
/// @param tag one of its tags, by index
/// @param tagPrefix the start of one of its tags
public record VmSearch(
    Optional<String> idPart,
    Optional<String> namePart,
    OptionalInt tag,
    Optional<String> tagPrefix) {
  /// The VMs found. Cost: one pass over what is asked for.
  public BitSet in(Environment environment) {
    var found = new BitSet(environment.vmCount());
    found.set(0, environment.vmCount());
    if (idPart.isPresent()) {
      byte[] part = idPart.get().getBytes(StandardCharsets.UTF_8);
      keep(found, vm -> contains(environment.vmIds(), vm, part));
    }
    if (tag.isPresent()) {
      var wanted = new BitSet();
      wanted.set(tag.getAsInt());
      keepTagged(found, environment, wanted);
    }
    if (tagPrefix.isPresent()) {
      var wanted = tags(environment, tagPrefix.get().getBytes(StandardCharsets.UTF_8));
      keepTagged(found, environment, wanted);
    }
    if (namePart.isPresent()) {
      String part = namePart.get();
      keep(found, vm -> environment.vmName(vm).filter(name -> name.contains(part)).isPresent());
    }
    return found;
  }

  private interface Test {
    boolean passes(int vm);
  }

  private static void keep(BitSet found, Test test) {
    for (int vm = found.nextSetBit(0); vm >= 0; vm = found.nextSetBit(vm + 1)) {
      if (!test.passes(vm)) {
        found.clear(vm);
      }
    }
  }

  private static boolean contains(Texts texts, int index, byte[] part) {
    byte[] bytes = texts.segment(index);
    int last = texts.end(index) - part.length;
    for (int start = texts.start(index); start <= last; start++) {
      int length = 0;
      while (length < part.length && bytes[start + length] == part[length]) {
        length++;
      }
      if (length == part.length) {
        return true;
      }
    }
    return false;
  }

  private static void keepTagged(BitSet found, Environment environment, BitSet tags) {
    var lists = tagLists(environment, tags);
    keep(found, vm -> lists.get(environment.tagListOf(vm)));
  }

  /// The tags with the prefix.
  private static BitSet tags(Environment environment, byte[] prefix) {
    var tags = new BitSet();
    for (int tag = 0; tag < environment.tagCount(); tag++) {
      byte[] bytes = environment.tag(tag).getBytes(StandardCharsets.UTF_8);
      if (bytes.length >= prefix.length
          && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length)) {
        tags.set(tag);
      }
    }
    return tags;
  }

  /// The lists that hold one of the tags.
  private static BitSet tagLists(Environment environment, BitSet tags) {
    var lists = environment.tagLists();
    var found = new BitSet();
    for (int list = 0; list < lists.size(); list++) {
      for (int i = lists.start(list); i < lists.end(list); i++) {
        if (tags.get(lists.value(i))) {
          found.set(list);
          break;
        }
      }
    }
    return found;
  }
}
