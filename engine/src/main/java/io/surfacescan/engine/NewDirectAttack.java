package io.surfacescan.engine;

import io.surfacescan.model.Services;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/// A direct attack after that was none before: both VMs by their indexes after.
public record NewDirectAttack(int from, int to) {
  private static final int NONE = -1;
  private static final int WORDS = 8;
  private static final int BITS = Long.SIZE * WORDS;

  /// Some new direct attack, always the same one, if there is any.
  ///
  /// VMs that one rule lost and another rule got back are not new, so pairs of tags are not enough:
  /// up to 512 joint classes at a time are bits that go from the tags they carry over the rules to
  /// the classes that attack them, on both sides. Cost: a walk over rules and classes of both
  /// graphs per 512 joint classes that may be attacked anew, until one is found.
  ///
  /// @throws DeadlinePassed if it does
  public static Optional<NewDirectAttack> find(Comparison comparison, Deadline deadline) {
    return find(comparison, Services.ALL, deadline);
  }

  /// The same of the rules alone that let some of these services through.
  static Optional<NewDirectAttack> find(
      Comparison comparison, Services services, Deadline deadline) {
    int[] targets = targets(comparison, services);
    var before = new Masks(comparison.before(), services);
    var after = new Masks(comparison.after(), services);
    for (int from = 0; from < targets.length; from += BITS) {
      deadline.check();
      int to = Math.min(targets.length, from + BITS);
      before.take(targets, from, to, comparison.classes().before());
      after.take(targets, from, to, comparison.classes().after());
      for (int joint = 0; joint < comparison.classes().size(); joint++) {
        long[] attacks = after.attackedBy(comparison.classes().after()[joint]);
        long[] attacked = before.attackedBy(comparison.classes().before()[joint]);
        var found = found(comparison, joint, targets, from, attacks, attacked);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /// Per VM after, another VM after that can attack it directly over some of these services and
  /// could not before, or -1.
  ///
  /// Cost: as [#find], if it finds none.
  ///
  /// @throws DeadlinePassed if it does
  public static int[] attackers(Comparison comparison, Services services, Deadline deadline) {
    var classes = comparison.classes();
    int[] attackerOfJoint = new int[classes.size()];
    Arrays.fill(attackerOfJoint, NONE);
    int[] targets = targets(comparison, services);
    var before = new Masks(comparison.before(), services);
    var after = new Masks(comparison.after(), services);
    for (int from = 0; from < targets.length; from += BITS) {
      deadline.check();
      int to = Math.min(targets.length, from + BITS);
      before.take(targets, from, to, classes.before());
      after.take(targets, from, to, classes.after());
      for (int joint = 0; joint < classes.size(); joint++) {
        long[] attacks = after.attackedBy(classes.after()[joint]);
        long[] attacked = before.attackedBy(classes.before()[joint]);
        for (int word = 0; word < WORDS; word++) {
          for (long bits = attacks[word] & ~attacked[word]; bits != 0; bits &= bits - 1) {
            int target = targets[from + 64 * word + Long.numberOfTrailingZeros(bits)];
            if (target != joint || classes.second()[joint] != JointClasses.NONE) {
              attackerOfJoint[target] = joint;
            }
          }
        }
      }
    }
    return attackers(comparison, attackerOfJoint);
  }

  private static int[] attackers(Comparison comparison, int[] attackerOfJoint) {
    var classes = comparison.classes();
    int[] attackers = new int[comparison.after().environment().vmCount()];
    Arrays.fill(attackers, NONE);
    for (int compared = 0; compared < comparison.vmCount(); compared++) {
      int vm = comparison.vm(compared).after();
      int joint = attackerOfJoint[classes.ofVm()[compared]];
      if (vm != ComparedVm.ABSENT && joint != NONE) {
        int first = comparison.vm(classes.first()[joint]).after();
        attackers[vm] = first == vm ? comparison.vm(classes.second()[joint]).after() : first;
      }
    }
    return attackers;
  }

  private static Optional<NewDirectAttack> found(
      Comparison comparison, int joint, int[] targets, int first, long[] after, long[] before) {
    var classes = comparison.classes();
    for (int word = 0; word < WORDS; word++) {
      for (long bits = after[word] & ~before[word]; bits != 0; bits &= bits - 1) {
        int target = targets[first + 64 * word + Long.numberOfTrailingZeros(bits)];
        int from = classes.first()[joint];
        int to = target == joint ? classes.second()[joint] : classes.first()[target];
        if (to != JointClasses.NONE) {
          return Optional.of(
              new NewDirectAttack(comparison.vm(from).after(), comparison.vm(to).after()));
        }
      }
    }
    return Optional.empty();
  }

  /// The joint classes that changed or hold a destination tag of a rule whose pair of tags is new,
  /// or whose source tag some VM got.
  private static int[] targets(Comparison comparison, Services services) {
    var graph = comparison.after();
    var classes = comparison.classes();
    var gotTags = new BitSet();
    comparison.forEachNewTag((vm, tag) -> gotTags.set(tag));
    var dests = new BitSet();
    var rules = graph.rules().bySource();
    var isNewPair = comparison.newPairs(rule -> isFor(services, comparison.before(), rule));
    for (int source = 0; source < graph.environment().tagCount(); source++) {
      for (int i = rules.start(source); i < rules.end(source); i++) {
        if (isFor(services, graph, rules.rule(i))
            && (gotTags.get(source) || isNewPair.holds(source, rules.otherTag(i)))) {
          dests.set(rules.otherTag(i));
        }
      }
    }
    var targets = new BitSet();
    comparison.changed().stream().forEach(vm -> targets.set(classes.ofVm()[vm]));
    var tags = graph.classes().tags();
    for (int joint = 0; joint < classes.size(); joint++) {
      int vmClass = classes.after()[joint];
      if (vmClass < 0) {
        continue;
      }
      for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
        if (dests.get(tags.value(i))) {
          targets.set(joint);
        }
      }
    }
    return targets.stream().filter(joint -> classes.after()[joint] >= 0).toArray();
  }

  private static boolean isFor(Services services, AttackGraph graph, int rule) {
    var environment = graph.environment();
    return !environment.hasRuleDetails() || environment.services(rule).meets(services);
  }

  /// The masks of one side, by tag: which of the block carry it, and which of the block those who
  /// carry it attack directly.
  private static final class Masks {
    private final AttackGraph graph;
    private final Services services;
    private final long[] carrying;
    private final long[] attacked;
    private final long[] ofClass = new long[WORDS];

    Masks(AttackGraph graph, Services services) {
      this.graph = graph;
      this.services = services;
      carrying = new long[Math.multiplyExact(graph.environment().tagCount(), WORDS)];
      attacked = new long[carrying.length];
    }

    void take(int[] targets, int from, int to, int[] classOfJoint) {
      Arrays.fill(carrying, 0);
      Arrays.fill(attacked, 0);
      var tags = graph.classes().tags();
      for (int i = from; i < to; i++) {
        int vmClass = classOfJoint[targets[i]];
        int bit = i - from;
        if (vmClass < 0) {
          continue;
        }
        for (int j = tags.start(vmClass); j < tags.end(vmClass); j++) {
          carrying[tags.value(j) * WORDS + (bit >>> 6)] |= 1L << bit;
        }
      }
      var rules = graph.rules().bySource();
      for (int source = 0; source < graph.environment().tagCount(); source++) {
        for (int i = rules.start(source); i < rules.end(source); i++) {
          if (isFor(services, graph, rules.rule(i))) {
            add(carrying, rules.otherTag(i), attacked, source);
          }
        }
      }
    }

    private static void add(long[] from, int fromTag, long[] to, int toTag) {
      for (int word = 0; word < WORDS; word++) {
        to[toTag * WORDS + word] |= from[fromTag * WORDS + word];
      }
    }

    /// Valid until the next call.
    long[] attackedBy(int vmClass) {
      Arrays.fill(ofClass, 0);
      if (vmClass < 0) {
        return ofClass;
      }
      var tags = graph.classes().tags();
      for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
        add(attacked, tags.value(i), ofClass, 0);
      }
      return ofClass;
    }
  }
}
