package io.surfacescan.model;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules of an [Environment] in columns, a row per rule in input order. Immutable.
///
/// The columns are known here and nowhere else: a row comes by [Builder#add], from an input or from
/// other columns. A column that most inputs leave empty belongs here as a component that is null
/// while no row has a value.
///
/// @param ids the empty text for a rule without an id
/// @param withoutId the rules without an id
/// @param sourceTags per rule, the tag of those that attack by it
/// @param destTags per rule, the tag of those that are attacked by it
/// @param details per rule, its details; null while none has any
record RuleColumns(
    Later<Texts> ids,
    Later<BitSet> withoutId,
    int[] sourceTags,
    int[] destTags,
    @Nullable Later<DetailColumn<RuleDetails>> details) {
  /// Hands all columns over.
  void write(ColumnSink sink) {
    ids.get().write(sink, "rule.ids");
    sink.longs("rule.without-id", withoutId.get().toLongArray());
    sink.ints("rule.sources", sourceTags);
    sink.ints("rule.dests", destTags);
    if (details != null) {
      details.get().write(sink, "rule.details");
    }
  }

  /// What [#write] handed over; ids and details are fetched when they are first needed.
  static RuleColumns read(ColumnSource source) {
    return new RuleColumns(
        Later.of(() -> Texts.read(source, "rule.ids")),
        Later.of(() -> BitSet.valueOf(source.longs("rule.without-id"))),
        source.ints("rule.sources"),
        source.ints("rule.dests"),
        DetailColumn.read(source, "rule.details", RuleDetails.class));
  }

  int count() {
    return sourceTags.length;
  }

  boolean hasId(int rule) {
    return !withoutId.get().get(rule);
  }

  RuleDetails details(int rule) {
    return DetailColumn.get(details, rule, RuleDetails.NONE);
  }

  /// These rules but some, and more behind them.
  ///
  /// @param tags per rule added, its source tag and its destination tag
  RuleColumns with(BitSet removed, List<FirewallRule> added, int[] tags) {
    var rules = new Builder();
    for (int rule = removed.nextClearBit(0);
        rule < count();
        rule = removed.nextClearBit(rule + 1)) {
      rules.add(this, rule);
    }
    for (int i = 0; i < added.size(); i++) {
      var rule = added.get(i);
      byte[] id = rule.id().map(Utf8::encode).orElse(null);
      int row = rules.add(id, 0, id == null ? 0 : id.length, tags[2 * i], tags[2 * i + 1]);
      rules.detail(row, new RuleDetails(rule.services(), rule.assumed(), List.of()));
    }
    return rules.build();
  }

  /// Collects rows. Not thread-safe.
  static final class Builder {
    private static final byte[] NO_BYTES = {};

    private final Texts.Builder ids = new Texts.Builder();
    private final BitSet withoutId = new BitSet();
    private int[] sourceTags = new int[16];
    private int[] destTags = new int[16];
    private final DetailColumn.Builder<RuleDetails> details =
        new DetailColumn.Builder<>(RuleDetails.NONE);

    int count() {
      return ids.size();
    }

    /// Adds a row and returns its index.
    ///
    /// @param id valid UTF-8 in `[idFrom, idFrom + idLength)`, or null if the rule has none
    int add(byte @Nullable [] id, int idFrom, int idLength, int sourceTag, int destTag) {
      int rule = count();
      if (id == null) {
        withoutId.set(rule);
        ids.add(NO_BYTES, 0, 0);
      } else {
        ids.add(id, idFrom, idLength);
      }
      sourceTags = Growth.room(sourceTags, rule + 1);
      destTags = Growth.room(destTags, rule + 1);
      sourceTags[rule] = sourceTag;
      destTags[rule] = destTag;
      return rule;
    }

    /// As [EnvironmentBuilder#details].
    void detail(int rule, RuleDetails some) {
      details.set(rule, some);
    }

    private void add(RuleColumns from, int rule) {
      add(from, rule, from.sourceTags[rule], from.destTags[rule]);
    }

    private void add(RuleColumns from, int rule, int sourceTag, int destTag) {
      var others = from.ids.get();
      int start = others.start(rule);
      byte[] id = from.hasId(rule) ? others.segment(rule) : null;
      int row = add(id, start, others.end(rule) - start, sourceTag, destTag);
      if (from.details != null) {
        detail(row, from.details.get().get(rule));
      }
    }

    /// Adds the rows of a part behind those here, and ends the part.
    ///
    /// @param tagOfPartTag per tag of the part, its number here
    void addAll(Builder part, int[] tagOfPartTag) {
      var rules = part.build();
      for (int rule = 0; rule < rules.count(); rule++) {
        int source = tagOfPartTag[rules.sourceTags[rule]];
        add(rules, rule, source, tagOfPartTag[rules.destTags[rule]]);
      }
    }

    /// Ends this builder: it must not be used any more.
    RuleColumns build() {
      int[] sources = Growth.trimmed(sourceTags, count());
      return new RuleColumns(
          Later.known(ids.build()),
          Later.known(withoutId),
          sources,
          Growth.trimmed(destTags, sources.length),
          details.build());
    }
  }
}
