package io.surfacescan.service.served;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.DeadlinePassed;
import io.surfacescan.importers.Imported;
import io.surfacescan.importers.ReadOptions;
import io.surfacescan.model.Place;
import io.surfacescan.policy.Finding;
import io.surfacescan.policy.Findings;
import io.surfacescan.policy.Policy;
import io.surfacescan.policy.PolicyProblem;
import io.surfacescan.policy.PolicyRefused;
import io.surfacescan.policy.RulePlaces;
import io.surfacescan.policy.checking.CheckOptions;
import io.surfacescan.policy.checking.Judgement;
import io.surfacescan.policy.checking.PolicyCheck;
import io.surfacescan.policy.reading.PolicyFiles;
import io.surfacescan.report.findings.FindingsNews;
import io.surfacescan.service.platform.FileRefused;
import io.surfacescan.settings.Input;
import io.surfacescan.settings.PolicySettings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The policy that every environment is checked against before it is served.
///
/// A rule about what is new compares with the environment before; there is nothing new in the
/// first.
public final class PolicyChecks implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(PolicyChecks.class);

  /// The most time for causes and for verdicts each.
  private static final Duration TIME_MOST = Duration.ofMinutes(1);

  /// The most causes for each rule.
  private static final int FINDINGS_MOST = 50;

  /// The most findings that the log names after a load.
  private static final int TOLD_MOST = 20;

  private final PolicySettings settings;
  private volatile @Nullable Policy policy;
  private volatile @Nullable WebhookSender webhook;

  public PolicyChecks(PolicySettings settings) {
    this.settings = settings;
  }

  /// Reads the policy.
  ///
  /// @throws FileRefused if it cannot be used
  public void start() throws FileRefused {
    if (settings.policies().isEmpty()) {
      return;
    }
    try {
      policy = PolicyFiles.read(settings.policies(), settings.waivers());
    } catch (PolicyRefused e) {
      throw new FileRefused(e.problems().getFirst().toString());
    }
    if (settings.webhook().isPresent()) {
      webhook = WebhookSender.start(settings.webhook().get());
    }
  }

  /// Sends nothing any more.
  @Override
  public void close() {
    var sender = webhook;
    if (sender != null) {
      sender.close();
    }
  }

  /// How an input is read to be checked: with the places of its rules, where it can be read twice.
  static ReadOptions readOptions(Input input, PolicySettings settings) {
    var options = FirstReading.options(input);
    return settings.policies().isEmpty() || input.readsStdin() ? options : options.withLocations();
  }

  ReadOptions readOptions(Input input) {
    return readOptions(input, settings);
  }

  /// Checks an environment before it is served; nothing without a policy.
  Optional<PolicyOutcome> check(
      AttackGraph graph, Imported imported, Optional<Generation> replaced) {
    var checked = policy;
    if (checked == null) {
      return Optional.empty();
    }
    RulePlaces places =
        imported
            .locations()
            .<RulePlaces>map(known -> rule -> Optional.of(known.ofRule(rule)))
            .orElse(RulePlaces.UNKNOWN);
    long end = System.nanoTime() + TIME_MOST.toNanos();
    Deadline deadline = () -> System.nanoTime() - end > 0;
    var options =
        new CheckOptions(
            places,
            Optional.of(replaced.map(Generation::graph).orElse(graph)),
            FINDINGS_MOST,
            CheckOptions.EXAMPLES_USUAL,
            deadline);
    try {
      return Optional.of(new PolicyOutcome.Found(PolicyCheck.of(graph, checked, options)));
    } catch (PolicyRefused e) {
      return Optional.of(new PolicyOutcome.Refused(e.problems()));
    } catch (DeadlinePassed e) {
      var problem =
          new PolicyProblem(
              Place.of(String.join(", ", settings.policies())),
              "the check took longer than " + TIME_MOST.toSeconds() + " s",
              "write fewer rules");
      return Optional.of(new PolicyOutcome.Refused(List.of(problem)));
    }
  }

  /// What an environment holds against the policy, with the waivers of today; empty if none is
  /// checked.
  public Optional<Findings> findings(Generation generation) {
    return switch (generation.policyOutcome().orElse(null)) {
      case null -> Optional.empty();
      case PolicyOutcome.Refused _ -> Optional.empty();
      case PolicyOutcome.Found(var found) -> Optional.of(judged(found));
    };
  }

  /// The findings with the waivers that hold today.
  public Findings judged(Findings findings) {
    var checked = policy;
    return Judgement.of(
        findings,
        checked == null ? List.of() : checked.waivers(),
        Set.of(),
        LocalDate.now(ZoneOffset.UTC));
  }

  /// Logs which findings are new and which are gone, and sends them to the webhook.
  void tell(Optional<Generation> before, Generation after) {
    switch (after.policyOutcome().orElse(null)) {
      case null -> {}
      case PolicyOutcome.Refused(var problems) ->
          problems.forEach(problem -> LOG.errorf("The policy is not checked: %s", problem));
      case PolicyOutcome.Found(var findings) -> {
        var now = open(judged(findings));
        var then = before.flatMap(this::findings).map(PolicyChecks::open).orElse(List.of());
        var added = without(now, then);
        var gone = without(then, now);
        send(before, after, now, added, gone);
        LOG.infof(
            "Policy checked: %d findings, %d new, %d resolved",
            now.size(), added.size(), gone.size());
        added.stream()
            .limit(TOLD_MOST)
            .forEach(finding ->
                LOG.warnf(
                    "New finding (%s, %s): %s; %s",
                    finding.rule().severity().word(),
                    finding.rule().id(),
                    finding.message(),
                    finding.remedy()));
        gone.stream()
            .limit(TOLD_MOST)
            .forEach(finding ->
                LOG.infof(
                    "Resolved finding (%s, %s): %s",
                    finding.rule().severity().word(), finding.rule().id(), finding.message()));
      }
    }
  }

  private void send(
      Optional<Generation> before,
      Generation after,
      List<Finding> now,
      List<Finding> added,
      List<Finding> gone) {
    var sender = webhook;
    var news =
        new FindingsNews(
            Instant.now(),
            after.version(),
            now.size(),
            added,
            gone,
            after.environment(),
            before.map(Generation::environment).orElse(after.environment()));
    if (sender != null && !news.isEmpty()) {
      sender.send(news.json());
    }
  }

  private static List<Finding> open(Findings judged) {
    return judged.all().stream().filter(Finding::isOpen).toList();
  }

  private static List<Finding> without(List<Finding> some, List<Finding> others) {
    var known = others.stream().map(Finding::fingerprint).collect(Collectors.toSet());
    return some.stream().filter(finding -> !known.contains(finding.fingerprint())).toList();
  }
}
