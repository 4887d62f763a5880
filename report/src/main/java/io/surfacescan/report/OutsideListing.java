package io.surfacescan.report;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Exposure;
import io.surfacescan.engine.Exposures;
import io.surfacescan.engine.OutsideReach;
import io.surfacescan.model.Environment;
import io.surfacescan.model.VmKind;
import io.surfacescan.report.format.Columns;
import io.surfacescan.report.format.Rules;
import io.surfacescan.report.format.TextLines;
import io.surfacescan.text.Counted;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// What a report says of addresses outside: what the internet can attack, and each external apart
/// from the VMs.
///
/// JSON has `internet`, `{"reached_vms", "hops": [{"hops", "vms"}], "vms": [{"vm_id", "name",
/// "kind", "hops", "services", "first_rule"}]}`, and `externals`, `{"count", "vms": [{"vm_id",
/// "name", "kind", "scope", "addresses", "attackers", "direct_attackers", "blast_radius",
/// "direct_blast_radius"}]}`. Lists have at most [EnvironmentReport#FINDINGS_MOST] elements. An
/// environment without externals has neither.
///
/// @param internet what the internet can attack, if the environment has it
record OutsideListing(Exposures exposures, Optional<OutsideReach> internet) {
  private static final int LISTED_MOST = EnvironmentReport.FINDINGS_MOST;

  private AttackGraph graph() {
    return exposures.graph();
  }

  private Environment environment() {
    return graph().environment();
  }

  <R> void addTo(Columns<R> columns) {
    internet.ifPresent(reach -> columns.object("internet", reached(), ignored -> reach));
    if (environment().externalCount() > 0) {
      var externals =
          new Columns<Environment>()
              .number("count", Environment::externalCount).stream(
                  "vms", external(), (ignored, each) -> forEachExternal(each));
      columns.object("externals", externals, ignored -> environment());
    }
  }

  private Columns<OutsideReach> reached() {
    var atHops =
        new Columns<Integer>()
            .number("hops", Integer::longValue)
            .number("vms", hops -> internet.orElseThrow().vmsAt(hops));
    return new Columns<OutsideReach>()
        .number("reached_vms", OutsideReach::size).stream(
            "hops", atHops, (reach, each) -> hops(reach).forEach(each::accept))
            .stream("vms", vm(), (reach, each) -> vms(reach).forEach(each::accept));
  }

  private static IntStream hops(OutsideReach reach) {
    return IntStream.rangeClosed(1, reach.mostHops()).filter(hops -> reach.vmsAt(hops) > 0);
  }

  private static IntStream vms(OutsideReach reach) {
    return Arrays.stream(reach.vms(LISTED_MOST));
  }

  private Columns<Integer> vm() {
    var reach = internet.orElseThrow();
    return new Columns<Integer>()
        .vm(environment(), Integer::intValue)
        .text("kind", vm -> environment().vmKind(vm).code())
        .number("hops", reach::hops)
        .texts("services", vm -> reach.services(vm).texts())
        .object(
            "first_rule",
            Rules.columns(environment()),
            vm -> new Rules.Rule(environment(), reach.firstRule(vm)));
  }

  private Columns<Exposure> external() {
    return new Columns<Exposure>()
        .vm(environment(), Exposure::vm)
        .text("kind", one -> environment().vmKind(one.vm()).code())
        .textOrNone("scope", one -> environment().vmScope(one.vm()))
        .texts("addresses", one -> environment().vmDetails(one.vm()).addresses())
        .number("attackers", Exposure::attackers)
        .number("direct_attackers", Exposure::directAttackers)
        .number("blast_radius", Exposure::victims)
        .number("direct_blast_radius", Exposure::directVictims);
  }

  private void forEachExternal(Consumer<Exposure> each) {
    IntStream.range(0, environment().vmCount())
        .filter(vm -> environment().vmKind(vm).isExternal())
        .limit(LISTED_MOST)
        .forEach(vm -> each.accept(exposures.of(vm)));
  }

  /// Says it in lines of their own.
  void text(TextLines lines) {
    internet.ifPresent(reach -> text(lines, reach));
    int externals = environment().externalCount();
    if (externals == 0) {
      return;
    }
    lines.words("addresses outside: " + externals).end();
    forEachExternal(one -> external(lines, one));
    more(lines, externals);
  }

  private void text(TextLines lines, OutsideReach reach) {
    lines.words("the internet can attack " + Counted.orNo(reach.size(), "VM"));
    lines.words(reach.size() == 0 ? "" : ":").end();
    int shown = 0;
    for (int vm : reach.vms(LISTED_MOST)) {
      int hops = reach.hops(vm);
      if (hops != shown) {
        shown = hops;
        lines.words("  over " + Counted.orNo(hops, "hop") + ", ");
        lines.words(Counted.orNo(reach.vmsAt(hops), "VM") + ":").end();
      }
      lines.words("    ").vm(environment(), vm);
      lines.words(": " + reach.services(vm) + (hops == 1 ? " by " : ", first by "));
      Rules.text(lines, environment(), reach.firstRule(vm));
      lines.end();
    }
    more(lines, reach.size());
  }

  private static void more(TextLines lines, int all) {
    if (all > LISTED_MOST) {
      lines.words("  and " + (all - LISTED_MOST) + " more").end();
    }
  }

  private void external(TextLines lines, Exposure one) {
    lines.words("  ").vm(environment(), one.vm());
    boolean isSource = environment().vmKind(one.vm()) == VmKind.EXTERNAL;
    int vms = isSource ? one.victims() : one.attackers();
    int direct = isSource ? one.directVictims() : one.directAttackers();
    lines.words(isSource ? ": can attack " : ": can be attacked by ");
    lines.words(Counted.orNo(vms, "VM") + (vms == 0 ? "" : " (" + direct + " direct)"));
    lines.end();
  }
}
