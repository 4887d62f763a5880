package io.surfacescan.service;

import io.surfacescan.engine.AttackSurface;
import io.surfacescan.engine.Ranks;
import io.surfacescan.report.Format;
import io.surfacescan.report.NearestIds;
import io.surfacescan.report.VmIds;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// `GET /attack`: who can attack a VM.
@ApplicationScoped
class AttackQuestion {
  private static final String VM_ID = "vm_id";
  private static final String MAX_HOPS = "max_hops";
  private static final String LIMIT = "limit";
  private static final String AFTER = "after";
  static final Set<String> PARAMETERS = Set.of(VM_ID, MAX_HOPS, LIMIT, AFTER);

  /// Compressing less does not pay.
  private static final long COMPRESSED_LEAST = 1024;

  private static final long NEAREST_NANOS_MOST = TimeUnit.MILLISECONDS.toNanos(5);

  private static final CharSequence TOTAL_COUNT = HttpHeaders.createOptimized("X-Total-Count");
  private static final CharSequence LINK = HttpHeaders.createOptimized("Link");
  private static final CharSequence VARY_VALUE =
      HttpHeaders.createOptimized("Accept, Accept-Encoding");
  private static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");

  /// One search for nearest ids at a time: a flood of unknown ids must not take the processors from
  /// those who know what they ask for.
  private final Semaphore searching = new Semaphore(1);

  private final Generations generations;
  private final Vertx vertx;

  AttackQuestion(Generations generations, Vertx vertx) {
    this.generations = generations;
    this.vertx = vertx;
  }

  /// What was asked, as it was asked.
  private record Asked(
      String vmId, Optional<Integer> maxHops, Optional<Integer> limit, Optional<String> after) {
    static Asked of(String rawQuery) throws Refusal {
      var query = Query.of(rawQuery, PARAMETERS);
      return new Asked(
          query.required(VM_ID),
          query.positive(MAX_HOPS),
          query.positive(LIMIT),
          query.text(AFTER));
    }

    Cursor cursor(Generation generation) {
      return new Cursor(generation.version(), Route.ATTACK, vmId, maxHops);
    }
  }

  void answer(Exchange exchange, String rawQuery) throws Refusal {
    exchange.response().putHeader(HttpHeaders.VARY, VARY_VALUE);
    var asked = Asked.of(rawQuery);
    var format =
        Accepted.format(exchange.header(HttpHeaders.ACCEPT))
            .orElseThrow(AttackQuestion::notAcceptable);
    var generation = generations.current();
    var vm = generation.environment().findVm(asked.vmId());
    if (vm.isEmpty()) {
      refuseUnknown(exchange, generation, asked.vmId());
    } else {
      answer(exchange, generation, asked, vm.getAsInt(), format);
    }
  }

  private static Refusal notAcceptable() {
    var types = new StringBuilder();
    for (var format : Format.values()) {
      types.append(types.isEmpty() ? "" : ", ").append(format.mediaType());
    }
    return new Refusal(Refusal.Kind.NOT_ACCEPTABLE, "Accept must allow one of " + types + ".");
  }

  private static void answer(
      Exchange exchange, Generation generation, Asked asked, int vm, Format format) throws Refusal {
    var attackers = attackers(generation, asked, vm);
    var page = page(generation, asked, attackers);
    var body = VmIds.of(generation.ids(), page, format);
    boolean gzip =
        Accepted.gzip(exchange.header(HttpHeaders.ACCEPT_ENCODING))
            && jsonLength(generation, page) > COMPRESSED_LEAST;
    var tag = new EntityTag(generation.version(), format, gzip);

    var response = exchange.response();
    response.putHeader(HttpHeaders.ETAG, tag.toString());
    response.putHeader(HttpHeaders.CACHE_CONTROL, NO_CACHE);
    response.putHeader(TOTAL_COUNT, Integer.toString(attackers.size()));
    next(generation, asked, attackers, page).ifPresent(link -> response.putHeader(LINK, link));
    if (tag.matches(exchange.header(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusCode(304);
      exchange.end();
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, contentType(format));
    Outflow.send(exchange, generation, body, gzip);
  }

  private static Ranks attackers(Generation generation, Asked asked, int vm) {
    var graph = generation.graph();
    var surface =
        asked.maxHops().isPresent()
            ? AttackSurface.within(graph, vm, asked.maxHops().get())
            : AttackSurface.of(graph, vm);
    return surface.attackers();
  }

  private static Ranks page(Generation generation, Asked asked, Ranks attackers) throws Refusal {
    if (asked.limit().isEmpty() && asked.after().isEmpty()) {
      return attackers;
    }
    int from = asked.after().isPresent() ? asked.cursor(generation).rank(asked.after().get()) : 0;
    return attackers.page(from, asked.limit().orElse(Integer.MAX_VALUE));
  }

  /// The size by which compression is decided is that of the JSON form, which is known without
  /// writing any, so that one question is coded the same in GET, HEAD and 304.
  private static long jsonLength(Generation generation, Ranks page) {
    return VmIds.of(generation.ids(), page, Format.JSON).length().orElseThrow();
  }

  private static Optional<String> next(
      Generation generation, Asked asked, Ranks attackers, Ranks page) {
    if (page.isEmpty() || page.last() == attackers.last()) {
      return Optional.empty();
    }
    var uri = new StringBuilder("<").append(Route.ATTACK.path()).append("?vm_id=");
    uri.append(URLEncoder.encode(asked.vmId(), StandardCharsets.UTF_8));
    asked.maxHops().ifPresent(hops -> uri.append("&max_hops=").append(hops));
    asked.limit().ifPresent(limit -> uri.append("&limit=").append(limit));
    uri.append("&after=").append(asked.cursor(generation).at(page.last() + 1));
    return Optional.of(uri.append(">; rel=\"next\"").toString());
  }

  private static String contentType(Format format) {
    return switch (format) {
      case JSON, NDJSON -> format.mediaType();
      case CSV, TEXT -> format.mediaType() + "; charset=utf-8";
    };
  }

  /// Looks for ids like the one asked for, off the event loop; without them if a search is under
  /// way already.
  private void refuseUnknown(Exchange exchange, Generation generation, String vmId) {
    var refusal =
        new Refusal(
            Refusal.Kind.UNKNOWN_VM, "No VM has the id " + Query.shown(vmId) + "; ids are exact.");
    if (!searching.tryAcquire()) {
      exchange.refuse(refusal);
      return;
    }
    vertx
        .executeBlocking(() -> nearest(generation, vmId), false)
        .onSuccess(nearest -> exchange.refuse(refusal.withNearest(nearest)))
        .onFailure(exchange::fail);
  }

  private List<String> nearest(Generation generation, String vmId) {
    try {
      long deadline = System.nanoTime() + NEAREST_NANOS_MOST;
      return NearestIds.of(generation.environment(), vmId, () -> System.nanoTime() - deadline < 0);
    } finally {
      searching.release();
    }
  }
}
