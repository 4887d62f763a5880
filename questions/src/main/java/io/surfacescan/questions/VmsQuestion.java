package io.surfacescan.questions;

import io.surfacescan.engine.Exposure;
import io.surfacescan.engine.VmOrder;
import io.surfacescan.engine.VmsBySurface;
import io.surfacescan.model.Environment;
import io.surfacescan.model.VmKind;
import io.surfacescan.model.VmSearch;
import io.surfacescan.questions.Profile.Trait;
import io.surfacescan.questions.arguments.Fault;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.Parameter.Choice;
import io.surfacescan.questions.arguments.Parameter.Count;
import io.surfacescan.questions.arguments.Parameter.Flag;
import io.surfacescan.questions.arguments.Parameter.Tag;
import io.surfacescan.questions.arguments.Parameter.Text;
import io.surfacescan.questions.arguments.QuestionRefused;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Lists and finds VMs, with their exposure.
public final class VmsQuestion extends Question {
  private static final Parameter ID =
      new Parameter("id", new Text(), "Only VMs whose id holds this");
  private static final Parameter NAME =
      new Parameter("name", new Text(), "Only VMs whose name holds this");
  private static final Parameter TAG = new Parameter("tag", new Tag(), "Only VMs with this tag");
  private static final Parameter TAG_PREFIX =
      new Parameter("tag_prefix", new Text(), "Only VMs with a tag that starts with this")
          .labelled("PREFIX");

  /// What a VM may be; the words are those of [VmKind].
  private enum Kind {
    ANY,
    VM,
    WORKLOAD,
    LOAD_BALANCER,
    DATABASE,
    FUNCTION,
    GATEWAY,
    EXTERNAL,
    EXTERNAL_SINK;

    boolean isOf(VmKind kind) {
      return this == ANY || name().equals(kind.name());
    }

    boolean isExternal() {
      return this == EXTERNAL || this == EXTERNAL_SINK;
    }
  }

  static final Parameter KIND =
      new Parameter(
          "kind",
          Choice.of(Kind.ANY)
              .or(Kind.VM)
              .or(Kind.WORKLOAD)
              .or(Kind.LOAD_BALANCER)
              .or(Kind.DATABASE)
              .or(Kind.FUNCTION)
              .or(Kind.GATEWAY)
              .or(Kind.EXTERNAL)
              .or(Kind.EXTERNAL_SINK),
          "Only VMs of this kind");
  static final Parameter SCOPE =
      new Parameter("scope", new Text(), "Only VMs of exactly this account, project or cluster")
          .labelled("SCOPE");
  private static final Parameter MIN_ATTACKERS =
      new Parameter("min_attackers", Count.from(0), "Only VMs with at least N attackers");
  private static final Parameter MAX_ATTACKERS =
      new Parameter("max_attackers", Count.from(0), "Only VMs with at most N attackers");
  private static final Parameter SORT =
      new Parameter(
          "sort",
          Choice.of(Order.INPUT)
              .or(Order.ID)
              .or(Order.NAME)
              .or(Order.ATTACKERS, "the most first")
              .or(Order.DIRECT_ATTACKERS, "the most first")
              .or(Order.BLAST_RADIUS, "the largest first"),
          "Order");
  private static final Parameter COLLAPSE =
      new Parameter(
          "collapse",
          new Flag(),
          "One row for all VMs with the same attack surface, with their number");
  private static final Parameter LIMIT =
      new Parameter(
          "limit", Count.from(0).servedTo(1_000).servedUsually(100), "Only the first N rows");

  /// So many exposures are found in no time, whatever the environment looks like.
  private static final int SMALL_VMS = 10_000;

  /// A part of the rows.
  ///
  /// @param collapsed whether a row stands for all VMs with one attack surface
  public record Rows(
      Environment environment, boolean collapsed, List<ExposedVm> rows, Optional<Part> part)
      implements Answer {
    public Rows {
      rows = List.copyOf(rows);
    }
  }

  VmsQuestion() {
    super(
        Profile.of(
                "vms",
                "List VMs, all or those found, with who can attack them and whom they can.",
                Cost.LONG,
                ID,
                NAME,
                TAG,
                TAG_PREFIX,
                KIND,
                SCOPE,
                MIN_ATTACKERS,
                MAX_ATTACKERS,
                SORT,
                COLLAPSE,
                VmListQuestion.EXTERNAL,
                LIMIT)
            .with(Trait.PAGED)
            .remarks(
                "Example: surfacescan vms --data prod.json --tag-prefix db- --sort attackers --limit 10")
            .orElse("Ask for a page with a smaller limit, or for another sort than by size."));
  }

