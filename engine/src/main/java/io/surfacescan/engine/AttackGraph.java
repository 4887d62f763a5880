package io.surfacescan.engine;

import io.surfacescan.model.ColumnSink;
import io.surfacescan.model.ColumnSource;
import io.surfacescan.model.Environment;
import io.surfacescan.model.TextOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/// An environment compiled for questions: immutable, shared by all threads, never changed once
/// built.
///
/// Building is linear in VMs, tag memberships and rules, but for the stored ancestor sets, which a
/// budget bounds. The package page says how it works.
public final class AttackGraph {
  /// Each VM of the environment stands for itself alone.
  private static final int[] ALL_VMS = {};

  private final Environment environment;
  private final LiveRules rules;
  private final VmClasses classes;
  private final Adjacency classesPerTag;
  private final EngineOrder order;
  private final Atoms outAtoms;
  private final Atoms inAtoms;
  private final Cycles cycles;
  private final Adjacency successors;
  private final Ancestors ancestors;
  private final Descendants descendants;
  private final Ranks externals;

  /// Per class, how many VMs stand before its first, without [#externals]; one more element closes
  /// the last.
  private final int[] countedBeforeClass;

  /// Per out-atom, the same.
  private final int[] countedBeforeOutAtom;

  private final RanksMemo surfaces;
  private final RanksMemo blastRadii;
  private volatile @Nullable TextOrder tagOrder;

  private AttackGraph(
      Environment environment,
      LiveRules rules,
      VmClasses classes,
      EngineOrder order,
      Atoms outAtoms,
      Atoms inAtoms,
      Adjacency successors,
      Ancestors ancestors,
      MemoryBudget budget) {
    this.environment = environment;
    this.rules = rules;
    this.classes = classes;
    this.classesPerTag = classes.classesPerTag(environment.tagCount());
    this.order = order;
    this.outAtoms = outAtoms;
    this.inAtoms = inAtoms;
    this.cycles = Cycles.of(outAtoms, inAtoms, order, successors.nodeCount());
    this.successors = successors;
    this.ancestors = ancestors;
    this.descendants = new Descendants(successors, inAtoms);
    this.externals = externals(environment, order);
    this.countedBeforeClass = without(externals, order.classStart());
    this.countedBeforeOutAtom = without(externals, order.outAtomStart());
    this.surfaces = new RanksMemo(inAtoms.size(), budget.memoInts());
    this.blastRadii = new RanksMemo(outAtoms.size(), budget.memoInts());
  }

  /// Compiles the environment within the usual memory budget.
  public static AttackGraph of(Environment environment) {
    return of(environment, MemoryBudget.usual(environment.vmCount()));
  }

  /// Compiles the environment; the budget changes how fast questions are answered, never the
  /// answers.
  public static AttackGraph of(Environment environment, MemoryBudget budget) {
    return of(environment, budget, RoleGraph.MAX_PAIR_EDGES);
  }

  static AttackGraph of(Environment environment, MemoryBudget budget, int maxPairEdges) {
    var rules = LiveRules.of(environment);
    var classes = VmClasses.of(environment, rules);
    return of(environment, ALL_VMS, rules, classes, budget, maxPairEdges);
  }

  /// Compiles an environment of which only the classes are known: each of its VMs stands for
  /// several with the same tags.
  ///
  /// Cost and memory are those of a graph of the classes, however many VMs there are.
  ///
  /// @param classes one VM for each class. What stands for addresses outside is a class of its own.
  /// @param vmsPerClass per VM of the environment, how many VMs it stands for, at least 1
  /// @throws IllegalArgumentException if a number is below 1 or missing
  /// @throws ArithmeticException if there are more than [Integer#MAX_VALUE] VMs
  public static ClassGraph ofClasses(Environment classes, int[] vmsPerClass) {
    return ofClasses(classes, vmsPerClass, MemoryBudget.usual(classes.vmCount()));
  }

  static ClassGraph ofClasses(Environment classes, int[] vmsPerClass, MemoryBudget budget) {
    if (vmsPerClass.length != classes.vmCount()
        || Arrays.stream(vmsPerClass).anyMatch(vms -> vms < 1)) {
      throw new IllegalArgumentException("each class has one or more VMs");
    }
    if (Arrays.stream(vmsPerClass).asLongStream().sum() > Integer.MAX_VALUE) {
      throw new ArithmeticException("more VMs than " + Integer.MAX_VALUE);
    }
    int[] vms = vmsPerClass.clone();
    var rules = LiveRules.of(classes);
    var found = VmClasses.of(classes, rules);
    return new ClassGraph(of(classes, vms, rules, found, budget, RoleGraph.MAX_PAIR_EDGES), vms);
  }

