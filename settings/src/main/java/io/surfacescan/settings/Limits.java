package io.surfacescan.settings;

import java.time.Duration;

/// What bounds a request besides its size: every wait for a client ends. No flag changes these.
///
/// @param idle how long a connection may stay open without a whole request head arriving
/// @param body how long the body of a request may take
/// @param stall how long a reader may take nothing of an answer
/// @param answer how long an answer may take, from the request's head to its last byte
/// @param drain how long requests may go on after the process was asked to stop
/// @param lastCall how long of that a connection stays open for a request that may be on its way
public record Limits(
    Duration idle,
    Duration body,
    Duration stall,
    Duration answer,
    Duration drain,
    Duration lastCall) {
  public static final Limits DEFAULT =
      new Limits(
          Duration.ofSeconds(75),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofMinutes(30),
          Duration.ofSeconds(5),
          Duration.ofMillis(500));

  public Limits {
    for (var limit : new Duration[] {idle, body, stall, answer, drain, lastCall}) {
      if (!limit.isPositive()) {
        throw new InvalidSetting("a limit must be above zero: " + limit);
      }
    }
  }
}
