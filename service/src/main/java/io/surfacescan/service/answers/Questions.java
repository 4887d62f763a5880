package io.surfacescan.service.answers;

import io.surfacescan.report.FirstHops;
import io.surfacescan.service.exchange.Route;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// The question that each route asks: the only place that knows all of them.
public final class Questions {
  public static final VmListQuestion ATTACK = new VmListQuestion(FirstHops.Way.ATTACKERS);

  private static final Map<Route, Question> BY_ROUTE = new EnumMap<>(Route.class);

  static {
    BY_ROUTE.put(Route.ATTACK, ATTACK);
    BY_ROUTE.put(Route.BLAST_RADIUS, new VmListQuestion(FirstHops.Way.VICTIMS));
    BY_ROUTE.put(Route.VM, new VmQuestion());
    BY_ROUTE.put(Route.VMS, new VmsQuestion());
    BY_ROUTE.put(Route.REPORT, new ReportQuestion());
    BY_ROUTE.put(Route.SURFACE, new SurfaceQuestion());
    BY_ROUTE.put(Route.RULES, new RulesQuestion());
    BY_ROUTE.put(Route.PAIRS, new PairsQuestion());
    BY_ROUTE.put(Route.PATH, new PathQuestion());
    BY_ROUTE.put(Route.CHOKEPOINTS, new ChokepointsQuestion());
    BY_ROUTE.put(Route.CHANGES, new ChangesQuestion());
    BY_ROUTE.put(Route.WHAT_IF, new WhatIfQuestion());
  }

  private Questions() {}

  public static Map<Route, Question> byRoute() {
    return Collections.unmodifiableMap(BY_ROUTE);
  }

  /// The question of a route that asks one.
  public static Question of(Route route) {
    var question = BY_ROUTE.get(route);
    if (question == null) {
      throw new IllegalArgumentException(route + " asks no question");
    }
    return question;
  }
}
