package io.surfacescan.load;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.bodyBytes;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// What Gatling runs, by the plan in the folder that this process was started for. Gatling makes
/// simulations by their names and without arguments.
abstract class PlannedSimulation extends Simulation {
  private static final String WHOLE = "a whole answer";
  private static final int SHOWN = 80;

  private final Plan plan;
  private final Requests requests;

  /// @param part what to take of the plan
  PlannedSimulation(UnaryOperator<Plan> part) {
    var folder = RunFolder.ofThisProcess();
    plan = part.apply(folder.readPlan());
    requests = new Requests(folder.readVmIds(), plan.mix(), plan.seed());
    setUp(population()).protocols(protocol()).assertions(limits());
  }

  private PopulationBuilder population() {
    var asking = feed(requests).exec(request());
    var ramp = plan.ramp();
    return switch (plan.volume()) {
      case Volume.Users users ->
          scenario("users")
              .exec(asLongAs(within(plan.measured())).on(asking))
              .injectOpen(
                  ramp.isZero()
                      ? atOnceUsers(users.count())
                      : rampUsers(users.count()).during(ramp));
      case Volume.Rate rate -> scenario("requests").exec(asking).injectOpen(arrivals(rate));
    };
  }

  private List<OpenInjectionStep> arrivals(Volume.Rate rate) {
    var steady = constantUsersPerSec(rate.perSecond()).during(plan.duration());
    return plan.ramp().isZero()
        ? List.of(steady)
        : List.of(rampUsersPerSec(0).to(rate.perSecond()).during(plan.ramp()), steady);
  }

  /// True from when it is first asked until the span is over.
  private static Function<Session, Boolean> within(Duration span) {
    var end = new AtomicLong();
    return session -> {
      long now = System.nanoTime();
      end.compareAndSet(0, now + span.toNanos());
      return now - end.get() < 0;
    };
  }

  private static HttpRequestActionBuilder request() {
    return http("#{" + Requests.QUESTION + "}")
        .get("#{" + Requests.TARGET + "}")
        .check(
            status().is(200),
            bodyBytes().transformWithSession(PlannedSimulation::verdict).is(WHOLE).name("answer"));
  }

  private static String verdict(byte[] body, Session session) {
    var question = Objects.requireNonNull(session.<Question>get(Requests.QUESTION));
    return question.isAnsweredBy(body)
        ? WHOLE
        : new String(body, 0, Math.min(SHOWN, body.length), StandardCharsets.UTF_8);
  }

  private HttpProtocolBuilder protocol() {
    // Without caching: a user would send the validator of an answer it had, and get 304.
    var protocol =
        http.baseUrl(plan.server().toString())
            .acceptHeader("application/json")
            .userAgentHeader("surfacescan-load")
            .disableUrlEncoding()
            .disableCaching()
            .disableFollowRedirect();
    return switch (plan.volume()) {
      case Volume.Users _ -> protocol;
      // Each request is a user of its own to Gatling, and would have a connection of its own.
      case Volume.Rate _ -> protocol.shareConnections();
    };
  }

  private List<Assertion> limits() {
    var limits = new ArrayList<Assertion>();
    limits.add(global().allRequests().count().gt(0L));
    limits.add(global().failedRequests().percent().lte(plan.failedMost()));
    if (plan.p99Most() > 0) {
      limits.add(global().responseTime().percentile(99).lte(plan.p99Most()));
    }
    return limits;
  }
}
