package io.surfacescan.service.port;

import io.surfacescan.report.status.ReloadDocument;
import io.surfacescan.report.status.ServedEnvironmentDocument;
import io.surfacescan.report.status.StatisticsDocument;
import io.surfacescan.service.access.Access;
import io.surfacescan.service.access.AllowedHosts;
import io.surfacescan.service.access.AllowedOrigins;
import io.surfacescan.service.access.RequestRates;
import io.surfacescan.service.answers.Answers;
import io.surfacescan.service.answers.CheckEndpoint;
import io.surfacescan.service.docs.DocsPage;
import io.surfacescan.service.docs.OpenApi;
import io.surfacescan.service.exchange.Accepted;
import io.surfacescan.service.exchange.Exchange;
import io.surfacescan.service.exchange.JsonRequest;
import io.surfacescan.service.exchange.Query;
import io.surfacescan.service.exchange.Refusal;
import io.surfacescan.service.exchange.RequestBodies;
import io.surfacescan.service.exchange.RequestFacts;
import io.surfacescan.service.exchange.Route;
import io.surfacescan.service.exchange.Target;
import io.surfacescan.service.log.Event;
import io.surfacescan.service.log.LogField;
import io.surfacescan.service.metrics.HealthEndpoint;
import io.surfacescan.service.metrics.MetricsEndpoint;
import io.surfacescan.service.metrics.StatisticsEndpoint;
import io.surfacescan.service.page.WebPage;
import io.surfacescan.service.served.Generation;
import io.surfacescan.service.served.Generations;
import io.surfacescan.service.served.Loader;
import io.surfacescan.settings.Settings;
import io.surfacescan.statistics.counting.Statistics;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where every request comes in: checked for its host, caller, path and method, then answered.
/// Whatever fails on the way becomes a problem document.
public class FrontDoor {
  private static final CharSequence TRANSPORT_SECURITY =
      HttpHeaders.createOptimized("Strict-Transport-Security");
  private static final CharSequence ONE_YEAR = HttpHeaders.createOptimized("max-age=31536000");

  private final AllowedHosts hosts;
  private final AllowedOrigins origins;
  private final Access access;
  private final RequestRates rates;
  private final Settings settings;
  private final Statistics statistics;
  private final StatisticsEndpoint kept;
  private final Generations generations;
  private final Loader loader;
  private final Answers answers;
  private final RequestBodies bodies;
  private final DocsPage docs;

  /// What is answered but questions.
  private final Map<Route, OwnAnswer> own;

  /// Answers about the service itself.
  @FunctionalInterface
  private interface OwnAnswer {
    void answer(Exchange exchange, Target target, Optional<Generation> served) throws Refusal;
  }

  public FrontDoor(
      Settings settings,
      Access access,
      Statistics statistics,
      StatisticsEndpoint kept,
      Generations generations,
      Loader loader,
      Answers answers,
      RequestBodies bodies,
      MetricsEndpoint metrics,
      HealthEndpoint health,
      CheckEndpoint check) {
    this.hosts = new AllowedHosts(settings.listen().allowedHosts());
    this.origins = new AllowedOrigins(settings.security().allowedOrigins());
    this.access = access;
    this.rates = new RequestRates(settings, System::nanoTime);
    this.settings = settings;
    this.statistics = statistics;
    this.kept = kept;
    this.generations = generations;
    this.loader = loader;
    this.answers = answers;
    this.bodies = bodies;
    this.docs = new DocsPage(settings.listen().basePath());
    var description = new OpenApi(settings.listen().basePath());
    this.own =
        Map.ofEntries(
            Map.entry(Route.STATS, this::stats),
            Map.entry(Route.ENVIRONMENT, this::environment),
            Map.entry(Route.CHECK, check::answer),
            Map.entry(Route.RELOAD, (exchange, target, _) -> reload(exchange, target)),
            Map.entry(Route.OPENAPI, (exchange, _, _) -> description.answer(exchange)),
            Map.entry(Route.DOCS, (exchange, target, _) -> docs.answer(exchange, target.path())),
            Map.entry(Route.PAGE, (exchange, target, _) -> page(exchange, target)),
            Map.entry(Route.METRICS, (exchange, _, _) -> metrics.answer(exchange)),
            Map.entry(Route.HEALTH, (exchange, _, _) -> health.answer(exchange)),
            Map.entry(Route.LIVE, (exchange, _, _) -> health.answer(exchange)),
            Map.entry(Route.READY, (exchange, _, _) -> health.answer(exchange)));
  }

