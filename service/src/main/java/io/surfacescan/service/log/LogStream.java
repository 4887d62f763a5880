package io.surfacescan.service.log;

import io.surfacescan.settings.Logs;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;

/// Where all lines of the log end: each is written to the stream in one piece.
public final class LogStream extends ExtHandler {
  private final PrintStream out;

  private LogStream(PrintStream out, Logs.Format format) {
    this.out = out;
    setFormatter(
        switch (format) {
          case text -> new PlainLines();
          case json -> new JsonLines();
        });
  }

  /// Loggers whose level was set: one that nothing holds is collected with its level.
  private static final List<Logger> SET = new ArrayList<>();

  /// Makes the stream the only place where lines of the log go.
  public static void install(PrintStream out, Logs logs) {
    var root = LogContext.getLogContext().getLogger("");
    for (var handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.addHandler(new LogStream(out, logs.format()));
    set("", Level.WARN);
    set(
        "io.surfacescan",
        switch (logs.verbosity()) {
          case QUIET -> Level.ERROR;
          case NORMAL -> Level.INFO;
          case DEBUG -> Level.DEBUG;
        });
    // At every verbosity.
    set(EventLog.ACCESS, Level.INFO);
    set(EventLog.AUDIT, Level.INFO);
  }

  private static void set(String name, java.util.logging.Level level) {
    var logger = LogContext.getLogContext().getLogger(name);
    logger.setLevel(level);
    SET.add(logger);
  }

  @Override
  protected void doPublish(ExtLogRecord record) {
    byte[] line = getFormatter().format(record).getBytes(StandardCharsets.UTF_8);
    out.write(line, 0, line.length);
    out.flush();
  }

  /// A stream whose lines become messages of the log in JSON.
  public static PrintStream messages(PrintStream out) {
    return new PrintStream(new Messages(out), true, StandardCharsets.UTF_8);
  }

  private static final class Messages extends OutputStream {
    private static final int LINE_BYTES_MOST = 64 * 1024;

    private final PrintStream out;
    private final java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();

    Messages(PrintStream out) {
      this.out = out;
    }

    @Override
    public synchronized void write(int b) {
      if (b == '\n') {
        tell();
      } else if (line.size() < LINE_BYTES_MOST) {
        line.write(b);
      }
    }

    private void tell() {
      String said = line.toString(StandardCharsets.UTF_8).strip();
      line.reset();
      if (!said.isEmpty()) {
        byte[] told =
            JsonLines.line(Instant.now(), level(said), said).getBytes(StandardCharsets.UTF_8);
        out.write(told, 0, told.length);
        out.flush();
      }
    }

    private static String level(String said) {
      if (said.startsWith("error: ")) {
        return "ERROR";
      }
      return said.startsWith("warning: ") ? "WARN" : "INFO";
    }
  }
}
