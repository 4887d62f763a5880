package io.surfacescan.engine;

import io.surfacescan.model.ColumnSink;
import io.surfacescan.model.ColumnSource;
import io.surfacescan.model.Environment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The rules whose tags are both carried by some VM, by source tag and by destination tag.
///
/// A rule on a *phantom* tag, one that no VM carries, allows nothing and must not lead anywhere: it
/// is left out here, so that nothing later has to think of it.
final class LiveRules {
  /// One direction: per tag, the rules that start (or end) at it, by the other tag and then by
  /// rule.
  record Side(int[] starts, int[] rules, int[] otherTags) {
    void write(ColumnSink sink, String name) {
      sink.ints(name + ".starts", starts);
      sink.ints(name + ".rules", rules);
      sink.ints(name + ".others", otherTags);
    }

    static Side read(ColumnSource source, String name) {
      return new Side(
          source.ints(name + ".starts"),
          source.ints(name + ".rules"),
          source.ints(name + ".others"));
    }

    int start(int tag) {
      return starts[tag];
    }

    int end(int tag) {
      return starts[tag + 1];
    }

    int rule(int place) {
      return rules[place];
    }

    int otherTag(int place) {
      return otherTags[place];
    }

    boolean has(int tag) {
      return starts[tag] < starts[tag + 1];
    }
  }

  private final Environment environment;
  private final Side bySource;
  private final Side byDest;

  private LiveRules(Environment environment, Side bySource, Side byDest) {
    this.environment = environment;
    this.bySource = bySource;
    this.byDest = byDest;
  }

  /// Hands the columns over.
  void write(ColumnSink sink) {
    bySource.write(sink, "live.source");
    byDest.write(sink, "live.dest");
  }

  /// What [#write] handed over, of the same environment.
  static LiveRules read(ColumnSource source, Environment environment) {
    return new LiveRules(
        environment, Side.read(source, "live.source"), Side.read(source, "live.dest"));
  }

  static LiveRules of(Environment environment) {
    int[] vmsPerTag = environment.vmsPerTag();
    int[] live = new int[environment.ruleCount()];
    int count = 0;
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      if (vmsPerTag[environment.sourceTag(rule)] > 0 && vmsPerTag[environment.destTag(rule)] > 0) {
        live[count++] = rule;
      }
    }
    return of(environment, Arrays.copyOf(live, count));
  }

  private static LiveRules of(Environment environment, int[] rules) {
    int[] sources = Arrays.stream(rules).map(environment::sourceTag).toArray();
    int[] dests = Arrays.stream(rules).map(environment::destTag).toArray();
    int tags = environment.tagCount();
    return new LiveRules(
        environment, side(tags, rules, sources, dests), side(tags, rules, dests, sources));
  }

  /// The rules of a tag pair, ascending.
  List<Integer> ofPair(int sourceTag, int destTag) {
    return IntStream.range(bySource.start(sourceTag), bySource.end(sourceTag))
        .filter(place -> bySource.otherTag(place) == destTag)
        .mapToObj(bySource::rule)
        .toList();
  }

  /// Orders rules by the names of their source tags, then destination tags, in code-point order;
  /// rules of one tag pair are equal.
  int compareTagPairs(int rule, int other) {
    var names = environment.tags();
    int bySourceTag = names.compare(environment.sourceTag(rule), environment.sourceTag(other));
    return bySourceTag != 0
        ? bySourceTag
        : names.compare(environment.destTag(rule), environment.destTag(other));
  }

  /// The others: all but those of one tag pair.
  LiveRules without(int sourceTag, int destTag) {
    return of(
        environment,
        Arrays.stream(bySource.rules())
            .filter(rule ->
                environment.sourceTag(rule) != sourceTag || environment.destTag(rule) != destTag)
            .sorted()
            .toArray());
  }

  /// The same rules, each from its destination tag to its source tag.
  LiveRules reversed() {
    return new LiveRules(environment, byDest, bySource);
  }

  private static Side side(int tagCount, int[] rules, int[] tags, int[] otherTags) {
    // By the other tag, then by the tag: rules with one tag pair stay in input order.
    int[] order = CountingSort.order(tags, tagCount, CountingSort.order(otherTags, tagCount));
    return new Side(
        CountingSort.starts(tags, tagCount),
        Arrays.stream(order).map(i -> rules[i]).toArray(),
        Arrays.stream(order).map(i -> otherTags[i]).toArray());
  }

  /// Per tag, the live rules that start at it; the other tag is the destination.
  Side bySource() {
    return bySource;
  }

  /// Per tag, the live rules that end at it; the other tag is the source.
  Side byDest() {
    return byDest;
  }

  boolean startsAt(int tag) {
    return bySource.has(tag);
  }

  boolean endsAt(int tag) {
    return byDest.has(tag);
  }

  /// Whether rules start or end at the very tags at which the others do. A tag that only one of the
  /// environments has counts as without rules.
  boolean haveTheTagsOf(LiveRules others) {
    int tags = Math.max(tagCount(), others.tagCount());
    for (int tag = 0; tag < tags; tag++) {
      if (isLive(tag) != others.isLive(tag)) {
        return false;
      }
    }
    return true;
  }

  private int tagCount() {
    return bySource.starts().length - 1;
  }

  private boolean isLive(int tag) {
    return tag < tagCount() && (startsAt(tag) || endsAt(tag));
  }
}