  /// Answers, now or later.
  void enter(Exchange exchange) {
    try {
      var whole = Target.of(exchange.request().uri());
      var below = whole.below(settings.listen().basePath());
      below
          .flatMap(target -> Route.of(target.path()))
          .map(route -> shown(exchange, route))
          .ifPresent(exchange::route);
      var target = below.orElse(whole);
      checkHost(exchange, target);
      JsonRequest.checkLength(exchange, exchange.route().bodyBytesMost());
      origins.greet(exchange);
      if (AllowedOrigins.isPreflight(exchange)) {
        rates.note(exchange);
        AllowedOrigins.answerPreflight(exchange);
        return;
      }
      checkPage(exchange);
      boolean known = admit(exchange);
      var served = generations.ifLoaded();
      if (known) {
        served.map(Generation::versionHeader).ifPresent(exchange.head()::madeFrom);
      }
      if (target.path().isEmpty()) {
        redirectToRoot(exchange, target);
        return;
      }
      checkRoute(exchange, target);
      answer(exchange, target, served);
    } catch (Refusal refusal) {
      exchange.refuse(refusal);
    } catch (RuntimeException bug) {
      exchange.fail(bug);
    }
  }

  private void page(Exchange exchange, Target target) throws Refusal {
    loader.expectSearches();
    WebPage.answer(exchange, target.path());
  }

  /// The route itself, or the page where a browser opens the address of a screen.
  private Route shown(Exchange exchange, Route route) {
    if (!settings.listen().page()) {
      return route == Route.PAGE ? Route.UNMATCHED : route;
    }
    boolean opened =
        route.hasScreen()
            && Route.PAGE.allows(exchange.request().method().name())
            && Accepted.names(exchange.header(HttpHeaders.ACCEPT), "text/html");
    return opened ? Route.PAGE : route;
  }

  private void checkHost(Exchange exchange, Target target) throws Refusal {
    var named = exchange.request().headers().getAll(HttpHeaders.HOST);
    boolean mayBeWithout = exchange.request().version() == HttpVersion.HTTP_1_0;
    if (named.size() > 1
        || (named.isEmpty() && !mayBeWithout)
        || (named.size() == 1 && !AllowedHosts.isHost(named.getFirst()))) {
      exchange.closeAfterwards();
      throw new Refusal(
          Refusal.Kind.MALFORMED_REQUEST,
          "A request must have one Host header, with a host and perhaps a port.");
    }
    boolean allowed =
        named.size() == 1
            && hosts.allow(named.getFirst())
            && (target.authority() == null || hosts.allow(target.authority()));
    if (!allowed) {
      throw new Refusal(
          Refusal.Kind.MISDIRECTED,
          "Requests are answered only if their Host is localhost, a loopback address or one of"
              + " --allowed-host.");
    }
    if (exchange.connection().isSsl() && !AllowedHosts.isOwn(named.getFirst())) {
      exchange.response().putHeader(TRANSPORT_SECURITY, ONE_YEAR);
    }
  }

  private static void checkPage(Exchange exchange) throws Refusal {
    if (AllowedOrigins.isAskedByForeignPage(exchange)) {
      throw new Refusal(
          Refusal.Kind.FOREIGN_ORIGIN,
          "Web pages from elsewhere may not ask here, unless --allowed-origin names them.");
    }
  }

  /// Lets a request in or not, and counts it either way.
  private boolean admit(Exchange exchange) throws Refusal {
    boolean known;
    try {
      known = access.admit(exchange);
    } catch (Refusal refusal) {
      rates.note(exchange);
      throw refusal;
    }
    rates.note(exchange);
    return known;
  }

  /// Names in the page are relative, so that they need the slash behind the prefix.
  private void redirectToRoot(Exchange exchange, Target target) {
    String query = target.query().isEmpty() ? "" : "?" + target.query();
    exchange.response().setStatusCode(302);
    exchange.response().putHeader("Location", settings.listen().basePath() + "/" + query);
    exchange.response().putHeader(HttpHeaders.CONTENT_LENGTH, "0");
    exchange.end();
  }

