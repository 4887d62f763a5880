package io.surfacescan.service.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/// A line for each record of the log: time, level, message; below it the stack trace, if there is
/// one, which begins each line with a space.
final class PlainLines extends ExtFormatter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());

  @Override
  public String format(ExtLogRecord record) {
    return String.format(
        Locale.ROOT,
        "%s %-5s %s%n%s",
        TIME.format(record.getInstant()),
        record.getLevel().getName(),
        message(record),
        record.getThrown() == null ? "" : stack(record.getThrown()));
  }

  /// An event is escaped already, so that quotes and backslashes in it are unambiguous.
  private String message(ExtLogRecord record) {
    var parameters = record.getParameters();
    return parameters != null && parameters.length == 1 && parameters[0] instanceof Event event
        ? record.getLoggerName() + " " + event
        : LogText.plain(formatMessage(record));
  }

  private static String stack(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString()
        .lines()
        .map(line -> " " + LogText.plain(line.replace("\t", "  ")))
        .collect(Collectors.joining(System.lineSeparator(), "", System.lineSeparator()));
  }
}
