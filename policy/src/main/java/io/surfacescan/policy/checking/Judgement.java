package io.surfacescan.policy.checking;

import io.surfacescan.model.Environment;
import io.surfacescan.policy.Finding;
import io.surfacescan.policy.Findings;
import io.surfacescan.policy.Waiver;
import io.surfacescan.policy.Wildcards;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Which findings are accepted: by waivers, or because they were there before.
public final class Judgement {
  private final Environment environment;
  private final List<Waiver> waivers;
  private final Set<String> known;
  private final LocalDate today;
  private final Set<Waiver> used = new LinkedHashSet<>();
  private final Set<Waiver> expired = new LinkedHashSet<>();

  private Judgement(
      Environment environment, List<Waiver> waivers, Set<String> known, LocalDate today) {
    this.environment = environment;
    this.waivers = waivers;
    this.known = known;
    this.today = today;
  }

  /// The findings with what accepts them.
  ///
  /// @param known fingerprints of findings that were there before
  /// @param today decides which waivers still hold
  public static Findings of(
      Findings findings, List<Waiver> waivers, Set<String> known, LocalDate today) {
    var judgement = new Judgement(findings.environment(), waivers, known, today);
    var verdicts =
        findings.verdicts().stream()
            .map(verdict ->
                verdict.with(verdict.findings().stream().map(judgement::judged).toList()))
            .toList();
    var unused = new ArrayList<>(waivers);
    unused.removeAll(judgement.used);
    unused.removeAll(judgement.expired);
    return new Findings(findings.environment(), verdicts, List.copyOf(judgement.expired), unused);
  }

  private Finding judged(Finding finding) {
    Optional<Waiver> accepting = Optional.empty();
    for (var waiver : waivers) {
      if (!matches(waiver, finding)) {
        continue;
      }
      if (waiver.isExpired(today)) {
        expired.add(waiver);
      } else {
        used.add(waiver);
        accepting = accepting.or(() -> Optional.of(waiver));
      }
    }
    var judged = accepting.map(finding::waivedBy).orElse(finding);
    return known.contains(finding.fingerprint()) ? judged.known() : judged;
  }

  private boolean matches(Waiver waiver, Finding finding) {
    if (waiver.fingerprint().isPresent()) {
      return waiver.fingerprint().get().equals(finding.fingerprint());
    }
    return waiver.rule().map(Wildcards::like).orElse(ignored -> true).test(finding.rule().id())
        && waiver.subject().map(Wildcards::like).map(like -> isAbout(finding, like)).orElse(true);
  }

  /// Whether all VMs that the finding names are meant: one among others must not hide them.
  private boolean isAbout(Finding finding, Predicate<String> like) {
    return finding.count() <= finding.examples().size()
        && !finding.examples().isEmpty()
        && finding.examples().stream()
            .allMatch(vm ->
                like.test(environment.vmId(vm)) || environment.vmName(vm).filter(like).isPresent());
  }
}
