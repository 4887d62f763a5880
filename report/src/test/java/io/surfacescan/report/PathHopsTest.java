package io.surfacescan.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackRoutes.Conditions;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Exclusions;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.questions.PathQuestion;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import io.surfacescan.testkit.RandomEnvironments;
import io.surfacescan.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The bytes of answers about paths, in every form.
class PathHopsTest {
  /// `a,1` attacks `m` by two rules and `n`, which is like `n2`; all of them attack `x`. `back` is
  /// reached from `x` and attacks `m`. Nobody carries `ghost`.
  private static final Environment ENVIRONMENT =
      new EnvironmentBuilder()
          .vm("a,1", "a")
          .vm("m", "b", "c")
          .vm("n", "n")
          .vm("n2", "n")
          .vm("x", "d")
          .vm("back", "back")
          .vm("lonely")
          .vm("idle", "i")
          .rule("fw-1", "a", "b")
          .rule(null, "a", "c")
          .rule("fw-3", "c", "d")
          .rule("fw-4", "a", "n")
          .rule("fw-5", "n", "d")
          .rule("fw-6", "d", "back")
          .rule("fw-7", "back", "b")
          .rule("fw-8", "i", "i")
          .rule("fw-9", "ghost", "i")
          .build();

  private static final AttackGraph GRAPH = AttackGraph.of(ENVIRONMENT);

  private static PathHops asked(String from, String to, int limit, Conditions conditions) {
    return PathHops.of(
        PathQuestion.routes(GRAPH, vm(from), vm(to), conditions, limit, Deadline.NONE));
  }

  private static PathHops asked(String from, String to) {
    return asked(from, to, 1, Conditions.NONE);
  }

  private static int vm(String id) {
    return ENVIRONMENT.findVm(id).orElseThrow();
  }

  private static Conditions avoiding(List<Integer> rules) {
    return new Conditions(Exclusions.of(GRAPH, rules, List.of()), OptionalInt.empty());
  }

  private static Conditions over(String vm) {
    return new Conditions(Exclusions.NOTHING, OptionalInt.of(vm(vm)));
  }

  @Test
  void onePath_namesEveryRuleOfEveryHop() throws IOException {
    var document = asked("a,1", "x", 1, avoiding(List.of(3)));
    assertThat(text(document, Format.JSON))
        .isEqualTo(
            """
            {"from":"a,1","from_name":null,"to":"x","to_name":null,"reachable":true,"hops":[\
            {"from":"a,1","from_name":null,"to":"m","to_name":null,"vms":1,"rules":[\
            {"fw_id":"fw-1","source_tag":"a","dest_tag":"b"},\
            {"fw_id":null,"source_tag":"a","dest_tag":"c"}]},\
            {"from":"m","from_name":null,"to":"x","to_name":null,"vms":1,"rules":[\
            {"fw_id":"fw-3","source_tag":"c","dest_tag":"d"}]}]}\
            """);
    assertThat(text(document, Format.NDJSON))
        .isEqualTo(
            """
            {"from":"a,1","from_name":null,"to":"m","to_name":null,"vms":1,"rules":[\
            {"fw_id":"fw-1","source_tag":"a","dest_tag":"b"},\
            {"fw_id":null,"source_tag":"a","dest_tag":"c"}]}
            {"from":"m","from_name":null,"to":"x","to_name":null,"vms":1,"rules":[\
            {"fw_id":"fw-3","source_tag":"c","dest_tag":"d"}]}
            """);
    assertThat(text(document, Format.CSV))
        .isEqualTo(
            """
            hop,from,to,fw_id,source_tag,dest_tag,from_name,to_name
            1,"a,1",m,fw-1,a,b,,
            1,"a,1",m,,a,c,,
            2,m,x,fw-3,c,d,,
            """);
    assertThat(text(document, Format.TEXT))
        .isEqualTo(
            """
            a,1 attacks x in 2 hops:
              a,1 attacks m through fw-1 (a -> b) or a rule without id (a -> c)
              m attacks x through fw-3 (c -> d)
            """);
  }

