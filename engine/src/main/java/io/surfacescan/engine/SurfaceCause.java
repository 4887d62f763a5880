package io.surfacescan.engine;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/// Why a surface grew: the rules that let new attackers in, and one of them with its path. Seen the
/// other way round, why it shrank.
///
/// A hop from one VM to another through a pair of tags is *new* if before either VM was not there,
/// or did not carry its tag, or no rule joined the two tags. A rule is named if it allows a new hop
/// that lies on a chain of direct attacks from an attacker that is new for the VM to the VM, one
/// that does not pass over the VM on its way. Since a chain without a new hop was there before,
/// every new attacker comes over some rule that is named.
///
/// @param vm the VM whose surface grew, in the environment where it is larger
/// @param rules the rules, ascending, as indexes of that environment; at least one
/// @param example a shortest path of a new attacker with the fewest hops, whose first hop is new;
///   of several attackers that of the lowest rank
public record SurfaceCause(int vm, List<Integer> rules, AttackPath example) {
  public SurfaceCause {
    rules = List.copyOf(rules);
  }

  /// Why the VM has attackers after that it had not before; empty if it has none. Indexes are those
  /// after.
  ///
  /// Cost: both surfaces, a pass over the joint classes and the tags of VMs that changed, and a
  /// search for the path. Where it matters for a rule which VMs the new attackers attack, also a
  /// search from all of them; mostly they could use the rules that are named themselves.
  public static Optional<SurfaceCause> ofGain(Comparison comparison, ComparedVm vm) {
    if (!vm.isAfter()) {
      return Optional.empty();
    }
    return new Search(comparison, vm).run();
  }

  /// Why the VM had attackers before that it has not after; empty if it had none. Indexes are those
  /// before.
  public static Optional<SurfaceCause> ofLoss(Comparison comparison, ComparedVm vm) {
    return ofGain(comparison.reversed(), vm.reversed());
  }

  /// Per tag, how many VMs of a set carry it, as far as it matters whether it is none, a single one
  /// or more.
  private static final class Carriers {
    private static final int NOBODY = -1;
    private static final int SEVERAL = -2;

    /// Per tag, the only VM that carries it, or one of the above.
    private final int[] only;

    Carriers(int tagCount) {
      only = new int[tagCount];
      Arrays.fill(only, NOBODY);
    }

    /// @param carrier a VM, or [#SEVERAL]
    void add(int tag, int carrier) {
      only[tag] = only[tag] == NOBODY || only[tag] == carrier ? carrier : SEVERAL;
    }

    /// Whether a VM that carries the one tag and another VM that carries the other can be found.
    static boolean pairUp(Carriers from, int source, Carriers to, int dest) {
      int attacker = from.only[source];
      int target = to.only[dest];
      return attacker != NOBODY && target != NOBODY && (attacker == SEVERAL || attacker != target);
    }
  }

  /// On chains from new attackers, who could be the first of a hop, by source tag, and who of them
  /// got the tag.
  private record Starts(Carriers from, Carriers newlyFrom) {}

  private static final class Search {
    private final Comparison comparison;
    private final JointClasses classes;
    private final AttackGraph graph;
    private final ComparedVm vm;
    private final NewHopRules newHops;
    private final int ownJoint;

    /// The ranks of the attackers, as bits: they are asked for once for each class.
    private final BitSet attackersBefore;

    private final BitSet attackersAfter;

    /// The classes after with a new attacker.
    private final BitSet gained = new BitSet();

    /// The joint classes that hold a tag of a rule that may allow a new hop.
    private final IntRow concerned = new IntRow();

    /// The classes after that new attackers can attack without passing over the VM.
    private final BitSet attacked = new BitSet();

    /// Who could be the second of a hop, by destination tag, and who of them got the tag.
    private final Carriers to;

    private final Carriers newlyTo;

    Search(Comparison comparison, ComparedVm vm) {
      this.comparison = comparison;
      this.classes = comparison.classes();
      this.graph = comparison.after();
      this.vm = vm;
      this.newHops = comparison.newHopRules();
      this.ownJoint = comparison.jointOfAfter(vm.after());
      boolean anyNew = !newHops.rules().isEmpty();
      this.attackersBefore = new BitSet();
      this.attackersAfter = new BitSet();
      if (anyNew) {
        SurfaceChange.attackers(comparison.before(), vm.before()).addTo(attackersBefore);
        SurfaceChange.attackers(graph, vm.after()).addTo(attackersAfter);
      }
      int tags = anyNew ? graph.environment().tagCount() : 0;
      to = new Carriers(tags);
      newlyTo = new Carriers(tags);
    }

    Optional<SurfaceCause> run() {
      // Without a new hop, whoever attacks the VM attacked it before.
      if (newHops.rules().isEmpty()) {
        return Optional.empty();
      }
      look();
      if (gained.isEmpty()) {
        return Optional.empty();
      }
      collectTargets();
      return Optional.of(new SurfaceCause(vm.after(), rules(), example()));
    }

    private void look() {
      for (int joint = 0; joint < classes.size(); joint++) {
        int vmClass = classes.after()[joint];
        if (vmClass < 0) {
          continue;
        }
        if (isGained(joint)) {
          gained.set(vmClass);
        }
        if (newHops.classes().get(vmClass) && member(joint) != JointClasses.NONE) {
          concerned.add(joint);
        }
      }
    }

    /// Whether other VMs of the joint class than the one asked about attack it after.
    private boolean isAttacking(int joint) {
      int classAfter = classes.after()[joint];
      return classAfter >= 0
          && isAmong(graph, attackersAfter, classAfter)
          && (joint != ownJoint || classes.second()[joint] != JointClasses.NONE);
    }

