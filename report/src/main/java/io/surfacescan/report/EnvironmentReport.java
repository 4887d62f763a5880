package io.surfacescan.report;

import io.surfacescan.engine.EnvironmentFindings;
import io.surfacescan.engine.Exposures;
import io.surfacescan.engine.FarthestAttackers;
import io.surfacescan.engine.OutsideReach;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.ExposedVm;
import io.surfacescan.questions.VmSequence;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Page;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.Table;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.report.format.Tree;
import io.surfacescan.text.Counted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/// The exposure of every VM, a summary with a histogram, and the findings about the rules and tags
/// themselves.
///
/// JSON is `{"summary": {…}, "findings": {…}, "truncated", "vms": […]}`, with what [OutsideListing]
/// says before `truncated`. NDJSON and CSV are the rows of the VMs alone. `truncated` says that
/// hops of some VMs were not found in time; their rows have null. Findings have their exact count
/// and at most [#FINDINGS_MOST] elements each.
///
/// @param farthest the hops of farthest attackers, if they were asked for
/// @param internet what the internet can attack, if the environment has it
/// @param page the VMs to list, in the order of the answer
public record EnvironmentReport(
    Exposures exposures,
    Optional<FarthestAttackers> farthest,
    Optional<OutsideReach> internet,
    VmSequence page)
    implements Document {
  /// The most elements that are listed of each kind of finding.
  public static final int FINDINGS_MOST = 1_000;

  @Override
  public Table<ExposedVm> table() {
    return listing().table(this::rows);
  }

  private ExposureListing listing() {
    return new ExposureListing(environment(), false, false, farthest.isPresent(), internet);
  }

  private OutsideListing outside() {
    return new OutsideListing(exposures, internet);
  }

  private Environment environment() {
    return exposures.graph().environment();
  }

  private int vmCount() {
    return environment().countedVms();
  }

  private void rows(Consumer<ExposedVm> rows) {
    page.forEach(vm -> rows.accept(new ExposedVm(exposures.of(vm), OptionalInt.empty(), hops(vm))));
  }

  private OptionalInt hops(int vm) {
    int hops = farthest.map(found -> found.hops(vm)).orElse(FarthestAttackers.UNFINISHED);
    return hops == FarthestAttackers.UNFINISHED ? OptionalInt.empty() : OptionalInt.of(hops);
  }

  private boolean isTruncated() {
    return farthest.isPresent() && !farthest.get().isComplete();
  }

  @Override
  public Optional<Tree<?>> tree() {
    var bars =
        new Columns<Bar>()
            .number("attackers_from", Bar::from)
            .number("attackers_to", Bar::to)
            .number("vms", Bar::vms);
    var summary =
        new Columns<Summary>()
            .number("vms", ignored -> vmCount())
            .number("rules", ignored -> environment().ruleCount())
            .number("tags", ignored -> environment().tagCount())
            .number("pairs", ignored -> exposures.pairs())
            .number("attacked_vms", Summary::attacked)
            .number("most_attackers", Summary::mostAttackers)
            .number("median_attackers", Summary::medianAttackers)
            .list("histogram", bars, Summary::histogram);
    var tags =
        new Columns<int[]>()
            .number("count", found -> found.length)
            .texts("tags", found -> first(found).mapToObj(environment()::tag).toList());
    var rules =
        new Columns<int[]>()
            .number("count", found -> found.length)
            .rules(environment(), found -> first(found).boxed().toList());
    var findings =
        new Columns<EnvironmentFindings>()
            .object("unused_rules", rules, EnvironmentFindings::unusedRules)
            .object("phantom_tags", tags, EnvironmentFindings::phantomTags)
            .object("self_rules", rules, EnvironmentFindings::selfRules)
            .object("duplicate_rules", rules, EnvironmentFindings::duplicateRules);
    var columns =
        new Columns<EnvironmentReport>()
            .object("summary", summary, ignored -> Summary.of(exposures))
            .object("findings", findings, ignored -> EnvironmentFindings.of(exposures.graph()));
    outside().addTo(columns);
    columns.truth("truncated", EnvironmentReport::isTruncated).stream(
        "vms", listing().columns(), EnvironmentReport::rows);
    return Optional.of(new Tree<>(columns, this));
  }

  private static IntStream first(int[] found) {
    return Arrays.stream(found).limit(FINDINGS_MOST);
  }

  @Override
  public void text(TextLines lines) {
    var summary = Summary.of(exposures);
    var findings = EnvironmentFindings.of(exposures.graph());
    int vms = vmCount();
    lines
        .words(
            Counted.orNo(vms, "VM")
                + ", "
                + Counted.orNo(environment().ruleCount(), "rule")
                + ": "
                + summary.attacked()
                + " of the VMs can be attacked, over "
                + Counted.orNo(exposures.pairs(), "pair")
                + " of attacker and target")
        .end();
    lines
        .words(
            "attackers of a VM: median "
                + summary.medianAttackers()
                + ", most "
                + summary.mostAttackers())
        .end();
    for (var bar : summary.histogram()) {
      lines.words("  " + (bar.from == bar.to ? bar.from : bar.from + " to " + bar.to) + ": ");
      lines.words(Counted.orNo(bar.vms, "VM")).end();
    }
    rules(lines, "unused", findings.unusedRules());
    rules(lines, "self", findings.selfRules());
    rules(lines, "duplicate", findings.duplicateRules());
    finding(
        lines, "phantom tag", findings.phantomTags(), tag -> lines.text(environment().tag(tag)));
    outside().text(lines);
    if (isTruncated()) {
      lines.words("the time limit was reached before the hops of all VMs were found").end();
    }
    lines.end();
    table().text(lines);
  }

  @Override
  public Optional<Page> asPage() {
    return Optional.of(new ReportPage(exposures, Summary.of(exposures), internet, page).page());
  }

  private void rules(TextLines lines, String kind, int[] rules) {
    finding(lines, kind + " rule", rules, rule -> Rules.text(lines, environment(), rule));
  }

  private static void finding(TextLines lines, String noun, int[] found, IntConsumer element) {
    lines.words(Counted.orNo(found.length, noun) + (found.length == 0 ? "" : ":"));
    lines.end();
    first(found)
        .forEach(one -> {
          lines.words("  ");
          element.accept(one);
          lines.end();
        });
    if (found.length > FINDINGS_MOST) {
      lines.words("  and " + (found.length - FINDINGS_MOST) + " more").end();
    }
  }

  /// How many VMs have how many attackers.
  ///
  /// @param bars VMs without attackers, then those with 1 to 9, 10 to 99 and so on
  record Summary(int attacked, int mostAttackers, int medianAttackers, int[] bars) {
    static Summary of(Exposures exposures) {
      var environment = exposures.graph().environment();
      int[] attackers =
          IntStream.range(0, environment.vmCount())
              .filter(vm -> !environment.vmKind(vm).isExternal())
              .map(exposures::attackers)
              .toArray();
      int vms = attackers.length;
      Arrays.sort(attackers);
      int most = vms == 0 ? 0 : attackers[vms - 1];
      int[] bars = new int[1 + digits(most)];
      for (int count : attackers) {
        bars[digits(count)]++;
      }
      return new Summary(vms - bars[0], most, vms == 0 ? 0 : attackers[(vms - 1) / 2], bars);
    }

    private static int digits(int count) {
      return count == 0 ? 0 : Integer.toString(count).length();
    }

    List<Bar> histogram() {
      var histogram = new ArrayList<>(List.of(new Bar(0, 0, bars[0])));
      long from = 1;
      for (int digits = 1; digits < bars.length; digits++, from *= 10) {
        int to = (int) Math.min(Integer.MAX_VALUE, 10 * from - 1);
        histogram.add(new Bar((int) from, to, bars[digits]));
      }
      return histogram;
    }
  }

  /// How many VMs have so many attackers.
  record Bar(int from, int to, int vms) {}
}
