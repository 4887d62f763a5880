package io.surfacescan.service.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/// A line for each record of the log: one JSON object with `time`, `level`, `logger`, `message`,
/// the facts of the record under their names, and `exception` with its stack trace.
final class JsonLines extends ExtFormatter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Override
  public String format(ExtLogRecord record) {
    var members = head(record.getInstant(), record.getLevel().getName(), record.getLoggerName());
    var facts = new ArrayList<LogField>();
    boolean event = false;
    for (Object parameter : parameters(record)) {
      if (parameter instanceof Event happened) {
        facts.addAll(happened.facts());
        event = true;
      } else if (parameter instanceof LogField fact) {
        facts.add(fact);
      }
    }
    if (!event) {
      add(members, "message", formatMessage(record));
    }
    for (var fact : facts) {
      if (fact.value() != null) {
        add(members, fact.name(), Objects.requireNonNull(fact.value()));
      }
    }
    if (record.getThrown() != null) {
      members.append(",\"exception\":").append(exception(record.getThrown()));
    }
    return members.append("}\n").toString();
  }

  /// What was said outside of the log.
  static String line(Instant time, String level, String message) {
    var members = head(time, level, "surfacescan");
    add(members, "message", message);
    return members.append("}\n").toString();
  }

  private static List<Object> parameters(ExtLogRecord record) {
    return record.getParameters() == null
        ? List.of()
        : java.util.Arrays.asList(record.getParameters());
  }

  private static StringBuilder head(Instant time, String level, String logger) {
    var members = new StringBuilder(256).append("{\"time\":\"").append(TIME.format(time));
    members.append("\",\"level\":").append(LogText.quoted(level));
    add(members, "logger", logger == null ? "" : logger);
    return members;
  }

  private static void add(StringBuilder members, String name, Object value) {
    members.append(",\"").append(name).append("\":").append(LogText.json(value));
  }

  private static String exception(Throwable thrown) {
    var stack = new StringWriter();
    thrown.printStackTrace(new PrintWriter(stack));
    return "{\"type\":"
        + LogText.quoted(thrown.getClass().getName())
        + ",\"message\":"
        + LogText.quoted(String.valueOf(thrown.getMessage()))
        + ",\"stack\":"
        + LogText.quoted(stack.toString())
        + "}";
  }
}