  @Override
  public Cost cost(CompiledEnvironment compiled) {
    return compiled.exposuresFound().isPresent() || isSmall(compiled) ? Cost.QUICK : Cost.LONG;
  }

  private static boolean isSmall(CompiledEnvironment compiled) {
    return compiled.environment().vmCount() <= SMALL_VMS;
  }

  @Override
  public Answer answer(Context context) throws QuestionRefused {
    var arguments = context.arguments();
    boolean collapse = arguments.flag(COLLAPSE);
    var search =
        new VmSearch(
            arguments.text(ID), arguments.text(NAME), context.tag(TAG), arguments.text(TAG_PREFIX));
    var order = order(context, arguments.word(SORT, Order.class));
    var kind = arguments.word(KIND, Kind.class);
    var found = search.in(context.environment());
    if (kind != Kind.ANY) {
      keep(found, vm -> kind.isOf(context.environment().vmKind(vm)));
    }
    if (arguments.has(SCOPE)) {
      keepScope(context.environment(), found, arguments.text(SCOPE).orElseThrow());
    }
    if (arguments.has(MIN_ATTACKERS) || arguments.has(MAX_ATTACKERS)) {
      int least = arguments.given(MIN_ATTACKERS).orElse(0);
      int most = arguments.given(MAX_ATTACKERS).orElse(Integer.MAX_VALUE);
      var exposures = context.exposures();
      keep(found, vm -> isBetween(least, exposures.of(vm).attackers(), most));
    }
    boolean external = arguments.flag(VmListQuestion.EXTERNAL) || kind.isExternal();
    int[] vms = order.sorted(external ? found : context.withoutExternals(found));
    int[] alike = {};
    if (collapse) {
      var groups = VmsBySurface.of(context.graph(), vms);
      vms = groups.first();
      alike = groups.count();
    }
    int from = Math.min(context.start(), vms.length);
    int to = from + Math.min(arguments.count(LIMIT), vms.length - from);
    var exposure = exposures(context, to - from);
    var rows = new ArrayList<ExposedVm>();
    for (int i = from; i < to; i++) {
      context.deadline().check();
      rows.add(
          new ExposedVm(
              exposure.apply(vms[i]),
              collapse ? OptionalInt.of(alike[i]) : OptionalInt.empty(),
              OptionalInt.empty()));
    }
    return new Rows(
        context.environment(),
        collapse,
        rows,
        Answer.Part.of(vms.length, context.start(), rows.size()));
  }

  private static void keep(BitSet found, IntPredicate kept) {
    for (int vm = found.nextSetBit(0); vm >= 0; vm = found.nextSetBit(vm + 1)) {
      if (!kept.test(vm)) {
        found.clear(vm);
      }
    }
  }

  private static boolean isBetween(int least, int number, int most) {
    return least <= number && number <= most;
  }

  private static void keepScope(Environment environment, BitSet found, String scope)
      throws QuestionRefused {
    IntPredicate isThere = vm -> environment.vmScope(vm).filter(scope::equals).isPresent();
    if (IntStream.range(0, environment.vmCount()).noneMatch(isThere)) {
      throw new QuestionRefused(new Fault.UnknownScope(SCOPE, scope));
    }
    keep(found, isThere);
  }

  /// An order of all VMs.
  static VmOrder order(Context context, Order order) {
    return switch (order) {
      case ID -> VmOrder.by(context.compiled().idOrder());
      case NAME -> VmOrder.by(context.compiled().nameOrder());
      case ATTACKERS -> VmOrder.byAttackers(context.exposures());
      case DIRECT_ATTACKERS -> VmOrder.byDirectAttackers(context.exposures());
      case BLAST_RADIUS -> VmOrder.byBlastRadius(context.exposures());
      case INPUT,
          ENGINE,
          HOPS,
          NEAREST,
          PAIRS,
          ONLY,
          SOURCE_TAG,
          DEST_TAG,
          SOURCE_VMS,
          DEST_VMS,
          SERVICES ->
          VmOrder.INPUT;
    };
  }

  /// All exposures at once where that is cheap or known or as many are listed, else one by one.
  private static IntFunction<Exposure> exposures(Context context, int rows) {
    var compiled = context.compiled();
    if (isSmall(compiled) || rows > SMALL_VMS || context.graph().hasAllStored()) {
      return context.exposures()::of;
    }
    var found = compiled.exposuresFound();
    return found.isPresent() ? found.get()::of : vm -> Exposure.of(context.graph(), vm);
  }
}
