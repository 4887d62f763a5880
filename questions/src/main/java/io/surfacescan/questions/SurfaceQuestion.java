package io.surfacescan.questions;

import io.surfacescan.engine.SurfaceGroups;
import io.surfacescan.engine.SurfaceGroups.Direction;
import io.surfacescan.engine.SurfaceGroups.GroupKey;
import io.surfacescan.engine.SurfaceGroups.Layout;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.Profile.Trait;
import io.surfacescan.questions.arguments.Arguments;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.Parameter.Choice;
import io.surfacescan.questions.arguments.Parameter.Count;
import io.surfacescan.questions.arguments.QuestionRefused;
import java.util.Arrays;
import java.util.stream.Stream;

/// Who can attack a VM, or whom it can attack, as a picture of few groups.
public final class SurfaceQuestion extends Question {
  private static final Parameter DIRECTION =
      new Parameter(
          "direction",
          Choice.of(Direction.IN, "who attacks the VM").or(Direction.OUT, "whom it attacks"),
          "Direction");
  private static final Parameter LIMIT =
      new Parameter("limit", Count.from(1).to(500).usually(50), "Fold all but the N largest groups")
          .formerly("top");
  private static final Parameter PER_HOP =
      new Parameter(
              "per_hop",
              Count.from(1).to(100),
              "Hops side by side: fold all but the N largest groups of each, in place of limit")
          .unless("10 if columns, from_hop, hop or hop_start is given");
  private static final Parameter COLUMNS =
      new Parameter(
          "columns",
          Count.from(2).to(20).usually(5),
          "The most columns of hops; the last has all hops from there on");
  private static final Parameter FROM_HOP =
      new Parameter(
          "from_hop", Count.from(1).usually(1), "Fold the hops before this one into one group");
  private static final Parameter HOP =
      new Parameter("hop", Count.from(1), "The hop that hop_start is about");
  private static final Parameter HOP_START =
      new Parameter(
          "hop_start",
          Count.from(0).usually(0),
          "Fold the N largest groups of the hop, and not those after them");
  private static final Parameter BY =
      new Parameter(
          "by",
          Choice.of(By.TAG, "the tag that lets them in")
              .or(By.TAG_START, "its start, up to the first of -_.:/=")
              .or(By.SCOPE, "their account, project or cluster")
              .or(By.KIND, "what they are")
              .or(By.VM, "each by itself")
              .or(By.AUTO, "vm up to 60 VMs, tag-start above 200 tags of one hop, else tag"),
          "What the VMs of a group have in common beside their hops");
  private static final Parameter RULES =
      new Parameter(
          "rules",
          Count.from(0).to(SurfaceGroups.RULES_MOST).usually(SurfaceGroups.RULES_MOST),
          "Only the first N rules of each edge");
  private static final int PER_HOP_USUAL = 10;

  /// Up to so many VMs are shown one by one.
  private static final int SINGLE_MOST = 60;

  /// Above so many tags of one hop, those that start alike are one group.
  private static final int TAGS_MOST = 200;

  private enum By {
    TAG,
    TAG_START,
    SCOPE,
    KIND,
    VM,
    AUTO
  }

  /// The groups of one VM.
  public record Groups(Environment environment, SurfaceGroups surface) implements Answer {}

  SurfaceQuestion() {
    super(
        Profile.of(
                "surface",
                "Draw who can attack a VM as few groups, with the rules between them.",
                Cost.QUICK,
                VmQuestion.VM,
                DIRECTION,
                BY,
                LIMIT,
                PER_HOP,
                COLUMNS,
                FROM_HOP,
                HOP,
                HOP_START,
                RULES,
                VmListQuestion.MAX_HOPS,
                Provenance.DATE)
            .with(Trait.DRAWN, Trait.KEPT)
            .remarks(
                "A group is the VMs of one hop and of the tag that lets them in. Each VM is counted once, so"
                    + " groups add up; an edge counts every VM able to use it, so edges may add up to more.",
                "By another key than the tag, such as --by scope, groups have ids such as 2.scope:prod.",
                "With --per-hop, hops stand side by side as columns, each with its largest groups.",
                "",
                "Example: surfacescan surface --data prod.json vm-a211de -o dot | dot -Tsvg")
            .orElse("Ask with max_hops, or start the service with a larger --time-limit."));
  }

  @Override
  public Answer answer(Context context) throws QuestionRefused {
    int vm = context.vm(VmQuestion.VM);
    return new Groups(
        context.environment(),
        switch (context.arguments().word(BY, By.class)) {
          case TAG -> groups(context, vm, GroupKey.TAG);
          case TAG_START -> groups(context, vm, GroupKey.TAG_START);
          case SCOPE -> groups(context, vm, GroupKey.SCOPE);
          case KIND -> groups(context, vm, GroupKey.KIND);
          case VM -> groups(context, vm, GroupKey.VM);
          case AUTO -> readable(context, vm);
        });
  }

  private static SurfaceGroups groups(Context context, int vm, GroupKey key) {
    var arguments = context.arguments();
    var surface =
        SurfaceGroups.of(
            context.graph(),
            vm,
            arguments.word(DIRECTION, Direction.class),
            arguments.count(VmListQuestion.MAX_HOPS),
            key,
            layout(arguments),
            Arrays.stream(context.environment().internet()).boxed().toList(),
            context.deadline());
    return arguments.has(RULES) ? surface.withRules(arguments.count(RULES)) : surface;
  }

  /// Few VMs one by one; very many tags by their starts, if that makes at most half as many groups.
  private static SurfaceGroups readable(Context context, int vm) {
    var byTag = groups(context, vm, GroupKey.TAG);
    if (byTag.total() <= SINGLE_MOST) {
      return groups(context, vm, GroupKey.VM);
    }
    int tags =
        byTag.columns().stream()
            .mapToInt(SurfaceGroups.Column::groups)
            .max()
            .orElse(byTag.groupCount());
    if (tags > TAGS_MOST) {
      var byStart = groups(context, vm, GroupKey.TAG_START);
      return byStart.groupCount() <= byTag.groupCount() / 2 ? byStart : byTag;
    }
    return byTag;
  }

  private static Layout layout(Arguments arguments) {
    boolean isByHop =
        Stream.of(PER_HOP, COLUMNS, FROM_HOP, HOP, HOP_START).anyMatch(arguments::has);
    return isByHop
        ? new Layout.ByHop(
            arguments.given(PER_HOP).orElse(PER_HOP_USUAL),
            arguments.count(COLUMNS),
            arguments.count(FROM_HOP),
            arguments.given(HOP).orElse(0),
            arguments.count(HOP_START))
        : new Layout.Largest(arguments.count(LIMIT));
  }
}