    /// Whether they did not before.
    private boolean isGained(int joint) {
      int classBefore = classes.before()[joint];
      return isAttacking(joint)
          && (classBefore < 0 || !isAmong(comparison.before(), attackersBefore, classBefore));
    }

    /// Whether a VM of the class is among the attackers of a VM: all are, but for that VM itself.
    private static boolean isAmong(AttackGraph graph, BitSet attackers, int vmClass) {
      int start = graph.classStart(vmClass);
      return attackers.get(start)
          || (start + 1 < graph.classStart(vmClass + 1) && attackers.get(start + 1));
    }

    /// A VM after of the joint class other than the one asked about, or [JointClasses#NONE].
    private int member(int joint) {
      int first = comparison.after(classes.first()[joint]);
      if (first != vm.after()) {
        return first;
      }
      int second = classes.second()[joint];
      return second == JointClasses.NONE ? second : comparison.after(second);
    }

    private boolean hasSeveral(int joint) {
      int others = classes.sizes()[joint] - (joint == ownJoint ? 1 : 0);
      return others > 1;
    }

    private void collectTargets() {
      for (int i = 0; i < concerned.size(); i++) {
        if (isAttacking(concerned.get(i))) {
          add(to, concerned.get(i));
        }
      }
      var tags = graph.classes().tags();
      int own = graph.classOf(vm.after());
      for (int i = tags.start(own); i < tags.end(own); i++) {
        to.add(tags.value(i), vm.after());
      }
      comparison.forEachNewTag((carrier, tag) -> {
        if (carrier == vm.after() || isAttacking(comparison.jointOfAfter(carrier))) {
          newlyTo.add(tag, carrier);
        }
      });
    }

    private Starts starts(IntPredicate isOnChain) {
      int tags = graph.environment().tagCount();
      var starts = new Starts(new Carriers(tags), new Carriers(tags));
      for (int i = 0; i < concerned.size(); i++) {
        if (isOnChain.test(concerned.get(i))) {
          add(starts.from, concerned.get(i));
        }
      }
      comparison.forEachNewTag((carrier, tag) -> {
        if (carrier != vm.after() && isOnChain.test(comparison.jointOfAfter(carrier))) {
          starts.newlyFrom.add(tag, carrier);
        }
      });
      return starts;
    }

    private void add(Carriers carriers, int joint) {
      var tags = graph.classes().tags();
      int vmClass = classes.after()[joint];
      int carrier = hasSeveral(joint) ? Carriers.SEVERAL : member(joint);
      for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
        carriers.add(tags.value(i), carrier);
      }
    }

    private List<Integer> rules() {
      var least = rules(starts(this::isGained));
      var most = rules(starts(joint -> true));
      // Some rule is named. If nobody else could add one, those who are on a chain need not be
      // found.
      if (least.equals(most) || most.size() == 1) {
        return most;
      }
      spread();
      return rules(starts(joint -> isGained(joint) || attacked.get(classes.after()[joint])));
    }

    private List<Integer> rules(Starts starts) {
      var environment = graph.environment();
      return newHops.rules().stream()
          .filter(
              rule -> allowsNewHop(starts, environment.sourceTag(rule), environment.destTag(rule)))
          .boxed()
          .toList();
    }

    private boolean allowsNewHop(Starts starts, int source, int dest) {
      return comparison.isNewPair(source, dest)
          ? Carriers.pairUp(starts.from, source, to, dest)
          : Carriers.pairUp(starts.newlyFrom, source, to, dest)
              || Carriers.pairUp(starts.from, source, newlyTo, dest);
    }

    /// Forwards from the new attackers over classes and tags, each once.
    private void spread() {
      var expanded = new BitSet();
      var reached = new BitSet();
      int[] waiting = new int[2 * graph.classes().size()];
      int waitingCount = 0;
      for (int start = gained.nextSetBit(0); start >= 0; start = gained.nextSetBit(start + 1)) {
        waiting[waitingCount++] = start;
      }
      var tags = graph.classes().tags();
      var rules = graph.rules().bySource();
      var holders = graph.classesPerTag();
      while (waitingCount > 0) {
        int vmClass = waiting[--waitingCount];
        for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
          int source = tags.value(i);
          if (expanded.get(source)) {
            continue;
          }
          expanded.set(source);
          for (int j = rules.start(source); j < rules.end(source); j++) {
            int dest = rules.otherTag(j);
            if (reached.get(dest)) {
              continue;
            }
            reached.set(dest);
            for (int k = holders.start(dest); k < holders.end(dest); k++) {
              int next = holders.target(k);
              if (!attacked.get(next) && !isOnlyTheVm(next)) {
                attacked.set(next);
                waiting[waitingCount++] = next;
              }
            }
          }
        }
      }
    }

    private boolean isOnlyTheVm(int vmClass) {
      return graph.classOf(vm.after()) == vmClass
          && graph.classStart(vmClass + 1) - graph.classStart(vmClass) == 1;
    }

    private AttackPath example() {
      var search = VmsByHop.attackersUntil(graph, vm.after(), gained);
      // The search ends with the hop at which it meets the first of them.
      int nearest = Arrays.stream(search.classes()).filter(gained::get).findFirst().orElseThrow();
      int rank = graph.classStart(nearest);
      while (graph.vmAt(rank) == vm.after()
          || !isGained(comparison.jointOfAfter(graph.vmAt(rank)))) {
        rank++;
      }
      return AttackPath.of(graph, graph.vmAt(rank), vm.after()).orElseThrow();
    }
  }
}
