package io.surfacescan.importers.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Folder;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedRuleIdsTest {
  @TempDir private Path directory;

  /// What is named, as `ID FIRST SECOND` with the numbers of the rules from 0.
  ///
  /// @param rules `ID SOURCE DEST` each, with `-` for no id
  private static List<String> named(List<String> rules) {
    var builder = new EnvironmentBuilder();
    for (String rule : rules) {
      var parts = rule.split(" ", -1);
      builder.rule(parts[0].equals("-") ? null : parts[0], parts[1], parts[2]);
    }
    var environment = builder.build();
    var named = new ArrayList<String>();
    new SharedRuleIds(environment)
        .forEachThatIsNoExpansion(
            (first, rule) -> named.add(environment.ruleIds().get(rule) + " " + first + " " + rule));
    return named;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "one rule                          | f a b",
        "one source, two dests             | f a b, f a c",
        "two sources, one dest             | f a c, f b c",
        "two by two, in any order          | f b d, f a c, f a d, f b c",
        "a tag on both sides               | f a a, f a b, f b a, f b b",
        "the same pair twice               | f a b, f a b",
        "an expansion with a pair twice    | f a b, f a c, f a b",
        "two expansions beside each other  | f a b, g a b, f a c, g b b",
        "without ids                       | - a b, - c d"
      })
  void anExpansion_isNotNamed(String name, String rules) {
    assertThat(named(split(rules))).as(name).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "two rules          | f a b, f c d                      | f 0 1",
        "there and back     | f a b, f b a                      | f 0 1",
        "one pair is missing| f a c, f a d, f b c               | f 0 1",
        "the same pair first| f a b, f a b, f c d, f e f        | f 0 2",
        "once for each id   | g a b, f a b, f c d, g c d, g e f | f 1 2;g 0 3"
      })
  void whatIsNoExpansion_isNamedOnce_withTheFirstTwoPlaces(
      String name, String rules, String expected) {
    assertThat(named(split(rules))).as(name).containsExactly(expected.split(";", -1));
  }

  private static List<String> split(String rules) {
    return List.of(rules.split(", ", -1));
  }

  @Test
  void random_agreesWithTheDefinition() {
    var kinds = new HashMap<Boolean, Integer>();
    Seeds.check(
        2_000,
        seed -> {
          var random = new Random(seed);
          int ids = 1 + random.nextInt(4);
          int tags = 1 + random.nextInt(4);
          var rules = new ArrayList<String>();
          for (int rule = random.nextInt(14); rule > 0; rule--) {
            int id = random.nextInt(ids + 1);
            rules.add(
                (id == 0 ? "-" : "id-" + id)
                    + " "
                    + (char) ('a' + random.nextInt(tags))
                    + " "
                    + (char) ('a' + random.nextInt(tags)));
          }
          var expected = defined(rules);
          assertThat(named(rules)).as("%s", rules).isEqualTo(expected);
          kinds.merge(expected.isEmpty(), 1, Integer::sum);
        });
    assertThat(kinds.keySet().size() == 2 || !Seeds.areUsual()).isTrue();
  }

  /// The definition, word for word: every source tag with every dest tag.
  private static List<String> defined(List<String> rules) {
    var byId = new LinkedHashMap<String, List<Integer>>();
    for (int rule = 0; rule < rules.size(); rule++) {
      String id = rules.get(rule).split(" ", -1)[0];
      if (!id.equals("-")) {
        byId.computeIfAbsent(id, none -> new ArrayList<>()).add(rule);
      }
    }
    var found = new ArrayList<Map.Entry<Integer, String>>();
    byId.forEach((id, members) -> {
      Set<String> sources = new HashSet<>();
      Set<String> dests = new HashSet<>();
      Set<String> pairs = new HashSet<>();
      for (int rule : members) {
        var parts = rules.get(rule).split(" ", -1);
        sources.add(parts[1]);
        dests.add(parts[2]);
        pairs.add(parts[1] + " " + parts[2]);
      }
      for (String source : sources) {
        for (String dest : dests) {
          if (!pairs.contains(source + " " + dest)) {
            int first = members.getFirst();
            int second =
                members.stream()
                    .filter(rule -> !rules.get(rule).equals(rules.get(first)))
                    .findFirst()
                    .orElseThrow();
            found.add(Map.entry(second, id + " " + first + " " + second));
            return;
          }
        }
      }
    });
    return found.stream().sorted(Map.Entry.comparingByKey()).map(Map.Entry::getValue).toList();
  }

  @Test
  void read_warnsOfAnIdOfDifferentRules_andNotOfAnExpansion() throws IOException {
    String vms =
        "{\"vms\":[{\"vm_id\":\"v\",\"name\":\"n\",\"tags\":[\"a\",\"b\",\"c\"]}],\"fw_rules\":[\n";
    var folder =
        new Folder(directory)
            .with("a.json", vms + rule("f", "a", "b") + ",\n" + rule("f", "a", "c") + "]}")
            .with(
                "b.json",
                vms.replace("\"v\"", "\"w\"")
                    + String.join(",\n", rule("g", "b", "a"), rule("g", "c", "b"))
                    + ",\n"
                    + String.join(",\n", rule("h", "b", "c"), rule("h", "c", "a"))
                    + "]}");

    var problems = folder.read("a.json", "b.json").problems();
    assertThat(problems.counts()).containsOnly(Map.entry(ProblemKind.DUPLICATE_FW_ID, 2L));
    assertThat(folder.shown(problems.warnings()))
        .containsExactly(
            "b.json:3:1: fw_id \"g\" is that of different rules, first at b.json:2:1; give each firewall"
                + " rule its own id (duplicate-fw-id, 2 times, also at b.json:5:1)");
  }

  private static String rule(String id, String source, String dest) {
    return "{\"fw_id\":\"%s\",\"source_tag\":\"%s\",\"dest_tag\":\"%s\"}"
        .formatted(id, source, dest);
  }

  /// One id for all, and an id for every two: a look at each rule for each other would not end.
  @Test
  void manyRules_ofOneIdOrOfManyIds_areLookedAtOnce() {
    int count = 250_000;
    var one = new EnvironmentBuilder();
    var many = new EnvironmentBuilder();
    for (int rule = 0; rule < count; rule++) {
      one.rule("f", "s" + rule % 500, "d" + rule / 500);
      many.rule("f" + rule / 2, "s" + rule % 7, "d" + rule % 11);
    }
    assertThat(timesNamed(one)).isZero();
    assertThat(timesNamed(many)).isEqualTo(count / 2);
  }

  /// The pairs that an expansion would have are more than an int holds, and none if counted in one.
  @Test
  void manyTags_onBothSides_areNoExpansion() {
    var rules = new EnvironmentBuilder();
    for (int rule = 0; rule < 1 << 16; rule++) {
      rules.rule("f", "s" + rule, "d" + rule);
    }
    assertThat(timesNamed(rules)).isEqualTo(1);
  }

  private static int timesNamed(EnvironmentBuilder rules) {
    var times = new AtomicInteger();
    new SharedRuleIds(rules.build())
        .forEachThatIsNoExpansion((first, rule) -> times.incrementAndGet());
    return times.get();
  }
}
