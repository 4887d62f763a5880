package io.surfacescan.service.log;

import io.surfacescan.text.TerminalText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/// A line for each record of the log: one JSON object with `time`, `level`, `logger`, `message`,
/// the facts of the record under their names, and `exception` with its stack trace.
final class JsonLines extends ExtFormatter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .characterEscapes(new Escapes())
          .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
          .build();

  /// Escapes what does not show itself on a terminal, and every character beyond the basic plane,
  /// of which only halves are seen here.
  private static final class Escapes extends CharacterEscapes {
    private static final long serialVersionUID = 1;
    private static final char DELETE = 0x7F;

    private final int[] ascii = standardAsciiEscapesForJSON();

    Escapes() {
      ascii[DELETE] = ESCAPE_STANDARD;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ascii;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int unit) {
      return TerminalText.isPrintable(unit)
          ? null
          : new SerializedString("\\u%04x".formatted(unit));
    }
  }

  @Override
  public String format(ExtLogRecord record) {
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
      facts.addFirst(new LogField("message", formatMessage(record)));
    }
    String logger = record.getLoggerName();
    return line(
        record.getInstant(),
        record.getLevel().getName(),
        logger == null ? "" : logger,
        json -> {
          facts.forEach(fact -> write(json, fact));
          if (record.getThrown() != null) {
            write(json, record.getThrown());
          }
        });
  }

  /// What was said outside of the log.
  static String line(Instant time, String level, String message) {
    return line(time, level, "surfacescan", json -> text(json, "message", message));
  }

  private static List<Object> parameters(ExtLogRecord record) {
    return record.getParameters() == null ? List.of() : Arrays.asList(record.getParameters());
  }

  private static String line(
      Instant time, String level, String logger, Consumer<JsonGenerator> rest) {
    var line = new StringWriter(256);
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
      json.writeStartObject();
      json.writeStringProperty("time", TIME.format(time));
      text(json, "level", level);
      text(json, "logger", logger);
      rest.accept(json);
      json.writeEndObject();
    }
    return line.append('\n').toString();
  }

  private static void text(JsonGenerator json, String name, String text) {
    json.writeStringProperty(name, LogText.shortened(text));
  }

  private static void write(JsonGenerator json, LogField fact) {
    if (fact.value() == null) {
      return;
    }
    json.writeName(fact.name());
    switch (Objects.requireNonNull(fact.value())) {
      case Number number -> json.writeNumber(number.toString());
      case Boolean truth -> json.writeBoolean(truth);
      case List<?> list -> {
        json.writeStartArray();
        list.forEach(element -> json.writeString(LogText.shortened(element.toString())));
        json.writeEndArray();
      }
      case Object value -> json.writeString(LogText.shortened(value.toString()));
    }
  }

  private static void write(JsonGenerator json, Throwable thrown) {
    var stack = new StringWriter();
    thrown.printStackTrace(new PrintWriter(stack));
    json.writeName("exception");
    json.writeStartObject();
    text(json, "type", thrown.getClass().getName());
    text(json, "message", String.valueOf(thrown.getMessage()));
    text(json, "stack", stack.toString());
    json.writeEndObject();
  }
}
