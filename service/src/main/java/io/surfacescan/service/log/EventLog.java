package io.surfacescan.service.log;

import io.surfacescan.settings.Logs;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/// What happens, in lines of the log that a thread of its own writes: whoever tells it never waits,
/// however slow the reader of standard error is. What finds no room is dropped, counted, and the
/// count told; requests leave room for what is rarer and matters more.
public class EventLog {
  static final String ACCESS = "surfacescan.access";
  static final String AUDIT = "surfacescan.audit";

  private static final int WAITING_MOST = 8_192;
  private static final int LEFT_TO_AUDIT = 1_024;
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final boolean tellsRequests;
  private final Consumer<ExtLogRecord> written;
  private final ArrayBlockingQueue<ExtLogRecord> waiting = new ArrayBlockingQueue<>(WAITING_MOST);
  private final LongAdder requestsDropped = new LongAdder();
  private final LongAdder auditDropped = new LongAdder();
  private final Thread writer;
  private volatile boolean closed;

  public EventLog(Logs logs) {
    this(logs, record -> Logger.getLogger(record.getLoggerName()).logRaw(record));
  }

  public EventLog(Logs logs, Consumer<ExtLogRecord> written) {
    this.tellsRequests = logs.access();
    this.written = written;
    this.writer = Thread.ofPlatform().name("surfacescan-log").daemon().start(this::run);
  }

  /// Whether requests are told at all.
  public boolean tellsRequests() {
    return tellsRequests;
  }

  public void request(Event event) {
    if (waiting.remainingCapacity() <= LEFT_TO_AUDIT || !waiting.offer(record(ACCESS, event))) {
      requestsDropped.increment();
    }
  }

  public void audit(Event event) {
    if (!waiting.offer(record(AUDIT, event))) {
      auditDropped.increment();
    }
  }

  private static ExtLogRecord record(String logger, Event event) {
    var record =
        new ExtLogRecord(
            Level.INFO, "%s", ExtLogRecord.FormatStyle.PRINTF, EventLog.class.getName());
    record.setLoggerName(logger);
    record.setParameters(new Object[] {event});
    record.disableCallerCalculation();
    return record;
  }

  private void run() {
    try {
      while (!closed || !waiting.isEmpty()) {
        var next = waiting.poll(200, TimeUnit.MILLISECONDS);
        if (next != null) {
          written.accept(next);
        }
        tellDropped(ACCESS, requestsDropped);
        tellDropped(AUDIT, auditDropped);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tellDropped(String logger, LongAdder count) {
    long dropped = count.sumThenReset();
    if (dropped > 0) {
      var record =
          record(
              logger, Event.of(new LogField("event", "dropped"), new LogField("lines", dropped)));
      record.setLevel(Level.WARN);
      written.accept(record);
    }
  }

  /// Writes what waits, if that takes no longer than a moment.
  public void close() {
    closed = true;
    try {
      writer.join(FAREWELL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
