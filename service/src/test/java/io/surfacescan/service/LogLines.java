package io.surfacescan.service;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// What a class logs while this is open.
public final class LogLines extends Handler implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger logger;

  private LogLines(Logger logger) {
    this.logger = logger;
  }

  public static LogLines of(Class<?> logging) {
    var logger = Logger.getLogger(logging.getName());
    var lines = new LogLines(logger);
    logger.addHandler(lines);
    return lines;
  }

  /// Each with its level in front.
  public List<String> all() {
    return List.copyOf(lines);
  }

  public boolean contain(String part) {
    return lines.stream().anyMatch(line -> line.contains(part));
  }

  @Override
  public void publish(LogRecord entry) {
    var parameters = entry.getParameters();
    String message = entry.getMessage();
    lines.add(
        entry.getLevel().getName()
            + " "
            + (parameters == null ? message : message.formatted(parameters)));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
