package io.surfacescan.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

/// What is asked of a server, how much and for how long. It is written beside the report, because
/// Gatling runs in a process of its own, and so that a reader of the report can tell.
///
/// @param warmUp load before the measured time, which is in no number of the report
/// @param ramp the first part of the measured time, in which the load grows from nothing
/// @param duration the rest of it, at full load
/// @param p99Most milliseconds that 99 % of the requests may take at most; 0 for any
/// @param failedMost per cent of the requests that may fail
record Plan(
    URI server,
    Volume volume,
    Duration warmUp,
    Duration ramp,
    Duration duration,
    Mix mix,
    long seed,
    int p99Most,
    double failedMost) {

  Duration measured() {
    return ramp.plus(duration);
  }

  /// The part before the measured one, with requests that are not asked again in that.
  Plan ofWarmUp() {
    return new Plan(
        server, volume, Duration.ZERO, Duration.ZERO, warmUp, mix, seed + 1, 0, failedMost);
  }

  void write(Path file) throws IOException {
    var lines = new Properties();
    lines.setProperty("server", server.toString());
    switch (volume) {
      case Volume.Users users -> lines.setProperty("users", Integer.toString(users.count()));
      case Volume.Rate rate -> lines.setProperty("rate", Integer.toString(rate.perSecond()));
    }
    lines.setProperty("warm-up", warmUp.toString());
    lines.setProperty("ramp", ramp.toString());
    lines.setProperty("duration", duration.toString());
    lines.setProperty("mix", mix.toString());
    lines.setProperty("seed", Long.toString(seed));
    lines.setProperty("p99-most", Integer.toString(p99Most));
    lines.setProperty("failed-most", Double.toString(failedMost));
    try (var out = Files.newBufferedWriter(file)) {
      lines.store(out, null);
    }
  }

  static Plan read(Path file) throws IOException {
    var lines = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      lines.load(in);
    }
    return new Plan(
        URI.create(lines.getProperty("server")),
        lines.containsKey("users")
            ? new Volume.Users(Integer.parseInt(lines.getProperty("users")))
            : new Volume.Rate(Integer.parseInt(lines.getProperty("rate"))),
        Duration.parse(lines.getProperty("warm-up")),
        Duration.parse(lines.getProperty("ramp")),
        Duration.parse(lines.getProperty("duration")),
        Mix.of(lines.getProperty("mix")),
        Long.parseLong(lines.getProperty("seed")),
        Integer.parseInt(lines.getProperty("p99-most")),
        Double.parseDouble(lines.getProperty("failed-most")));
  }
}
