package io.surfacescan.service.answers;

import io.surfacescan.policy.Findings;
import io.surfacescan.report.findings.CheckReport;
import io.surfacescan.report.findings.FindingsFormat;
import io.surfacescan.report.format.Format;
import io.surfacescan.service.exchange.Accepted;
import io.surfacescan.service.exchange.Exchange;
import io.surfacescan.service.exchange.Query;
import io.surfacescan.service.exchange.Refusal;
import io.surfacescan.service.exchange.Target;
import io.surfacescan.service.served.Generation;
import io.surfacescan.service.served.Generations;
import io.surfacescan.service.served.PolicyChecks;
import io.surfacescan.service.served.PolicyOutcome;
import io.vertx.core.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// `GET /check`: what the environment served holds against the policy, with the waivers of today.
public final class CheckEndpoint {
  private static final String SARIF_TYPE = "application/sarif+json";

  private final PolicyChecks policies;

  public CheckEndpoint(PolicyChecks policies) {
    this.policies = policies;
  }

  /// Answers, later: writing all findings may take some milliseconds.
  public void answer(Exchange exchange, Target target, Optional<Generation> served) throws Refusal {
    Query.of(target.query(), Set.of());
    exchange.head().vary(HttpHeaders.ACCEPT);
    var generation = served.orElseThrow(Generations::notLoaded);
    String accepted = exchange.header(HttpHeaders.ACCEPT);
    boolean isSarif = accepted != null && accepted.contains(SARIF_TYPE);
    var format = Accepted.format(accepted, Format.ofAnyAnswer());
    if (!isSarif && format.isEmpty()) {
      throw new Refusal(
          Refusal.Kind.NOT_ACCEPTABLE,
          "Accept must allow one of application/json, application/x-ndjson, text/csv, text/plain,"
              + " application/sarif+json.");
    }
    var findings = findings(generation);
    String type = isSarif ? SARIF_TYPE : format.orElseThrow().contentType();
    var written =
        isSarif
            ? FindingsFormat.SARIF
            : FindingsFormat.named(format.orElseThrow().word()).orElseThrow();
    exchange.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    Thread.ofVirtual()
        .name("surfacescan-check")
        .start(() -> {
          byte[] body = body(findings, written);
          exchange.eventLoop().runOnContext(_ -> exchange.answer(200, type, body));
        });
  }

  private Findings findings(Generation generation) throws Refusal {
    return switch (generation.policyOutcome().orElse(null)) {
      case null ->
          throw new Refusal(
              Refusal.Kind.NO_POLICY, "Start the service with --policy FILE to check one.");
      case PolicyOutcome.Refused(var problems) ->
          throw new Refusal(Refusal.Kind.POLICY_REFUSED, problems.getFirst() + ".");
      case PolicyOutcome.Found(var found) -> policies.judged(found);
    };
  }

  private static byte[] body(Findings findings, FindingsFormat format) {
    var out = new ByteArrayOutputStream();
    try {
      format.write(new CheckReport(findings, "", Path.of(""), false), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
