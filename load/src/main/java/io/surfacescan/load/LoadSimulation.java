package io.surfacescan.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import io.gatling.javaapi.core.CoreDsl;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpDsl;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;

/// What Gatling runs. It makes simulations by their names and without arguments, so the load
/// reaches this one as a scoped value.
public final class LoadSimulation extends Simulation {
  static final ScopedValue<Load> LOAD = ScopedValue.newInstance();

  private static final String WHOLE = "a whole answer";
  private static final JsonFactory JSON = new JsonFactory();

  /// @param vmIds the VMs to draw from, percent-encoded
  /// @param measured whether it is not the warm-up, whose requests are not asked again
  record Load(URI server, List<String> vmIds, LoadFlags flags, boolean measured) {}

  /// Reads the load.
  public LoadSimulation() {
    var load = LOAD.get();
    // Without caching: a user would send the validator of an answer it had, and get 304.
    var protocol =
        HttpDsl.http
            .baseUrl(load.server().resolve("/").toString())
            .acceptHeader("application/json")
            .userAgentHeader("surfacescan-load")
            .disableUrlEncoding()
            .disableCaching()
            .disableFollowRedirect();
    // At a rate each request is a user of its own to Gatling, and would have its own connection.
    boolean atRate = load.flags().rate != null;
    var run = setUp(population(load)).protocols(atRate ? protocol.shareConnections() : protocol);
    if (load.measured()) {
      run.assertions(
          CoreDsl.global().allRequests().count().gt(0L),
          CoreDsl.global().failedRequests().percent().lte(load.flags().failedMost));
    }
    if (load.measured() && load.flags().p99Most != null) {
      run.assertions(CoreDsl.global().responseTime().percentile(99).lte(load.flags().p99Most));
    }
  }

  private static PopulationBuilder population(Load load) {
    var flags = load.flags();
    var ramp = load.measured() ? flags.ramp : Duration.ZERO;
    var full = load.measured() ? flags.duration : flags.warmUp;
    long seed = load.measured() ? flags.seed : flags.seed + 1;
    var asking = CoreDsl.feed(requests(load.vmIds(), flags.mix, seed)).exec(asked());
    if (flags.rate == null) {
      return CoreDsl.scenario("users")
          .exec(CoreDsl.asLongAs(within(ramp.plus(full))).on(asking))
          .injectOpen(CoreDsl.rampUsers(flags.users).during(ramp));
    }
    var steady = CoreDsl.constantUsersPerSec(flags.rate).during(full);
    var growing = CoreDsl.rampUsersPerSec(0).to(flags.rate);
    return CoreDsl.scenario("requests")
        .exec(asking)
        .injectOpen(ramp.isZero() ? List.of(steady) : List.of(growing.during(ramp), steady));
  }

  /// Without an end, drawn at random; the same seed draws the same ones in the same order.
  ///
  /// @param mix how many go to `/attack`, and how many to `/stats`
  static Iterator<Map<String, Object>> requests(List<String> vmIds, List<Integer> mix, long seed) {
    var random = new SplittableRandom(seed);
    return Stream.<Map<String, Object>>generate(
            () -> {
              boolean attack = random.nextInt(mix.getFirst() + mix.getLast()) < mix.getFirst();
              return attack
                  ? Map.of(
                      "route",
                      "attack",
                      "target",
                      "attack?vm_id=" + vmIds.get(random.nextInt(vmIds.size())))
                  : Map.of("route", "stats", "target", "stats");
            })
        .iterator();
  }

  /// True from when it is first asked until the span is over.
  private static Function<Session, Boolean> within(Duration span) {
    var end = new AtomicLong();
    return _ -> {
      long now = System.nanoTime();
      end.compareAndSet(0, now + span.toNanos());
      return now - end.get() < 0;
    };
  }

  private static HttpRequestActionBuilder asked() {
    return HttpDsl.http("#{route}")
        .get("#{target}")
        .check(
            HttpDsl.status().is(200).logActualValueInError(true),
            CoreDsl.bodyBytes()
                .transformWithSession(LoadSimulation::verdict)
                .is(WHOLE)
                .logActualValueInError(true));
  }

  private static String verdict(byte[] body, Session session) {
    return isWhole(body, "attack".equals(session.getString("route")))
        ? WHOLE
        : new String(body, 0, Math.min(80, body.length), StandardCharsets.UTF_8);
  }

  /// Whether it is an array of strings or an object, with nothing missing and nothing after it. The
  /// strings are not made: on a shared machine the load test would measure itself.
  static boolean isWhole(byte[] body, boolean ids) {
    try (var json = JSON.createParser(body)) {
      var start = json.nextToken();
      if (ids) {
        while (json.nextToken() == JsonToken.VALUE_STRING) {}
      } else {
        json.skipChildren();
      }
      return start == (ids ? JsonToken.START_ARRAY : JsonToken.START_OBJECT)
          && json.currentToken() == (ids ? JsonToken.END_ARRAY : JsonToken.END_OBJECT)
          && json.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }
}
