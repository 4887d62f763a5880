package io.surfacescan.service;

import io.quarkus.vertx.http.runtime.RouteConstants;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// The routes that Quarkus' extensions serve: the OpenAPI document, its user interface, health and
/// metrics. What goes wrong there becomes a problem document too.
@ApplicationScoped
class QuarkusRoutes {
  /// Hands an exchange over to the router on which Quarkus put them.
  static void answer(Exchange exchange) {
    if (exchange.route() == Route.DOCS) {
      DocsPage.putHeaders(exchange);
      exchange.leaveToQuarkus(DocsPage.POLICY);
    } else {
      exchange.leaveToQuarkus(null);
    }
  }

  void route(@Observes Router router) {
    router.errorHandler(404, QuarkusRoutes::refuseUnknown);
    router
        .route()
        .order(RouteConstants.ROUTE_ORDER_BEFORE_DEFAULT)
        .failureHandler(QuarkusRoutes::fail);
  }

  private static void refuseUnknown(RoutingContext context) {
    Exchange.leftToCaller()
        .refuse(
            new Refusal(
                Refusal.Kind.UNKNOWN_ROUTE,
                "There is nothing at " + Query.shown(context.normalizedPath()) + "."));
  }

  private static void fail(RoutingContext context) {
    int status = context.statusCode();
    if (status == 404) {
      refuseUnknown(context);
    } else if (status == 416) {
      Exchange.leftToCaller()
          .refuse(
              new Refusal(
                  Refusal.Kind.UNSATISFIABLE_RANGE,
                  "The Range asked for is not within the content; ask without Range."));
    } else if (status >= 400 && status < 500) {
      Exchange.leftToCaller()
          .refuse(
              new Refusal(
                  Refusal.Kind.MALFORMED_REQUEST, "A header of the request cannot be understood."));
    } else {
      Exchange.leftToCaller()
          .fail(
              context.failure() == null
                  ? new IllegalStateException("failed with status " + status)
                  : context.failure());
    }
  }
}
