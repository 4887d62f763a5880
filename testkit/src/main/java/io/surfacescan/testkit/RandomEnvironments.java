package io.surfacescan.testkit;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Small environments of every shape that a search over VMs, tags and rules could get wrong, each
/// made from one seed.
///
/// They have 2 to 40 VMs, up to 13 tags and up to 30 rules. On top of the [Shape], any of them may
/// get VMs without tags, self rules, duplicate rules, rules on tags nobody carries, rules without
/// or with repeated ids, VMs without names, and [odd texts][OddTexts] as ids, tags and names.
public final class RandomEnvironments {
  /// The backbone of a random environment.
  public enum Shape {
    /// Few tags per VM, few rules.
    SPARSE,
    /// Many tags per VM, many rules.
    DENSE,
    /// Rules from each tag to the next, and VMs that bridge neighbours.
    CHAIN,
    /// Tags in rings, joined by one-way rules.
    RINGS,
    /// One tag on every VM.
    HUB,
    /// One VM that carries every tag.
    MANY_TAGS,
    /// Two or three tag sets shared by all VMs.
    FEW_CLASSES,
    /// Mostly rules from a tag to itself.
    SELF_RULES,
    /// Half of the tags stand in rules only.
    PHANTOM_TAGS
  }

  private record Pair(String source, String dest) {}

  private final RandomGenerator random;
  private final Shape shape;
  private final List<String> tags;
  private final List<List<String>> carried = new ArrayList<>();
  private final List<Pair> rules = new ArrayList<>();
  private final Environment environment;

  private RandomEnvironments(long seed) {
    random = new SplittableRandom(seed);
    shape = Shape.values()[random.nextInt(Shape.values().length)];
    boolean odd = random.nextBoolean();
    boolean linked = shape == Shape.CHAIN || shape == Shape.RINGS;
    tags = texts("t", random.nextInt(linked ? 5 : 1, 13), odd);
    List<String> ids = texts("vm-", random.nextInt(2, random.nextBoolean() ? 41 : 7), odd);
    tagVms(ids.size());
    drawRules();
    blemish();
    environment = build(ids, odd);
  }

  /// The environment of this seed: always the same.
  public static Environment of(long seed) {
    return new RandomEnvironments(seed).environment;
  }

  private List<String> texts(String prefix, int count, boolean odd) {
    Set<String> distinct = new LinkedHashSet<>();
    while (distinct.size() < count) {
      distinct.add(odd ? OddTexts.of(random) : prefix + distinct.size());
    }
    return new ArrayList<>(distinct);
  }

  private void tagVms(int vmCount) {
    List<List<String>> classes = List.of(someTags(4), someTags(4), someTags(4));
    for (int vm = 0; vm < vmCount; vm++) {
      carried.add(
          switch (shape) {
            case SPARSE, SELF_RULES -> someTags(2);
            case DENSE -> someTags(tags.size());
            case CHAIN, RINGS -> neighbours();
            case HUB -> with(tags.getFirst(), someTags(2));
            case MANY_TAGS -> vm == 0 ? new ArrayList<>(tags) : someTags(1);
            case FEW_CLASSES -> new ArrayList<>(classes.get(random.nextInt(classes.size())));
            case PHANTOM_TAGS -> lowerHalf(someTags(3));
          });
    }
    Collections.shuffle(carried, random);
  }

  private String anyTag() {
    return tags.get(random.nextInt(tags.size()));
  }

  private List<String> someTags(int most) {
    Set<String> some = new LinkedHashSet<>();
    for (int count = 1 + random.nextInt(most); count > 0; count--) {
      some.add(anyTag());
    }
    return new ArrayList<>(some);
  }

  /// One tag, or a tag and the one after it: a bridge.
  private List<String> neighbours() {
    int tag = random.nextInt(tags.size());
    boolean bridge = !chance(4) && tag + 1 < tags.size();
    return new ArrayList<>(tags.subList(tag, bridge ? tag + 2 : tag + 1));
  }

  private static List<String> with(String tag, List<String> others) {
    others.remove(tag);
    others.addFirst(tag);
    return others;
  }

  private List<String> lowerHalf(List<String> some) {
    some.removeIf(tag -> tags.indexOf(tag) > tags.size() / 2);
    return some;
  }

  private void drawRules() {
    switch (shape) {
      case CHAIN -> link(1);
      case RINGS -> link(2 + random.nextInt(3));
      case DENSE -> randomRules(10 + random.nextInt(15));
      case SELF_RULES -> tags.stream().filter(_ -> chance(2)).forEach(tag -> rule(tag, tag));
      case SPARSE, HUB, MANY_TAGS, FEW_CLASSES, PHANTOM_TAGS -> randomRules(random.nextInt(12));
    }
  }

  /// Rules from each tag to the next; with rings longer than one, also from each ring's last tag
  /// back to its first.
  private void link(int ring) {
    for (int tag = 0; tag + 1 < tags.size(); tag++) {
      rule(tags.get(tag), tags.get(tag + 1));
    }
    for (int last = ring - 1; ring > 1 && last < tags.size(); last += ring) {
      rule(tags.get(last), tags.get(last - ring + 1));
    }
  }

  private void randomRules(int count) {
    for (int i = 0; i < count; i++) {
      rule(anyTag(), anyTag());
    }
  }

  private void rule(String source, String dest) {
    rules.add(new Pair(source, dest));
  }

  private void blemish() {
    if (chance(3)) {
      carried.stream().filter(_ -> chance(4)).forEach(List::clear);
    }
    if (chance(3)) {
      rule(tags.getLast(), tags.getLast());
    }
    if (chance(3) && !rules.isEmpty()) {
      rules.add(rules.get(random.nextInt(rules.size())));
    }
    if (chance(3)) {
      rule(anyTag(), "nobody carries this");
      rule("nobody carries this", anyTag());
    }
    if (chance(3)) {
      randomRules(random.nextInt(3));
    }
    if (chance(12)) {
      rules.clear();
    }
    Collections.shuffle(rules, random);
  }

  private Environment build(List<String> ids, boolean odd) {
    var builder = new EnvironmentBuilder();
    boolean rulesFirst = chance(4);
    if (rulesFirst) {
      addRules(builder);
    }
    for (int vm = 0; vm < ids.size(); vm++) {
      String name = odd ? OddTexts.of(random) : "name " + vm;
      builder.vm(ids.get(vm), chance(5) ? null : chance(9) ? "" : name, carried.get(vm));
    }
    if (!rulesFirst) {
      addRules(builder);
    }
    return builder.build();
  }

  private void addRules(EnvironmentBuilder builder) {
    for (int i = 0; i < rules.size(); i++) {
      String id = chance(9) ? null : "fw-" + (chance(9) ? 0 : i);
      builder.rule(id, rules.get(i).source(), rules.get(i).dest());
    }
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }
}
