package io.surfacescan.importers.document;

import io.surfacescan.importers.json.OffsetColumn;
import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.Environment;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.model.Texts;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/// Warns of tags, and of ids of VMs, that people take for one and the engine does not: equal but
/// for case, white space around them, invisible characters, or how accents are composed.
///
/// Of two such texts at least one is not *plain*: printable ASCII without blanks and capitals is
/// its own folded form, and the texts of a column are distinct. So only what is not plain is folded
/// and kept by a hash, and a plain twin is looked up in the index that there is.
final class LookAlikes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EVERY_BYTE = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  /// No input can be made of texts that all collide.
  private static final long SEED = new SplittableRandom().nextLong();

  private static final int FREE = -1;
  private static final int SHOWN_MAX = 60;

  private final Environment environment;
  private final OffsetColumn vmSpots;
  private final OffsetColumn ruleSpots;
  private final ProblemLog problems;

  /// @param vmSpots where each VM's id stands
  /// @param ruleSpots where each rule starts
  LookAlikes(
      Environment environment, OffsetColumn vmSpots, OffsetColumn ruleSpots, ProblemLog problems) {
    this.environment = environment;
    this.vmSpots = vmSpots;
    this.ruleSpots = ruleSpots;
    this.problems = problems;
  }

  void warn() {
    Map<Integer, Integer> tags =
        pairs(environment.tags(), text -> environment.findTag(text).orElse(FREE));
    if (!tags.isEmpty()) {
      Map<Integer, SourceOffset> spots = firstSpots(tags);
      tags.forEach((tag, other) ->
          add(ProblemKind.SIMILAR_TAG, "the tag ", environment.tags(), tag, other, spots::get));
    }
    pairs(environment.vmIds(), text -> environment.findVm(text).orElse(FREE))
        .forEach((vm, other) ->
            add(
                ProblemKind.SIMILAR_ID,
                "the vm_id ",
                environment.vmIds(),
                vm,
                other,
                vmSpots::get));
  }

  private void add(
      ProblemKind kind,
      String noun,
      Texts texts,
      int one,
      int other,
      IntFunction<SourceOffset> spots) {
    SourceOffset left = spots.apply(one);
    SourceOffset right = spots.apply(other);
    int later = left.compareTo(right) < 0 ? other : one;
    int earlier = later == one ? other : one;
    String what = noun + escaped(texts.get(later)) + " looks like " + escaped(texts.get(earlier));
    problems.add(
        kind,
        what,
        later == one ? left : right,
        () -> what,
        later == one ? right : left,
        "write both alike if one is meant");
  }

  /// Each text that looks like another, with the other.
  private static Map<Integer, Integer> pairs(Texts texts, Find find) {
    int count = 0;
    for (int i = 0; i < texts.size(); i++) {
      count += isPlain(texts, i) ? 0 : 1;
    }
    var pairs = new HashMap<Integer, Integer>();
    if (count > 0) {
      int[] slots = new int[Integer.highestOneBit(count) * 4];
      long[] hashes = new long[slots.length];
      Arrays.fill(slots, FREE);
      for (int i = 0; i < texts.size(); i++) {
        if (!isPlain(texts, i)) {
          String folded = folded(texts.get(i));
          int other = find.find(folded);
          if (other == FREE || other == i) {
            other = firstLike(texts, i, folded, slots, hashes);
          }
          if (other != i) {
            pairs.put(i, other);
          }
        }
      }
    }
    return pairs;
  }

  /// Where a text stands, if it is in the column.
  @FunctionalInterface
  private interface Find {
    int find(String text);
  }

  /// The first text with this folded form among those that were met.
  private static int firstLike(Texts texts, int index, String folded, int[] slots, long[] hashes) {
    long hash = hash(folded);
    int mask = slots.length - 1;
    int slot = (int) hash & mask;
    for (; slots[slot] != FREE; slot = (slot + 1) & mask) {
      if (hashes[slot] == hash && folded(texts.get(slots[slot])).equals(folded)) {
        return slots[slot];
      }
    }
    slots[slot] = index;
    hashes[slot] = hash;
    return index;
  }

  private static long hash(String text) {
    long hash = SEED;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x9E37_79B9_7F4A_7C15L;
      hash ^= hash >>> 32;
    }
    return hash;
  }

  /// Where each tag of the pairs stands first: at a VM that carries it, else in a rule.
  private Map<Integer, SourceOffset> firstSpots(Map<Integer, Integer> pairs) {
    var wanted = new BitSet();
    pairs.forEach((tag, other) -> {
      wanted.set(tag);
      wanted.set(other);
    });
    var spots = new HashMap<Integer, SourceOffset>();
    var lists = environment.tagLists();
    var met = new BitSet();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      int list = environment.tagListOf(vm);
      if (met.get(list)) {
        continue;
      }
      met.set(list);
      for (int i = lists.start(list); i < lists.end(list); i++) {
        if (wanted.get(lists.value(i))) {
          spots.putIfAbsent(lists.value(i), vmSpots.get(vm));
        }
      }
    }
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      for (int tag : new int[] {environment.sourceTag(rule), environment.destTag(rule)}) {
        if (wanted.get(tag)) {
          spots.putIfAbsent(tag, ruleSpots.get(rule));
        }
      }
    }
    return spots;
  }

  private static boolean isPlain(Texts texts, int index) {
    byte[] bytes = texts.segment(index);
    int end = texts.end(index);
    int at = texts.start(index);
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      if (!arePlain((long) LONGS.get(bytes, at))) {
        return false;
      }
    }
    for (; at < end; at++) {
      byte next = bytes[at];
      if (next <= ' ' || next == 0x7F || (next >= 'A' && next <= 'Z')) {
        return false;
      }
    }
    return true;
  }

  /// Eight bytes at once. With the high bits clear, a sum carries into the high bit of a byte that
  /// is large enough, and never beyond it.
  private static boolean arePlain(long word) {
    long low = word & ~HIGH_BITS;
    long isAboveBlank = low + (0x80 - 0x21) * EVERY_BYTE;
    long isFromA = low + (0x80 - 'A') * EVERY_BYTE;
    long isAboveZ = low + (0x80 - 'Z' - 1) * EVERY_BYTE;
    long isDelete = low + EVERY_BYTE;
    long odd = word | ~isAboveBlank | (isFromA & ~isAboveZ) | isDelete;
    return (odd & HIGH_BITS) == 0;
  }

  /// What a text has in common with those that look like it.
  static String folded(String text) {
    var visible = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFC)
        .codePoints()
        .filter(point -> !isIgnorable(point))
        .forEach(visible::appendCodePoint);
    int from = 0;
    int to = visible.length();
    while (from < to && isBlank(visible.charAt(from))) {
      from++;
    }
    while (from < to && isBlank(visible.charAt(to - 1))) {
      to--;
    }
    String folded = visible.substring(from, to).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(folded, Normalizer.Form.NFC);
  }

  private static boolean isBlank(char unit) {
    return Character.isWhitespace(unit) || Character.isSpaceChar(unit);
  }

  /// Unicode's default ignorable code points, which are shown as nothing.
  private static boolean isIgnorable(int point) {
    return Character.getType(point) == Character.FORMAT
        || point == 0x034F
        || point == 0x115F
        || point == 0x1160
        || point == 0x17B4
        || point == 0x17B5
        || (point >= 0x180B && point <= 0x180F)
        || point == 0x3164
        || (point >= 0xFE00 && point <= 0xFE0F)
        || point == 0xFFA0
        || (point >= 0xE0000 && point <= 0xE0FFF);
  }

  /// The text in double quotes, with all but visible ASCII by its numbers.
  private static String escaped(String text) {
    var shown = new StringBuilder("\"");
    int length = Math.min(text.length(), SHOWN_MAX);
    for (int i = 0; i < length; i++) {
      char unit = text.charAt(i);
      if (unit == '"' || unit == '\\') {
        shown.append('\\').append(unit);
      } else if (unit >= ' ' && unit < 0x7F) {
        shown.append(unit);
      } else {
        shown.append("\\u%04x".formatted((int) unit));
      }
    }
    return shown.append(length < text.length() ? "…\"" : "\"").toString();
  }
}
