package io.surfacescan.service.served;

import io.surfacescan.model.Place;
import io.surfacescan.model.Problem;
import io.surfacescan.model.ProblemKind;
import java.util.HashMap;
import java.util.List;
import org.jboss.logging.Logger;

/// One environment served in the place of another, and what is logged of it: the counts of both,
/// the warnings that are new, and a fall by more than half.
public record Replacement(Generation before, Generation now) {
  private static final Logger LOG = Logger.getLogger(Replacement.class);

  /// The most new warnings that have a line of their own.
  static final int WARNINGS_LOGGED_MOST = 20;

  /// What makes two warnings of different inputs the same.
  private record Subject(ProblemKind kind, Place place, String what) {
    static Subject of(Problem problem) {
      return new Subject(problem.kind(), problem.place(), problem.what());
    }
  }

  void log() {
    LOG.infof(
        "Loaded %d VMs and %d rules (before: %d and %d) in %d ms, version %s",
        now.environment().countedVms(),
        now.environment().ruleCount(),
        before.environment().countedVms(),
        before.environment().ruleCount(),
        now.loadTime().toMillis(),
        now.version());
    logShrinkage();
    logNewWarnings();
  }

  private void logShrinkage() {
    now.shrinkage()
        .ifPresent(shrinkage ->
            LOG.warnf(
                "The environment shrank by more than half: from %d to %d VMs, from %d to %d rules;"
                    + " check that no part of the input is missing",
                shrinkage.vmCountBefore(),
                now.environment().countedVms(),
                shrinkage.ruleCountBefore(),
                now.environment().ruleCount()));
  }

  private void logNewWarnings() {
    var found = newWarnings();
    var logged = found.subList(0, Math.min(found.size(), WARNINGS_LOGGED_MOST));
    logged.forEach(warning -> LOG.warnf("New warning: %s", warning));
    long more =
        Problem.total(found.subList(logged.size(), found.size()))
            + Math.max(0, now.problems().unlistedWarnings() - before.problems().unlistedWarnings());
    if (more > 0) {
      LOG.warnf("%d more new warnings; surfacescan validate lists them", more);
    }
  }

  /// The warnings that were not there before, or not as often.
  private List<Problem> newWarnings() {
    var known = new HashMap<Subject, Long>();
    before
        .problems()
        .warnings()
        .forEach(warning -> known.merge(Subject.of(warning), warning.count(), Math::max));
    return now.problems().warnings().stream()
        .filter(warning -> warning.count() > known.getOrDefault(Subject.of(warning), 0L))
        .toList();
  }
}
