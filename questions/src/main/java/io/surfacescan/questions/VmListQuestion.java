package io.surfacescan.questions;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.FoundByHop;
import io.surfacescan.engine.Ranks;
import io.surfacescan.engine.SurfaceGroups;
import io.surfacescan.engine.SurfaceGroups.Direction;
import io.surfacescan.engine.SurfaceGroups.GroupKey;
import io.surfacescan.questions.Profile.Trait;
import io.surfacescan.questions.arguments.Fault;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.Parameter.Choice;
import io.surfacescan.questions.arguments.Parameter.Count;
import io.surfacescan.questions.arguments.Parameter.Flag;
import io.surfacescan.questions.arguments.Parameter.Mark;
import io.surfacescan.questions.arguments.Parameter.Role;
import io.surfacescan.questions.arguments.Parameter.Text;
import io.surfacescan.questions.arguments.Parameter.Vm;
import io.surfacescan.questions.arguments.QuestionRefused;
import io.surfacescan.questions.arguments.Subject;
import io.surfacescan.questions.arguments.VmName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Who can attack a VM or a group, or whom it can attack.
public final class VmListQuestion extends Question {
  public static final Parameter MAX_HOPS =
      new Parameter(
          "max_hops", Count.from(1), "Only VMs over at most N hops; 1 is the direct ones");
  public static final Parameter GROUP =
      new Parameter(
              "group", new Text(), "Only VMs of this group of the VM's surface, such as 2:web")
          .labelled("GROUP");
  public static final Parameter HOPS =
      new Parameter("hops", new Flag(), "Each VM with the hops of a shortest path");
  public static final Parameter WHY =
      new Parameter("why", new Flag(), "Each VM with its hops and the rule of the hop at its end");
  public static final Parameter SORT =
      new Parameter(
          "sort",
          Choice.of(Order.ENGINE, "costs nothing")
              .or(Order.ID)
              .or(Order.NAME)
              .or(Order.HOPS)
              .or(Order.INPUT),
          "Order");
  public static final Parameter EXTERNAL =
      new Parameter("external", new Flag(), "What stands for addresses outside too");
  public static final Parameter LIMIT =
      new Parameter("limit", Count.from(0), "Only the first N of each VM's list");

  private final Way way;
  private final Parameter vm;

  /// @param vm who is asked about, as a sentence
  VmListQuestion(String name, String sentence, Way way, String vm, List<String> remarks) {
    this(
        name,
        sentence,
        way,
        new Parameter(
                "vm_id",
                new Vm("name", Optional.of("tag"), true, true)
                    .as(way == Way.ATTACKERS ? Role.TARGET : Role.ATTACKER),
                vm)
            .as(Mark.REQUIRED),
        remarks);
  }

  private VmListQuestion(
      String name, String sentence, Way way, Parameter vm, List<String> remarks) {
    super(
        Profile.of(
                name, sentence, Cost.QUICK, vm, MAX_HOPS, GROUP, HOPS, WHY, SORT, EXTERNAL, LIMIT)
            .with(Trait.UNSTOPPABLE, Trait.PAGED)
            .remarks(remarks.toArray(String[]::new)));
    this.way = way;
    this.vm = vm;
  }

  public Way way() {
    return way;
  }

  /// The VM or group asked about.
  public Parameter vm() {
    return vm;
  }

  /// A surface is looked up, and its bytes are there.
  @Override
  public Optional<Answer> atOnce(Context context) {
    var arguments = context.arguments();
    boolean plain =
        way == Way.ATTACKERS
            && !arguments.has(MAX_HOPS)
            && !arguments.has(GROUP)
            && !arguments.has(HOPS)
            && !arguments.has(WHY)
            && !arguments.has(SORT)
            && context.graph().externals().isEmpty();
    var named = arguments.vms(vm).getFirst();
    if (!plain || named.by() != VmName.By.ID) {
      return Optional.empty();
    }
    var found = context.environment().findVm(named.text());
    return found.isPresent()
        ? Optional.of(
            list(context, new Subject.One(found.getAsInt()), Order.ENGINE, false, Optional.empty()))
        : Optional.empty();
  }

  @Override
  public Answer answer(Context context) throws QuestionRefused {
    return list(
        context,
        context.subject(vm),
        context.arguments().word(SORT, Order.class),
        context.arguments().flag(HOPS));
  }

  /// The list of one VM or group.
  ///
  /// @param hops whether each VM has its hops
  public VmList list(Context context, Subject subject, Order order, boolean hops)
      throws QuestionRefused {
    return list(context, subject, order, hops, members(context, subject));
  }

