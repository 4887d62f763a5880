package io.surfacescan.service.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

/// What lines of the log look like, whoever chose what they tell.
class LogTextTest {
  private static ExtLogRecord record(String message, Object... parameters) {
    var record =
        new ExtLogRecord(Level.INFO, message, ExtLogRecord.FormatStyle.PRINTF, "LogTextTest");
    record.setLoggerName("here");
    record.setParameters(parameters);
    return record;
  }

  private static String plainLine(ExtLogRecord record) {
    return new PlainLines().format(record);
  }

  @Test
  void plain_escapesWhatEndsLinesOrMovesTerminals() {
    assertThat(
            LogText.plain(
                "a\nb\r\t\u001b[2J\u2028\u2029\u0085\u007f\u202e\ufeff\u200b\u00ad\ue000\ud800é\ud83d\ude00"))
        .isEqualTo(
            "a\\nb\\r\\t\\u001b[2J\\u2028\\u2029\\u0085\\u007f\\u202e\\ufeff\\u200b\\u00ad\\ue000\\ud800é\ud83d\ude00");
  }

  @Test
  void aLongText_isCut() {
    assertThat(LogText.quoted("x".repeat(1_000_000))).hasSize(16 * 1024 + 5).endsWith("...\"");
    assertThat(LogText.word("x".repeat(1_000_000))).hasSize(16 * 1024 + 5);
  }

  @Test
  void secrets_areMasked_whereverTheyStand() {
    assertThat(LogText.plain("GET /stats?token=sfs_Ab-c_9&x=1"))
        .isEqualTo("GET /stats?token=sfs_***&x=1");
    assertThat(LogText.word("sfs_Ab-c_9")).isEqualTo("sfs_***");
    assertThat(LogText.quoted("jdbc:postgresql://h/d?user=u&Password=secret&x=1"))
        .isEqualTo("\"jdbc:postgresql://h/d?user=u&Password=***&x=1\"");
  }

  @Test
  void anEvent_isOneLineOfWords_orOneObject() {
    var event =
        Event.of(
            new LogField("event", "tested"),
            new LogField("user", null),
            new LogField("target", "/a?x=\"\n level=ERROR"),
            new LogField("count", 7L),
            new LogField("names", List.of("a", "b")));

    assertThat(plainLine(record("%s", event)))
        .endsWith(
            " INFO  here event=tested target=\"/a?x=\\\"\\n level=ERROR\" count=7 names=a,b\n");
    assertThat(new JsonLines().format(record("%s", event)))
        .matches("\\{\"time\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\",.*\n")
        .endsWith(
            ",\"level\":\"INFO\",\"logger\":\"here\",\"event\":\"tested\","
                + "\"target\":\"/a?x=\\\"\\n level=ERROR\",\"count\":7,\"names\":[\"a\",\"b\"]}\n");
  }

  @Test
  void aFailure_isOneObject_withItsRequestAndItsStack() {
    var record = record("Request %s failed", new LogField("request_id", "r1"));
    record.setThrown(new IllegalStateException("broken\nsfs_secret"));

    assertThat(new JsonLines().format(record))
        .hasLineCount(1)
        .contains(
            "\"message\":\"Request r1 failed\",\"request_id\":\"r1\",\"exception\":{\"type\":"
                + "\"java.lang.IllegalStateException\",\"message\":\"broken\\nsfs_***\",\"stack\":"
                + "\"java.lang.IllegalStateException: broken\\nsfs_***\\n\\tat io.surfacescan.");
    assertThat(plainLine(record).lines().skip(1)).allMatch(line -> line.startsWith(" "));
  }
}
