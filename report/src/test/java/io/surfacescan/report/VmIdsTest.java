package io.surfacescan.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackSurface;
import io.surfacescan.engine.Ranks;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.report.format.ByteBody;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.IdArena;
import io.surfacescan.testkit.NaiveOracle;
import io.surfacescan.testkit.RandomEnvironments;
import io.surfacescan.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class VmIdsTest {
  private static final JsonFactory JSON = new JsonFactory();

  @Test
  void json_withoutIds_isExactlyTwoBrackets() {
    var ids = IdArena.of(AttackGraph.of(new EnvironmentBuilder().vm("a").build()));
    assertThat(text(VmIds.of(ids, Ranks.NONE, Format.JSON))).isEqualTo("[]");
    assertThat(text(VmIds.of(ids, Ranks.NONE, Format.NDJSON))).isEmpty();
    assertThat(text(VmIds.of(ids, Ranks.NONE, Format.CSV))).isEqualTo("vm_id\n");
    assertThat(text(VmIds.of(ids, Ranks.NONE, Format.TEXT))).isEmpty();
  }

  @Test
  void of_environmentWithoutVms_isEmptyInEveryFormat() {
    var ids = IdArena.of(AttackGraph.of(new EnvironmentBuilder().build()));
    assertThat(text(VmIds.of(ids, Ranks.NONE, Format.JSON))).isEqualTo("[]");
  }

  @Test
  void everyFormat_escapesWhatItMust() {
    // All attack x over one rule, so that one answer holds all of them, in input order.
    var builder = new EnvironmentBuilder().vm("x", "in").rule("r", "out", "in");
    for (String id :
        List.of("plain", "q\"b\\s/", "a,b", "l1\nl2\r", " s ", "\u0001\u007f\u0085\u2028", "é😀")) {
      builder.vm(id, "out");
    }
    var graph = AttackGraph.of(builder.build());
    var ids = IdArena.of(graph);
    var attackers = AttackSurface.of(graph, 0).attackers();
    assertThat(text(VmIds.of(ids, attackers, Format.JSON)))
        .isEqualTo(
            "[\"plain\",\"q\\\"b\\\\s/\",\"a,b\",\"l1\\nl2\\r\",\" s \",\"\\u0001\u007f\u0085\u2028\",\"é😀\"]");
    assertThat(text(VmIds.of(ids, attackers, Format.NDJSON)))
        .isEqualTo(
            "\"plain\"\n\"q\\\"b\\\\s/\"\n\"a,b\"\n\"l1\\nl2\\r\"\n\" s \"\n\"\\u0001\u007f\u0085\u2028\"\n\"é😀\"\n");
    assertThat(text(VmIds.of(ids, attackers, Format.CSV)))
        .isEqualTo(
            "vm_id\nplain\n\"q\"\"b\\s/\"\n\"a,b\"\n\"l1\nl2\r\"\n\" s \"\n\u0001\u007f\u0085\u2028\né😀\n");
    assertThat(text(VmIds.of(ids, attackers, Format.TEXT)))
        .isEqualTo("plain\nq\"b\\s/\na,b\nl1\\nl2\\r\n s \n\\u0001\\u007f\\u0085\\u2028\né😀\n");
  }

  @Test
  void text_ofDifferentIds_isNeverAlike() {
    var builder = new EnvironmentBuilder().vm("x", "in").rule("r", "out", "in");
    for (String id : List.of("a\nb", "a\\nb", "a\u00adb", "ab", "HOST\\d")) {
      builder.vm(id, "out");
    }
    var graph = AttackGraph.of(builder.build());
    assertThat(
            text(VmIds.of(IdArena.of(graph), AttackSurface.of(graph, 0).attackers(), Format.TEXT)))
        .isEqualTo("a\\nb\na\\\\nb\na\\u00adb\nab\nHOST\\d\n");
  }

  @Test
  void json_isWhatAJsonReaderReadsBack_overAnySegmentsAndShares() {
    Seeds.check(
        1_500,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var oracle = NaiveOracle.of(environment);
          var graph = AttackGraph.of(environment);
          for (int segmentBytes : new int[] {1, 40, IdArena.SEGMENT_BYTES}) {
            int shares = (int) (seed % 4) + 1;
            var ids = IdArena.of(graph, segmentBytes, shares);
            for (int vm = 0; vm < environment.vmCount(); vm++) {
              var body = VmIds.of(ids, AttackSurface.of(graph, vm).attackers(), Format.JSON);
              byte[] bytes = bytes(body);
              assertThat(body.length()).hasValue(bytes.length);
              var read = readArray(bytes);
              assertThat(new TreeSet<>(read)).hasSameSizeAs(read);
              assertThat(new TreeSet<>(read)).isEqualTo(oracle.ids(oracle.attackers(vm).keySet()));
            }
          }
        });
  }

  @Test
  void everyFormat_namesTheSameIdsInTheSameOrder() {
    Seeds.check(
        500,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var graph = AttackGraph.of(environment);
          var ids = IdArena.of(graph);
          for (int vm = 0; vm < environment.vmCount(); vm++) {
            var attackers = AttackSurface.of(graph, vm).attackers();
            var json = readArray(bytes(VmIds.of(ids, attackers, Format.JSON)));
            var lines = text(VmIds.of(ids, attackers, Format.NDJSON)).lines().toList();
            assertThat(lines.size()).isEqualTo(json.size());
            assertThat(
                    readArray(
                        ("[" + String.join(",", lines) + "]").getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(json);
            assertThat(
                    text(VmIds.of(ids, attackers, Format.TEXT))
                        .chars()
                        .filter(c -> c == '\n')
                        .count())
                .isEqualTo(json.size());
          }
        });
  }

  @Test
  void lines_comeInChunksOfBoundedSize() {
    var builder = new EnvironmentBuilder().vm("x", "in").rule("r", "out", "in");
    for (int i = 0; i < 20_000; i++) {
      builder.vm("vm-" + i, "out");
    }
    String longId = "\u0001".repeat(60_000);
    builder.vm(longId, "out");
    var graph = AttackGraph.of(builder.build());
    var body = VmIds.of(IdArena.of(graph), AttackSurface.of(graph, 0).attackers(), Format.NDJSON);
    var chunks = body.chunks();
    int count = 0;
    while (chunks.advance()) {
      assertThat(chunks.to() - chunks.from()).isBetween(1, 6 * 60_000 + 3);
      count++;
    }
    assertThat(count).isGreaterThan(3);
    assertThat(text(body)).endsWith("\\u0001\"\n").contains("\"vm-0\"\n", "\"vm-19999\"\n");
  }

  private static List<String> readArray(byte[] json) {
    var read = new ArrayList<String>();
    try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      assertThat(parser.nextToken()).isEqualTo(JsonToken.START_ARRAY);
      while (parser.nextToken() == JsonToken.VALUE_STRING) {
        read.add(parser.getString());
      }
      assertThat(parser.currentToken()).isEqualTo(JsonToken.END_ARRAY);
      assertThat(parser.nextToken()).isNull();
    }
    return read;
  }

  private static byte[] bytes(ByteBody body) {
    var out = new ByteArrayOutputStream();
    var chunks = body.chunks();
    while (chunks.advance()) {
      byte[] bytes = new byte[chunks.to() - chunks.from()];
      chunks.memory().get(chunks.from(), bytes);
      out.writeBytes(bytes);
    }
    return out.toByteArray();
  }

  private static String text(ByteBody body) {
    return new String(bytes(body), StandardCharsets.UTF_8);
  }
}