  /// @param group those that are listed, if they are not all
  private VmList list(
      Context context, Subject subject, Order order, boolean hops, Optional<Ranks> group) {
    var arguments = context.arguments();
    int maxHops = arguments.count(MAX_HOPS);
    boolean why = arguments.flag(WHY);
    boolean searched = hops || why || order == Order.HOPS || order == Order.NEAREST;
    var graph = context.graph();
    Optional<FoundByHop> found =
        searched
            ? Optional.of(
                switch (way) {
                  case ATTACKERS -> subject.attackersByHop(graph, maxHops);
                  case VICTIMS -> subject.victimsByHop(graph, maxHops);
                })
            : Optional.empty();
    var outside = arguments.flag(EXTERNAL) ? Ranks.NONE : graph.externals();
    var reached =
        found
            .map(FoundByHop::ranks)
            .orElseGet(() ->
                switch (way) {
                  case ATTACKERS -> subject.attackers(graph, maxHops);
                  case VICTIMS -> subject.victims(graph, maxHops);
                });
    var all = inOrder(context, order, found, group.orElse(reached).minus(outside));
    var page = all.page(context.start(), arguments.count(LIMIT));
    return new VmList(
        graph,
        way,
        subject,
        hops || why ? found : Optional.empty(),
        why,
        internet(graph, subject, maxHops, found, reached),
        page,
        Answer.Part.of(all.size(), context.start(), page.size()));
  }

  /// Those of the group that was named, if they are near enough.
  private Optional<Ranks> members(Context context, Subject subject) throws QuestionRefused {
    if (!context.arguments().has(GROUP)) {
      return Optional.empty();
    }
    String text = context.arguments().text(GROUP).orElseThrow();
    var group = GroupId.parse(text);
    if (!(subject instanceof Subject.One(int one)) || group.isEmpty()) {
      throw new QuestionRefused(new Fault.UnknownGroup(GROUP, text));
    }
    var id = group.get();
    var tag =
        id.key() == GroupKey.TAG
            ? context.environment().findTag(id.text().orElse(""))
            : OptionalInt.empty();
    if (id.key() == GroupKey.TAG && tag.isEmpty()) {
      throw new QuestionRefused(new Fault.UnknownGroup(GROUP, text));
    }
    if (id.hop() > context.arguments().count(MAX_HOPS)) {
      return Optional.of(Ranks.NONE);
    }
    var direction =
        switch (way) {
          case ATTACKERS -> Direction.IN;
          case VICTIMS -> Direction.OUT;
        };
    var graph = context.graph();
    var deadline = context.deadline();
    if (tag.isPresent()) {
      return Optional.of(
          SurfaceGroups.members(graph, one, direction, id.hop(), tag.getAsInt(), deadline));
    }
    var members =
        SurfaceGroups.members(graph, one, direction, id.hop(), id.key(), id.text(), deadline);
    if (members.isEmpty()) {
      throw new QuestionRefused(new Fault.UnknownGroup(GROUP, text));
    }
    return Optional.of(members);
  }

  private Optional<Internet> internet(
      AttackGraph graph,
      Subject subject,
      int maxHops,
      Optional<FoundByHop> found,
      Ranks attackers) {
    return way == Way.VICTIMS
        ? Optional.empty()
        : Internet.of(
            graph.environment(),
            vm ->
                attackers.contains(graph.rankOf(vm))
                    ? found.orElseGet(() -> subject.attackersByHop(graph, maxHops)).hops(vm)
                    : 0);
  }

  private static VmSequence inOrder(
      Context context, Order order, Optional<FoundByHop> found, Ranks ranks) {
    var graph = context.graph();
    return switch (order) {
      case HOPS -> VmSequence.byHops(graph, found.orElseThrow(), ranks);
      case NEAREST -> VmSequence.nearestFirst(graph, found.orElseThrow(), ranks);
      case ID -> VmSequence.by(graph, ranks, context.compiled().idOrder());
      case INPUT -> VmSequence.inInputOrder(graph, ranks);
      case NAME -> VmSequence.by(graph, ranks, context.compiled().nameOrder());
      case ENGINE,
          ATTACKERS,
          DIRECT_ATTACKERS,
          BLAST_RADIUS,
          PAIRS,
          ONLY,
          SOURCE_TAG,
          DEST_TAG,
          SOURCE_VMS,
          DEST_VMS,
          SERVICES ->
          VmSequence.inEngineOrder(graph, ranks);
    };
  }
}
