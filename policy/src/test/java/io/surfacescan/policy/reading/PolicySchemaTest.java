package io.surfacescan.policy.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.surfacescan.policy.PolicyRefused;
import io.surfacescan.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The schema and the reader accept and refuse the same structures.
class PolicySchemaTest {
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(new String(PolicySchema.bytes(), StandardCharsets.UTF_8));

  private static boolean isValid(String policy) {
    return SCHEMA.validate(policy, InputFormat.JSON).isEmpty();
  }

  private static boolean isRead(String policy) {
    try {
      PolicyReader.read("p.json", policy.getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (PolicyRefused e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"rules\":[{\"id\":\"a\",\"title\":\"t\",\"severity\":\"low\",\"lint\":\"open\"}]}",
        "{\"rules\":[{\"id\":\"a\",\"title\":\"t\",\"severity\":\"low\",\"lint\":[\"open\",\"unused\"]}],\"waivers\":[]}",
        "{\"$schema\":\"x\",\"rules\":{\"id\":\"a\",\"title\":\"t\",\"severity\":\"low\",\"no-new\":{}}}",
        "{\"rules\":[{\"id\":\"a\",\"title\":\"t\",\"severity\":\"low\",\"limit\":{\"of\":\"any\",\"reachable\":0}}]}",
        "{\"rules\":[{\"id\":\"a\",\"title\":\"t\",\"severity\":\"low\",\"forbid\":{\"from\":\"a\",\"to\":[\"tag:b\"],\"hops\":3}}]}"
      })
  void both_accept(String policy) {
    assertThat(isRead(policy)).isTrue();
    assertThat(isValid(policy)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"rules\":[]}",
        "{\"rules\":[{\"id\":\"a\",\"title\":\"t\",\"severity\":\"low\"}]}",
        "{\"rules\":[{\"id\":\"-a\",\"title\":\"t\",\"severity\":\"low\",\"lint\":\"open\"}]}",
        "{\"rules\":[{\"id\":\"a\",\"title\":\"t\",\"severity\":\"low\",\"lint\":[]}]}",
        "{\"rules\":[{\"id\":\"a\",\"title\":\"t\",\"severity\":\"low\",\"lint\":\"opn\"}]}",
        "{\"rules\":[{\"id\":\"a\",\"title\":\"t\",\"severity\":\"low\",\"lint\":\"open\",\"no-new\":{}}]}",
        "{\"rules\":[{\"id\":\"a\",\"title\":\"t\",\"severity\":\"low\",\"limit\":{\"of\":\"any\"}}]}",
        "{\"rules\":[{\"id\":\"a\",\"title\":\"t\",\"severity\":\"low\",\"limit\":{\"of\":\"any\",\"attackers_share\":\"5\"}}]}",
        "{\"rules\":[{\"id\":\"a\",\"title\":\"t\",\"severity\":\"low\",\"forbid\":{\"from\":\"a\",\"to\":\"tag:\"}}]}",
        "{\"rules\":[{\"id\":\"a\",\"title\":\"t\",\"severity\":\"low\",\"lint\":\"open\"}],\"waivers\":[{\"rule\":\"a\"}]}"
      })
  void both_refuse(String policy) {
    assertThat(isRead(policy)).isFalse();
    assertThat(isValid(policy)).isFalse();
  }

  @Test
  void both_agree_onRandomPolicies() {
    var accepted = new int[1];
    Seeds.check(
        2_000,
        seed -> {
          String policy = new Draw(new SplittableRandom(seed)).policy();
          assertThat(isValid(policy)).as(policy).isEqualTo(isRead(policy));
          accepted[0] += isRead(policy) ? 1 : 0;
        });
    if (Seeds.areUsual()) {
      assertThat(accepted[0]).isBetween(400, 1_600);
    }
  }

  /// Policies that are mostly right.
  private record Draw(RandomGenerator random) {
    private String one(String... texts) {
      return texts[random.nextInt(texts.length)];
    }

    /// Mostly the first.
    private String mostly(String usual, String... others) {
      return random.nextInt(12) > 0 ? usual : one(others);
    }

    private String member(String key, String value) {
      return "\"" + key + "\":" + value;
    }

    private String object(List<String> members) {
      return "{" + String.join(",", members) + "}";
    }

    /// Some of the members; those needed mostly.
    private String object(List<String> needed, List<String> optional) {
      var members = new ArrayList<>(needed.stream().filter(_ -> random.nextInt(40) > 0).toList());
      optional.stream().filter(_ -> random.nextInt(3) == 0).forEach(members::add);
      if (random.nextInt(40) == 0) {
        members.add(member("unknown", "1"));
      }
      return object(members);
    }

    String policy() {
      String rules =
          IntStream.range(0, 1 + random.nextInt(2))
              .mapToObj(this::rule)
              .collect(Collectors.joining(","));
      return object(
          List.of(member("rules", mostly("[" + rules + "]", "[]", "null", "\"x\""))),
          List.of(member("description", text()), member("waivers", "[" + waiver() + "]")));
    }

    private String text() {
      return mostly("\"some text\"", "\"\"", "null", "7", "[]", "true");
    }

    private String selectors() {
      return mostly(
          one("\"any\"", "[\"tag:a\"]", "[\"internet\",\"x\"]", "\"label:a=b\""),
          "\"\"",
          "[]",
          "null",
          "\"kind:\"",
          "{}");
    }

    private String rule(int number) {
      String demand =
          one(
              member("forbid", forbid("hops")),
              member("allow-only", forbid("hops", "restrict")),
              member("limit", limit()),
              member("no-new", noNew()),
              member("lint", lint()));
      return object(
          List.of(
              member("id", mostly("\"r" + number + "\"", "\"a b\"", "\"\"", "[]")),
              member("title", text()),
              member("severity", mostly("\"high\"", "\"hi\"", "null")),
              demand),
          List.of(
              member("reason", text()),
              member("references", mostly("[\"a\"]", "\"b\"", "[]", "[{}]")),
              member("may_be_empty", mostly("true", "\"no\"", "null", "7")),
              member("certain", "false")));
    }

    private String forbid(String... keys) {
      var optional =
          new ArrayList<>(
              List.of(
                  member("services", mostly("[\"ssh\",\"tcp/22\"]", "\"icmp\"", "[]", "{}")),
                  member(
                      "except",
                      mostly("[{\"from\":\"a\"}]", "[]", "[{}]", "null", "[{\"to\":[\"b\"]}]"))));
      for (String key : keys) {
        optional.add(
            key.equals("hops")
                ? member(key, mostly("\"direct\"", "3", "0", "\"far\"", "null"))
                : member(key, mostly("\"to\"", "\"both\"", "null")));
      }
      return object(List.of(member("from", selectors()), member("to", selectors())), optional);
    }

    private String limit() {
      String bound =
          one(
              member("attackers", mostly("3", "-1", "\"x\"", "null")),
              member("attackers_share", mostly("\"2.5%\"", "\"5\"", "5")),
              member("internet_hops", mostly("4", "1")),
              member("reachable", "0"));
      return object(
          List.of(member("of", selectors()), bound), List.of(member("blast_radius", "1")));
    }

    private String noNew() {
      return object(
          List.of(),
          List.of(
              member("what", mostly("[\"direct\",\"exposure\"]", "[]", "\"surfaces\"", "[\"x\"]")),
              member("of", selectors())));
    }

    private String lint() {
      return mostly("[\"unused\"]", "\"open\"", "[]", "[\"x\"]", "null", "{}");
    }

    private String waiver() {
      return object(
          List.of(
              mostly(member("rule", "\"a\""), member("fingerprint", "\"00\"")),
              member("reason", text()),
              member("owner", text()),
              member("expires", mostly("\"2027-01-31\"", "\"soon\"", "7"))),
          List.of(member("subject", "\"x*\"")));
    }
  }
}