  private void checkRoute(Exchange exchange, Target target) throws Refusal {
    var route = exchange.route();
    if (route == Route.UNMATCHED) {
      throw new Refusal(
          Refusal.Kind.UNKNOWN_ROUTE,
          "There is nothing at "
              + Query.shown(target.path())
              + "; see "
              + settings.listen().basePath()
              + Route.DOCS.path()
              + ".");
    }
    String method = exchange.request().method().name();
    if (!route.allows(method)) {
      throw new Refusal(
              Refusal.Kind.METHOD_NOT_ALLOWED,
              route.path() + " answers " + route.allow() + " only.")
          .with("Allow", route.allow());
    }
  }

  private void answer(Exchange exchange, Target target, Optional<Generation> served)
      throws Refusal {
    var question = exchange.route().question();
    if (question.isPresent()) {
      answers.answer(exchange, target.query(), question.get(), served);
      return;
    }
    Objects.requireNonNull(own.get(exchange.route()), exchange.route()::path)
        .answer(exchange, target, served);
  }

  private void stats(Exchange exchange, Target target, Optional<Generation> served) throws Refusal {
    var query = Query.of(target.query(), StatisticsEndpoint.PARAMETERS);
    if (!query.values().isEmpty()) {
      kept.answer(exchange, query);
      return;
    }
    int vmCount = served.map(g -> g.environment().countedVms()).orElse(0);
    exchange.json(new StatisticsDocument(vmCount, statistics.snapshot()).json());
  }

  private void environment(Exchange exchange, Target target, Optional<Generation> served)
      throws Refusal {
    Query.of(target.query(), Set.of());
    exchange.json(environment(served.orElseThrow(Generations::notLoaded)));
  }

  private byte[] environment(Generation generation) {
    return new ServedEnvironmentDocument(
            generation.version(),
            generation.environment(),
            settings.input().paths(),
            generation.loadedAt(),
            generation.loadTime(),
            generation.problems(),
            generation.shrinkage(),
            loader.lastRefused())
        .json();
  }

  private void reload(Exchange exchange, Target target) throws Refusal {
    Query.of(target.query(), Set.of());
    JsonRequest.check(exchange);
    if (settings.input().readsStdin()) {
      throw new Refusal(
          Refusal.Kind.NOT_RELOADABLE,
          "The environment was read from standard input, which can be read only once; restart"
              + " surfacescan with new input.");
    }
    bodies.await(
        exchange,
        Route.RELOAD.bodyBytesMost(),
        body -> {
          String text = new String(body, StandardCharsets.UTF_8).strip();
          if (!text.isEmpty() && !text.matches("\\{\\s*}")) {
            throw new Refusal(
                Refusal.Kind.UNEXPECTED_BODY,
                "A reload takes no members; send an empty body or {}.");
          }
          loadFor(exchange);
        });
  }

  /// Loads and answers with the outcome, back on the event loop.
  private void loadFor(Exchange exchange) {
    var _ =
        loader
            .reload(Event.of(new LogField("by", "request")).and(RequestFacts.asks(exchange)))
            .whenComplete((outcome, bug) ->
                exchange.eventLoop().runOnContext(back -> tell(exchange, outcome, bug)));
  }

  private static void tell(
      Exchange exchange, Loader.@Nullable Outcome outcome, @Nullable Throwable bug) {
    if (outcome == null) {
      exchange.fail(bug == null ? new IllegalStateException("a load without outcome") : bug);
      return;
    }
    switch (outcome) {
      case Loader.Outcome.Served(var generation) -> {
        exchange.head().madeFrom(generation.versionHeader());
        var environment = generation.environment();
        exchange.json(
            new ReloadDocument(
                    generation.version(),
                    environment.countedVms(),
                    environment.ruleCount(),
                    generation.problems().warningCount(),
                    generation.shrinkage())
                .json());
      }
      case Loader.Outcome.Refused(var load) ->
          exchange.refuse(
              new Refusal(
                      Refusal.Kind.INPUT_REFUSED,
                      "The input was refused; what was served before is still served.")
                  .withProblems(load.problems(), load.problemCount()));
      case Loader.Outcome.GivenUp() -> exchange.dismiss();
    }
  }
}
