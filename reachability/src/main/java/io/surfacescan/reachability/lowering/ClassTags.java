package io.surfacescan.reachability.lowering;

import io.surfacescan.model.EnvironmentBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The tags of a lowered environment: each stands for a set of classes, equal sets for one tag.
final class ClassTags {
  private static final int NAME_LENGTH_MOST = 160;

  private final EnvironmentBuilder environment;
  private final Map<ClassSet, Integer> numbers = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final List<String> names = new ArrayList<>();
  private long memberships;

  /// @param environment gets the tags in the order in which they come
  ClassTags(EnvironmentBuilder environment) {
    this.environment = environment;
  }

  /// The tag of a set of classes.
  ///
  /// @param words what it is called if it is new; another tag of this name gets a number behind it
  int of(ClassSet members, String words) {
    Integer known = numbers.get(members);
    if (known != null) {
      return known;
    }
    String name =
        words.length() > NAME_LENGTH_MOST ? words.substring(0, NAME_LENGTH_MOST) + "…" : words;
    String distinct = name;
    for (int i = 2; !taken.add(distinct); i++) {
      distinct = name + " (" + i + ")";
    }
    byte[] bytes = distinct.getBytes(StandardCharsets.UTF_8);
    int tag = environment.tag(bytes, 0, bytes.length);
    numbers.put(members, tag);
    names.add(distinct);
    memberships += members.cardinality();
    return tag;
  }

  /// A name that no tag has whose names all come from here.
  String nextName() {
    return Integer.toString(names.size());
  }

  String name(int tag) {
    return names.get(tag);
  }

  /// How many tags all classes carry together.
  long memberships() {
    return memberships;
  }

  /// By class, its tags in ascending order.
  int[][] byClass(int classCount) {
    int[] counts = new int[classCount];
    numbers.keySet().forEach(members -> members.stream().forEach(member -> counts[member]++));
    int[][] tags = new int[classCount][];
    Arrays.setAll(tags, number -> new int[counts[number]]);
    Arrays.fill(counts, 0);
    numbers.forEach(
        (members, tag) -> members.stream().forEach(member -> tags[member][counts[member]++] = tag));
    return tags;
  }
}