  @Test
  void severalRoutes_areNumberedAndCounted() throws IOException {
    var document = asked("a,1", "x", 9, avoiding(List.of(1)));
    String overM =
        """
        [{"from":"a,1","from_name":null,"to":"m","to_name":null,"vms":1,"rules":[\
        {"fw_id":"fw-1","source_tag":"a","dest_tag":"b"}]},\
        {"from":"m","from_name":null,"to":"x","to_name":null,"vms":1,"rules":[\
        {"fw_id":"fw-3","source_tag":"c","dest_tag":"d"}]}]\
        """;
    String overN =
        """
        [{"from":"a,1","from_name":null,"to":"n","to_name":null,"vms":2,"rules":[\
        {"fw_id":"fw-4","source_tag":"a","dest_tag":"n"}]},\
        {"from":"n","from_name":null,"to":"x","to_name":null,"vms":1,"rules":[\
        {"fw_id":"fw-5","source_tag":"n","dest_tag":"d"}]}]\
        """;
    boolean mFirst = GRAPH.rankOf(vm("m")) < GRAPH.rankOf(vm("n"));
    String first = mFirst ? overM : overN;
    String second = mFirst ? overN : overM;
    assertThat(text(document, Format.JSON))
        .isEqualTo(
            "{\"from\":\"a,1\",\"from_name\":null,\"to\":\"x\",\"to_name\":null,\"reachable\":true,\"hops\":"
                + first
                + ",\"routes\":[{\"hops\":"
                + first
                + "},{\"hops\":"
                + second
                + "}],\"routes_total\":2,\"more\":false,\"truncated\":false}");
    assertThat(text(document, Format.NDJSON).lines())
        .hasSize(4)
        .allMatch(line -> line.startsWith("{\"route\":"));
    assertThat(text(document, Format.CSV).lines())
        .startsWith("route,hop,from,to,fw_id,source_tag,dest_tag,from_name,to_name")
        .contains("" + (mFirst ? 1 : 2) + ",2,m,x,fw-3,c,d,,");
    String linesM =
        """
          a,1 attacks m through fw-1 (a -> b)
          m attacks x through fw-3 (c -> d)
        """;
    String linesN =
        """
          a,1 attacks n (or 1 VM like it) through fw-4 (a -> n)
          n attacks x through fw-5 (n -> d)
        """;
    assertThat(text(document, Format.TEXT))
        .isEqualTo(
            "a,1 attacks x in 2 hops by 2 shortest routes:\nroute 1 of 2:\n"
                + (mFirst ? linesM : linesN)
                + "route 2 of 2:\n"
                + (mFirst ? linesN : linesM));
  }

  @Test
  void routesLeftOut_areSaid() throws IOException {
    var builder = new EnvironmentBuilder().vm("a", "a").vm("x", "x");
    for (String tag : List.of("p", "q", "r")) {
      builder.vm(tag, tag).rule(null, "a", tag).rule(null, tag, "x");
    }
    var graph = AttackGraph.of(builder.build());
    var document = PathHops.of(PathQuestion.routes(graph, 0, 1, Conditions.NONE, 2, Deadline.NONE));
    assertThat(text(document, Format.TEXT))
        .startsWith(
            "a attacks x in 2 hops by 3 shortest routes; these are the first 2:\nroute 1 of 3:\n");
    assertThat(text(document, Format.JSON))
        .endsWith("\"routes_total\":3,\"more\":true,\"truncated\":false}");
  }

  @Test
  void aWayOverAVm_saysWhereItComesTwice() throws IOException {
    var document = asked("m", "x", 1, over("back"));
    assertThat(text(document, Format.TEXT))
        .isEqualTo(
            """
            m attacks x over back in 4 hops:
              m attacks x through fw-3 (c -> d)
              x attacks back through fw-6 (d -> back)
              back attacks m through fw-7 (back -> b)
              m attacks x through fw-3 (c -> d)
              this way comes to m again
              this way comes to x again
            """);
    assertThat(text(document, Format.JSON))
        .startsWith(
            """
            {"from":"m","from_name":null,"to":"x","to_name":null,"via":"back","via_name":null,\
            "reachable":true,"hops":[\
            """)
        .endsWith("}]}],\"visited_again\":[\"m\",\"x\"]}");
  }

