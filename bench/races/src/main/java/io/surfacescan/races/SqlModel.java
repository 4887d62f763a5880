package io.surfacescan.races;

import io.surfacescan.model.Environment;
import java.util.BitSet;
import java.util.List;

/// How an environment becomes tables, and the recursive query over them. Both answer exactly.
///
/// For SQLite `CROSS JOIN` also says in which order to join; the other databases choose themselves.
enum SqlModel {
  /// One table with the links of the [LinkGraph]; the recursion collects nodes.
  LINKS(
      """
      WITH RECURSIVE reached(node) AS (
        SELECT CAST(? AS INTEGER)
        UNION
        SELECT link.source FROM reached CROSS JOIN link WHERE link.dest = reached.node)
      SELECT node FROM reached WHERE node < (SELECT vms FROM size) AND node <> ?
      """) {
    @Override
    List<PairTable> tables(Environment environment) {
      var links = LinkGraph.of(environment);
      return List.of(PairTable.of("link", "dest", "source", links.to(), links.from()));
    }
  },

  /// Who carries which tag, the rules, and which source tag is carried together with which
  /// destination tag by some VM, worked out once; the recursion collects source tags only, and the
  /// VMs that carry them are joined at the end.
  TAGS(
      """
      WITH RECURSIVE reached(tag) AS (
        SELECT rule.source
        FROM receiver CROSS JOIN rule
        WHERE receiver.vm = ? AND rule.dest = receiver.tag
        UNION
        SELECT rule.source
        FROM reached CROSS JOIN bridge CROSS JOIN rule
        WHERE bridge.source = reached.tag AND rule.dest = bridge.dest)
      SELECT DISTINCT sender.vm
      FROM reached CROSS JOIN sender
      WHERE sender.tag = reached.tag AND sender.vm <> ?
      """) {
    @Override
    List<PairTable> tables(Environment environment) {
      var rows = new TagRows(environment);
      return List.of(rows.rules(), rows.senders(), rows.receivers(), rows.bridges());
    }
  };

  private final String query;

  SqlModel(String query) {
    this.query = query;
  }

  /// Both parameters are the VM asked about; the answer has one row for each attacker.
  String query() {
    return query;
  }

  abstract List<PairTable> tables(Environment environment);

  /// The rows of [#TAGS].
  private static final class TagRows {
    private final Environment environment;
    private final int[] sourceOfRule;
    private final int[] destOfRule;
    private final BitSet sources = new BitSet();
    private final BitSet dests = new BitSet();

    TagRows(Environment environment) {
      this.environment = environment;
      sourceOfRule = new int[environment.ruleCount()];
      destOfRule = new int[environment.ruleCount()];
      for (int rule = 0; rule < environment.ruleCount(); rule++) {
        sourceOfRule[rule] = environment.sourceTag(rule);
        destOfRule[rule] = environment.destTag(rule);
        sources.set(sourceOfRule[rule]);
        dests.set(destOfRule[rule]);
      }
    }

    PairTable rules() {
      return PairTable.of("rule", "dest", "source", destOfRule, sourceOfRule);
    }

    PairTable senders() {
      var tags = new IntBag();
      var vms = new IntBag();
      for (int vm = 0; vm < environment.vmCount(); vm++) {
        for (int tag : carried(environment.tagListOf(vm), sources)) {
          tags.add(tag);
          vms.add(vm);
        }
      }
      return PairTable.of("sender", "tag", "vm", tags.toArray(), vms.toArray());
    }

    PairTable receivers() {
      var vms = new IntBag();
      var tags = new IntBag();
      for (int vm = 0; vm < environment.vmCount(); vm++) {
        for (int tag : carried(environment.tagListOf(vm), dests)) {
          vms.add(vm);
          tags.add(tag);
        }
      }
      return PairTable.of("receiver", "vm", "tag", vms.toArray(), tags.toArray());
    }

    PairTable bridges() {
      var left = new IntBag();
      var entered = new IntBag();
      for (int list = 0; list < environment.tagLists().size(); list++) {
        for (int source : carried(list, sources)) {
          for (int dest : carried(list, dests)) {
            left.add(source);
            entered.add(dest);
          }
        }
      }
      return PairTable.of("bridge", "source", "dest", left.toArray(), entered.toArray());
    }

    private int[] carried(int list, BitSet wanted) {
      var lists = environment.tagLists();
      var tags = new IntBag(lists.length(list));
      for (int place = lists.start(list); place < lists.end(list); place++) {
        if (wanted.get(lists.value(place))) {
          tags.add(lists.value(place));
        }
      }
      return tags.toArray();
    }
  }
}
