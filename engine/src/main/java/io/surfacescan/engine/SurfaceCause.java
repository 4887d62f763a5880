package io.surfacescan.engine;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

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
  /// Cost: one pass over the joint classes, their tags, the rules and the tags of VMs that changed.
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

  private static final class Search {
    private final Comparison comparison;
    private final JointClasses classes;
    private final AttackGraph graph;
    private final ComparedVm vm;

    /// The joint classes whose VMs attack the VM after.
    private final BitSet attacking = new BitSet();

    /// Those of them whose VMs did not before.
    private final BitSet gained = new BitSet();

    /// The classes after that new attackers can attack without passing over the VM.
    private final BitSet attacked = new BitSet();

    /// The rules that may allow a new hop, and the classes that hold a tag of one of them.
    private final BitSet candidates = new BitSet();

    private final BitSet concerned = new BitSet();

    /// On a chain from a new attacker, the VMs that could be the first of a hop, by source tag, and
    /// those that could be its second, by destination tag; and those that got the tag.
    private final Carriers from;

    private final Carriers to;
    private final Carriers newlyFrom;
    private final Carriers newlyTo;

    Search(Comparison comparison, ComparedVm vm) {
      this.comparison = comparison;
      this.classes = comparison.classes();
      this.graph = comparison.after();
      this.vm = vm;
      int tags = graph.environment().tagCount();
      from = new Carriers(tags);
      to = new Carriers(tags);
      newlyFrom = new Carriers(tags);
      newlyTo = new Carriers(tags);
    }

    Optional<SurfaceCause> run() {
      findGained();
      if (gained.isEmpty()) {
        return Optional.empty();
      }
      findCandidates();
      spread();
      collectCarriers();
      collectNewTags();
      return Optional.of(new SurfaceCause(vm.after(), rules(), example()));
    }

    private void findGained() {
      var before =
          Comparison.classesAt(
              comparison.before(), SurfaceChange.attackers(comparison.before(), vm.before()));
      var after = Comparison.classesAt(graph, SurfaceChange.attackers(graph, vm.after()));
      for (int joint = 0; joint < classes.size(); joint++) {
        int classAfter = classes.after()[joint];
        int classBefore = classes.before()[joint];
        if (classAfter >= 0 && after.get(classAfter) && member(joint) != JointClasses.NONE) {
          attacking.set(joint);
          gained.set(joint, classBefore < 0 || !before.get(classBefore));
        }
      }
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
      int others = classes.sizes()[joint] - (comparison.jointOfAfter(vm.after()) == joint ? 1 : 0);
      return others > 1;
    }

    /// The rules of new pairs of tags and those on a tag that some VM got: no other allows a new
    /// hop.
    private void findCandidates() {
      var gotTags = new BitSet();
      comparison.forEachNewTag((carrier, tag) -> gotTags.set(tag));
      var rules = graph.rules().bySource();
      var tags = new BitSet();
      for (int source = 0; source < graph.environment().tagCount(); source++) {
        for (int place = rules.start(source); place < rules.end(source); place++) {
          int dest = rules.otherTag(place);
          if (gotTags.get(source) || gotTags.get(dest) || comparison.isNewPair(source, dest)) {
            candidates.set(rules.rule(place));
            tags.set(source);
            tags.set(dest);
          }
        }
      }
      var holders = graph.classesPerTag();
      tags.stream()
          .forEach(tag -> {
            for (int i = holders.start(tag); i < holders.end(tag); i++) {
              concerned.set(holders.target(i));
            }
          });
    }

    /// Forwards from the new attackers over classes and tags, each once.
    private void spread() {
      var expanded = new BitSet();
      var reached = new BitSet();
      int[] waiting = new int[graph.classes().size() + classes.size()];
      int waitingCount = 0;
      for (int joint = gained.nextSetBit(0); joint >= 0; joint = gained.nextSetBit(joint + 1)) {
        waiting[waitingCount++] = classes.after()[joint];
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

    private boolean isOnChain(int joint) {
      return gained.get(joint) || attacked.get(classes.after()[joint]);
    }

    private void collectCarriers() {
      for (int joint = 0; joint < classes.size(); joint++) {
        int vmClass = classes.after()[joint];
        if (vmClass >= 0 && concerned.get(vmClass) && member(joint) != JointClasses.NONE) {
          if (isOnChain(joint)) {
            add(from, joint);
          }
          if (attacking.get(joint)) {
            add(to, joint);
          }
        }
      }
      var tags = graph.classes().tags();
      int own = graph.classOf(vm.after());
      for (int i = tags.start(own); i < tags.end(own); i++) {
        to.add(tags.value(i), vm.after());
      }
    }

    private void add(Carriers carriers, int joint) {
      var tags = graph.classes().tags();
      int vmClass = classes.after()[joint];
      int carrier = hasSeveral(joint) ? Carriers.SEVERAL : member(joint);
      for (int i = tags.start(vmClass); i < tags.end(vmClass); i++) {
        carriers.add(tags.value(i), carrier);
      }
    }

    private void collectNewTags() {
      comparison.forEachNewTag((carrier, tag) -> {
        int joint = comparison.jointOfAfter(carrier);
        if (carrier == vm.after()) {
          newlyTo.add(tag, carrier);
          return;
        }
        if (isOnChain(joint)) {
          newlyFrom.add(tag, carrier);
        }
        if (attacking.get(joint)) {
          newlyTo.add(tag, carrier);
        }
      });
    }

    private List<Integer> rules() {
      var environment = graph.environment();
      return candidates.stream()
          .filter(rule -> allowsNewHop(environment.sourceTag(rule), environment.destTag(rule)))
          .boxed()
          .toList();
    }

    private boolean allowsNewHop(int source, int dest) {
      return comparison.isNewPair(source, dest)
          ? Carriers.pairUp(from, source, to, dest)
          : Carriers.pairUp(newlyFrom, source, to, dest)
              || Carriers.pairUp(from, source, newlyTo, dest);
    }

    private AttackPath example() {
      var ends = new BitSet();
      gained.stream().forEach(joint -> ends.set(classes.after()[joint]));
      var search = VmsByHop.attackersUntil(graph, vm.after(), ends);
      // The search ends with the hop at which it meets the first of them.
      int nearest = Arrays.stream(search.classes()).filter(ends::get).findFirst().orElseThrow();
      int rank = graph.classStart(nearest);
      while (graph.vmAt(rank) == vm.after()
          || !gained.get(comparison.jointOfAfter(graph.vmAt(rank)))) {
        rank++;
      }
      return AttackPath.of(graph, graph.vmAt(rank), vm.after()).orElseThrow();
    }
  }
}