  @Test
  void noPath_namesBothSides() throws IOException {
    assertThat(text(asked("x", "a,1"), Format.TEXT))
        .isEqualTo(
            """
            x cannot attack a,1:
              x can attack 2 VMs, the farthest in 2 hops
              no rule ends at a tag of a,1 (a)
            """);
    assertThat(text(asked("x", "a,1"), Format.JSON))
        .isEqualTo(
            """
            {"from":"x","from_name":null,"to":"a,1","to_name":null,"reachable":false,"hops":[],"unreachable":{\
            "reasons":["nothing_ends_at_target"],\
            "target":{"vm_id":"a,1","name":null,"tags":["a"],"attackers":0,"direct_attackers":0,\
            "nearest":null,"idle_rules":[],"idle_rule_count":0},\
            "source":{"vm_id":"x","name":null,"tags":["d"],"victims":2,"most_hops":2,"idle_rules":[],\
            "idle_rule_count":0},"hops_without_conditions":null}}\
            """);
    assertThat(text(asked("x", "a,1"), Format.NDJSON)).isEmpty();
    assertThat(text(asked("x", "a,1"), Format.CSV))
        .isEqualTo("hop,from,to,fw_id,source_tag,dest_tag,from_name,to_name\n");
  }

  @Test
  void noPath_namesRulesThatAllowNothing() throws IOException {
    assertThat(text(asked("lonely", "idle"), Format.TEXT))
        .isEqualTo(
            """
            lonely cannot attack idle:
              lonely has no tags, so no rule starts at it
              no rule that ends at a tag of idle (i) lets another VM attack it:
                fw-8 (i -> i): only idle itself carries i
                fw-9 (ghost -> i): no VM carries ghost
            """);
    assertThat(text(asked("lonely", "idle"), Format.JSON))
        .contains("\"reasons\":[\"nothing_ends_at_target\",\"nothing_starts_at_source\"]")
        .contains(
            """
            "idle_rules":[{"rule":{"fw_id":"fw-8","source_tag":"i","dest_tag":"i"},\
            "cause":"only_itself"},{"rule":{"fw_id":"fw-9","source_tag":"ghost","dest_tag":"i"},\
            "cause":"not_carried"}],"idle_rule_count":2}\
            """);
  }

  @Test
  void noPathUnderConditions_saysWhatThereIsWithoutThem() throws IOException {
    assertThat(text(asked("a,1", "x", 1, avoiding(List.of(0, 1, 4))), Format.TEXT))
        .isEqualTo(
            """
            a,1 cannot attack x:
              a,1 can attack 2 VMs, directly
              2 VMs can attack x, 1 of them directly, such as m through fw-3 (c -> d)
              no VM is among both
              without these conditions there is a path of 2 hops
            """);
    assertThat(text(asked("a,1", "x", 1, avoiding(List.of(0, 1, 3))), Format.TEXT))
        .isEqualTo(
            """
            a,1 cannot attack x:
              no rule that starts at a tag of a,1 (a) lets it attack another VM:
                fw-1 (a -> b): it or a tag of it is avoided
                a rule without id (a -> c): it or a tag of it is avoided
                fw-4 (a -> n): it or a tag of it is avoided
              4 VMs can attack x, 3 of them directly, such as %s
              without these conditions there is a path of 2 hops
            """
                .formatted(
                    GRAPH.rankOf(vm("m")) < GRAPH.rankOf(vm("n"))
                        ? "m through fw-3 (c -> d)"
                        : "n through fw-5 (n -> d)"));
    assertThat(text(asked("a,1", "x", 1, over("lonely")), Format.TEXT))
        .isEqualTo(
            """
            a,1 cannot attack x over lonely, as a,1 cannot attack lonely:
              a,1 can attack 5 VMs, the farthest in 3 hops
              lonely has no tags, so no rule ends at it
              without these conditions there is a path of 2 hops
            """);
    assertThat(text(asked("lonely", "idle", 1, avoiding(List.of(0))), Format.TEXT))
        .endsWith("  without these conditions there is no path either\n");
  }

  @Test
  void drawings_haveANodePerVmAndAnEdgePerAttack() throws IOException {
    var document = asked("a,1", "m");
    assertThat(drawn(document, Format.DOT))
        .isEqualTo(
            """
            digraph path {
              rankdir=LR;
              node [shape=box];
              n0 [label="a,1"];
              n1 [label="m"];
              n0 -> n1 [label="fw-1 (a -> b)\\na rule without id (a -> c)"];
            }
            """);
    assertThat(drawn(document, Format.MERMAID))
        .isEqualTo(
            """
            flowchart LR
              n0["a#44;1"]
              n1["m"]
              n0 -->|"fw-1 (a -#62; b)<br/>a rule without id (a -#62; c)"| n1
            """);
    assertThat(drawn(asked("x", "a,1"), Format.MERMAID))
        .isEqualTo("flowchart LR\n  n0[\"x\"]\n  n1[\"a#44;1\"]\n");
  }

