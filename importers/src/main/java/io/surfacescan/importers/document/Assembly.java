package io.surfacescan.importers.document;

import static java.util.Objects.requireNonNull;

import io.surfacescan.importers.json.OffsetColumn;
import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.Quoted;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.ProblemKind;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Joins parts in input order to one environment.
public final class Assembly {
  private final ProblemLog problems;

  /// The keys of all documents' own objects.
  private final Set<String> topKeys = new LinkedHashSet<>();

  /// The first part, which grows by the others.
  private @Nullable ParsedPart whole;

  public Assembly(ProblemLog problems) {
    this.problems = problems;
  }

  /// Joins the next part, which is ended.
  public void add(ParsedPart next) {
    problems.addAll(next.problems());
    topKeys.addAll(next.topKeys());
    if (whole == null) {
      whole = next;
    } else {
      append(whole, next);
    }
  }

  private void append(ParsedPart whole, ParsedPart next) {
    var leftOut = new BitSet();
    whole
        .environment()
        .append(
            next.environment(),
            (vm, first) -> {
              leftOut.set(vm);
              duplicateVmId(
                  problems,
                  next.vmSpots().get(vm),
                  whole.environment().vmId(first),
                  whole.vmSpots().get(first));
            });
    whole.vmSpots().addAll(next.vmSpots(), leftOut);
    whole.ruleSpots().addAll(next.ruleSpots(), new BitSet());
  }

  /// What was joined so far as one part, with the problems. Ends this assembly.
  ParsedPart whole() {
    return requireNonNull(whole).with(problems, List.copyOf(topKeys));
  }

  /// Where each VM's id stands.
  public OffsetColumn vmSpots() {
    return whole == null ? new OffsetColumn() : whole.vmSpots();
  }

  /// Where each rule starts.
  public OffsetColumn ruleSpots() {
    return whole == null ? new OffsetColumn() : whole.ruleSpots();
  }

  /// The environment of all parts, after a look at it as a whole. Ends this assembly.
  public Environment build() {
    if (whole == null) {
      return new EnvironmentBuilder().build();
    }
    Environment environment = whole.environment().build();
    var checks = new RuleChecks(environment, whole.ruleSpots(), problems);
    checks.warnOfDuplicates();
    if (!problems.hasErrors()) {
      refuseHalf();
    }
    if (!problems.hasErrors()) {
      checks.warnOfPhantomTags();
      new LookAlikes(environment, whole.vmSpots(), whole.ruleSpots(), problems).warn();
    }
    return environment;
  }

  /// An input without one of the lists may have lost a file, and every attacker with it. Not asked
  /// when a document was not understood: it may hold the list.
  private void refuseHalf() {
    for (String list : List.of(DocumentReader.VMS, DocumentReader.FW_RULES)) {
      if (!topKeys.contains(list)) {
        problems.add(
            ProblemKind.MISSING_LIST,
            SourceOffset.whole(0),
            "the list " + list + " stands nowhere in the input",
            "add the file that holds it, or write \"" + list + "\": [] if it is meant to be empty");
      }
    }
  }

  static void duplicateVmId(ProblemLog problems, SourceOffset spot, String id, SourceOffset first) {
    problems.add(
        ProblemKind.DUPLICATE_VM_ID,
        "vm_id",
        spot,
        () -> "vm_id " + Quoted.value(id) + " is used twice",
        first,
        "give each VM its own id");
  }
}