  /// The graph of the same environment without the rules of one tag pair.
  ///
  /// The classes are kept: VMs that differ only in tags without rules stay apart, which changes no
  /// answer.
  AttackGraph without(int sourceTag, int destTag, MemoryBudget budget) {
    var fewer = rules.without(sourceTag, destTag);
    return of(environment, ALL_VMS, fewer, classes, budget, RoleGraph.MAX_PAIR_EDGES);
  }

  /// Compiles an environment that another was made from or that was made from another, with what
  /// they share: the classes, if no VM changed and the same tags are live.
  static AttackGraph of(Environment environment, AttackGraph like) {
    var rules = LiveRules.of(environment);
    boolean sameClasses =
        environment.sharesVmsWith(like.environment) && rules.haveTheTagsOf(like.rules);
    return of(
        environment,
        ALL_VMS,
        rules,
        sameClasses ? like.classes : VmClasses.of(environment, rules),
        MemoryBudget.usual(environment.vmCount()),
        RoleGraph.MAX_PAIR_EDGES);
  }

  /// @param vmsAlike per VM, how many VMs it stands for; empty if each stands for itself alone
  private static AttackGraph of(
      Environment environment,
      int[] vmsAlike,
      LiveRules rules,
      VmClasses found,
      MemoryBudget budget,
      int maxPairEdges) {
    var roles = RoleGraph.of(rules, found.tags(), environment.tagCount(), maxPairEdges);
    var components = Components.of(roles.edges());

    var outFound = Atoms.of(found.tags(), roles.sourceNode(), components);
    int[] atomOrder = outFound.byFirstComponent(components.count());
    int[] numberOfAtom = CountingSort.inverse(atomOrder);
    int[] atomOfClass = new int[found.size()];
    for (int vmClass = 0; vmClass < atomOfClass.length; vmClass++) {
      atomOfClass[vmClass] = numberOfAtom[outFound.ofClass()[vmClass]];
    }
    int[] classOrder = CountingSort.order(atomOfClass, outFound.size());

    var classes = found.renumbered(classOrder);
    var outAtoms = outFound.renumbered(atomOrder, classOrder);
    // As long a work as the ancestors, and neither needs the other.
    var order =
        ForkJoinTask.adapt(() ->
                vmsAlike.length == 0
                    ? EngineOrder.of(environment, classes, outAtoms)
                    : EngineOrder.ofClasses(environment, vmsAlike, classes, outAtoms))
            .fork();
    var inAtoms = Atoms.of(classes.tags(), roles.destNode(), components);
    var predecessors = components.predecessors(roles.edges());
    var ancestors =
        Ancestors.of(
            predecessors,
            outAtoms.holding(components.count()),
            outAtoms.size(),
            budget.ancestorInts());
    return new AttackGraph(
        environment,
        rules,
        classes,
        order.join(),
        outAtoms,
        inAtoms,
        predecessors.reversed(),
        ancestors,
        budget);
  }

  /// Hands over what it takes time to find, but not the environment.
  public void write(ColumnSink sink) {
    rules.write(sink);
    classes.write(sink);
    order.write(sink);
    outAtoms.write(sink, "out");
    inAtoms.write(sink, "in");
    successors.write(sink, "successors");
    ancestors.write(sink);
  }

  /// The graph of an environment that was handed over, within the usual memory budget.
  public static AttackGraph read(ColumnSource source, Environment environment) {
    return new AttackGraph(
        environment,
        LiveRules.read(source, environment),
        VmClasses.read(source),
        EngineOrder.read(source),
        Atoms.read(source, "out"),
        Atoms.read(source, "in"),
        Adjacency.read(source, "successors"),
        Ancestors.read(source),
        MemoryBudget.usual(environment.vmCount()));
  }

  public Environment environment() {
    return environment;
  }