  @Test
  void drawings_ofSeveralRoutes_drawWhatTheyShareOnce() throws IOException {
    var builder =
        new EnvironmentBuilder().vm("a", "a").vm("m", "m").vm("x", "x").rule("in", "a", "m");
    for (String tag : List.of("p", "q")) {
      builder.vm(tag, tag).rule(null, "m", tag).rule(null, tag, "x");
    }
    var document =
        PathHops.of(
            PathQuestion.routes(
                AttackGraph.of(builder.build()), 0, 2, Conditions.NONE, 5, Deadline.NONE));
    assertThat(drawn(document, Format.DOT).lines().filter(line -> line.contains(" -> n")))
        .hasSize(5);
    assertThat(drawn(document, Format.DOT).lines().filter(line -> line.contains("[label")))
        .hasSize(5 + 5);
  }

  @Test
  void labels_areEscapedForWhatReadsThem() throws IOException {
    var odd =
        new EnvironmentBuilder()
            .vm("a\"b\\", "<b>&amp;\nend")
            .vm("#quot;`*1. x*`;\u0000", "t")
            .rule("é😀", "<b>&amp;\nend", "t")
            .build();
    var document =
        PathHops.of(
            PathQuestion.routes(AttackGraph.of(odd), 0, 1, Conditions.NONE, 1, Deadline.NONE));
    assertThat(drawn(document, Format.DOT).lines())
        .contains(
            "  n0 [label=\"a\\\"b\\\\\"];",
            "  n1 [label=\"#quot;`*1. x*`;\\\\u0000\"];",
            "  n0 -> n1 [label=\"é😀 (<b>&amp;amp;\\\\nend -> t)\"];");
    assertThat(drawn(document, Format.MERMAID).lines())
        .contains(
            "  n0[\"a#34;b#92;\"]",
            "  n1[\"#35;quot#59;#96;#42;1. x#42;#96;#59;#92;u0000\"]",
            "  n0 -->|\"é😀 (#60;b#62;#38;amp#59;#92;nend -#62; t)\"| n1");
  }

  /// The part of each language that drawings use, read strictly.
  @Test
  void drawings_ofOddEnvironments_areWellFormed() {
    var dotNode = Pattern.compile("  (n\\d+) \\[label=(\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\")];");
    var dotEdge =
        Pattern.compile("  (n\\d+) -> (n\\d+) \\[label=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"];");
    String words = "(?:[A-Za-z0-9 ./:()-]|[^\\x00-\\x7F]|#\\d+;|<br/>)*";
    var mermaidNode = Pattern.compile("  (n\\d+)\\[\"" + words + "\"]");
    var mermaidEdge = Pattern.compile("  (n\\d+) -->\\|\"" + words + "\"\\| (n\\d+)");
    Seeds.check(
        500,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var graph = AttackGraph.of(environment);
          int to = environment.vmCount() - 1;
          var document =
              PathHops.of(PathQuestion.routes(graph, 0, to, Conditions.NONE, 10, Deadline.NONE));
          var dot = drawn(document, Format.DOT).lines().toList();
          assertThat(dot.subList(0, 3))
              .containsExactly("digraph path {", "  rankdir=LR;", "  node [shape=box];");
          assertThat(dot.getLast()).isEqualTo("}");
          check(dot.subList(3, dot.size() - 1), dotNode, dotEdge);
          var mermaid = drawn(document, Format.MERMAID).lines().toList();
          assertThat(mermaid.getFirst()).isEqualTo("flowchart LR");
          check(mermaid.subList(1, mermaid.size()), mermaidNode, mermaidEdge);
        });
  }

  private static void check(List<String> lines, Pattern node, Pattern edge) {
    Set<String> nodes = new HashSet<>();
    for (String line : lines) {
      var edgeFound = edge.matcher(line);
      if (edgeFound.matches()) {
        assertThat(nodes).contains(edgeFound.group(1), edgeFound.group(2));
        continue;
      }
      var nodeFound = node.matcher(line);
      assertThat(nodeFound.matches()).as(line).isTrue();
      assertThat(nodes.add(nodeFound.group(1))).isTrue();
    }
    assertThat(nodes.size()).isGreaterThan(1);
  }

  private static String text(Document document, Format format) throws IOException {
    var out = new ByteArrayOutputStream();
    document.write(out, format);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String drawn(Document document, Format drawing) throws IOException {
    var out = new ByteArrayOutputStream();
    document.write(out, drawing);
    return out.toString(StandardCharsets.UTF_8);
  }
}