  private static Ranks externals(Environment environment, EngineOrder order) {
    if (environment.externalCount() == 0) {
      return Ranks.NONE;
    }
    var ranks = new BitSet();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      if (environment.vmKind(vm).isExternal()) {
        ranks.set(order.rankOfVm()[vm], order.endOf(vm));
      }
    }
    return Ranks.of(ranks);
  }

  /// Per rank, ascending, how many VMs stand before it that are not among some.
  private static int[] without(Ranks some, int[] ranks) {
    if (some.isEmpty()) {
      return ranks;
    }
    int[] before = new int[ranks.length];
    int passed = 0;
    int interval = 0;
    for (int i = 0; i < ranks.length; i++) {
      while (interval < some.intervalCount() && some.to(interval) <= ranks[i]) {
        passed += some.to(interval) - some.from(interval);
        interval++;
      }
      boolean isIn = interval < some.intervalCount() && some.from(interval) < ranks[i];
      before[i] = ranks[i] - passed - (isIn ? ranks[i] - some.from(interval) : 0);
    }
    return before;
  }

  /// The ranks of the VMs that stand for addresses outside. They attack and are attacked as others
  /// are; counts and lists of VMs leave them out.
  public Ranks externals() {
    return externals;
  }

  /// Whether the VM stands for addresses outside.
  boolean isExternal(int vm) {
    return !externals.isEmpty() && environment.vmKind(vm).isExternal();
  }

  /// How many VMs the out-atoms from one to below another have, without addresses outside.
  int countedOfOutAtoms(int from, int to) {
    return countedBeforeOutAtom[to] - countedBeforeOutAtom[from];
  }

  /// How many VMs a class has, without addresses outside.
  int counted(int vmClass) {
    return countedBeforeClass[vmClass + 1] - countedBeforeClass[vmClass];
  }

  /// The VM at a place in the engine's order, the order of all answers.
  public int vmAt(int rank) {
    return order.vmAtRank()[rank];
  }

  /// The VM's place in the engine's order.
  public int rankOf(int vm) {
    return order.rankOfVm()[vm];
  }

  LiveRules rules() {
    return rules;
  }

  VmClasses classes() {
    return classes;
  }

  int classOf(int vm) {
    return classes.classOfList()[environment.tagListOf(vm)];
  }

  /// The classes that hold a live tag, ascending.
  Adjacency classesPerTag() {
    return classesPerTag;
  }

  /// The first rank of a class; the VMs of class c stand at the ranks up to the first of class c +
  /// 1.
  int classStart(int vmClass) {
    return order.classStart()[vmClass];
  }

  /// The order of tags by their code points, found when it is first asked for.
  TextOrder tagOrder() {
    var known = tagOrder;
    if (known == null) {
      // Two threads may find the same order at once.
      known = TextOrder.of(environment.tags());
      tagOrder = known;
    }
    return known;
  }

  /// Whether the sizes of all surfaces are a matter of milliseconds, because all ancestors are
  /// stored.
  public boolean hasAllStored() {
    return ancestors.isComplete();
  }

  /// Whether the VM can attack another VM that can attack it.
  public boolean isOnCycle(int vm) {
    return cycles.onCycle().get(classOf(vm));
  }

  /// Whether the VMs of the class stand among the attackers of their own in-atom.
  boolean reachesItself(int vmClass) {
    return cycles.reachesItself().get(vmClass);
  }

  /// Components of the source roles of classes, numbered in the order of ranks.
  Atoms outAtoms() {
    return outAtoms;
  }

  /// Components of the destination roles of classes.
  Atoms inAtoms() {
    return inAtoms;
  }

  /// The first rank of an out-atom; its VMs stand at the ranks up to the first of the next.
  int outAtomStart(int outAtom) {
    return order.outAtomStart()[outAtom];
  }

  /// Per component, those that it has an edge to, all with higher numbers.
  Adjacency successors() {
    return successors;
  }

  /// Per in-atom, the number of its VMs, without addresses outside.
  int[] vmsOfInAtom() {
    int[] vms = new int[inAtoms.size()];
    for (int vmClass = 0; vmClass < classes.size(); vmClass++) {
      vms[inAtoms.ofClass()[vmClass]] += counted(vmClass);
    }
    return vms;
  }

  Ancestors ancestors() {
    return ancestors;
  }

  /// Every VM that attacks some VM of the in-atom of this VM, itself included if it reaches itself.
  Ranks attackersOfInAtomOf(int vm) {
    return surfaces.get(inAtoms.ofClass()[classOf(vm)], this::attackersOfInAtom);
  }

  private Ranks attackersOfInAtom(int inAtom) {
    int[] bounds = ancestors.reaching(inAtoms.components(), inAtom);
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = order.outAtomStart()[bounds[i]];
    }
    return Ranks.ofBounds(bounds);
  }

  /// Every VM that some VM of the out-atom of this VM attacks, itself included if it reaches
  /// itself.
  Ranks victimsOfOutAtomOf(int vm) {
    return blastRadii.get(outAtoms.ofClass()[classOf(vm)], this::victimsOfOutAtom);
  }

  private Ranks victimsOfOutAtom(int outAtom) {
    return order.ranksOf(descendants.reachedFrom(outAtoms.components(), outAtom));
  }
}
