package io.surfacescan.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Chokepoints;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.EnvironmentChokepoints;
import io.surfacescan.engine.Progress;
import io.surfacescan.engine.SurfaceSizes;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.Percentage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The bytes of chokepoints in every format. `a,1` attacks `m`, `m` attacks `x` by two rules of one
/// tag pair, and `b` attacks `x` over either of its tags.
class ChokepointListsTest {
  private static final Environment ENVIRONMENT =
      new EnvironmentBuilder()
          .vm("a,1", "a")
          .vm("m", "m")
          .vm("b", "b1", "b2")
          .vm("x", "x")
          .rule("am", "a", "m")
          .rule("mx", "m", "x")
          .rule(null, "m", "x")
          .rule("b1x", "b1", "x")
          .rule("b2x", "b2", "x")
          .build();
  private static final AttackGraph GRAPH = AttackGraph.of(ENVIRONMENT);

  private static ChokepointLists document(int vm, int top) {
    return new ChokepointLists(
        ENVIRONMENT, Chokepoints.of(GRAPH, vm, top, Deadline.NONE), Optional.empty());
  }

  @Test
  void json_namesEveryRuleAndTheShares() throws IOException {
    assertThat(text(document(3, 1), Format.JSON))
        .isEqualTo(
            """
            {"vm_id":"x","name":null,"attackers":3,"rule_pairs":4,\
            "rules":[{"rules":[{"fw_id":"mx","source_tag":"m","dest_tag":"x"},\
            {"fw_id":null,"source_tag":"m","dest_tag":"x"}],"attackers_lost":2,"share":0.6667}],\
            "rules_total":2,\
            "tags":[{"tag":"x","attackers_lost":3,"share":1}],"tags_more":true,"tags_recomputed":0,\
            "vms":[{"vm_id":"m","name":null,"attackers_lost":1,"share":0.3333}],"vms_total":1,\
            "pairs":[],"pairs_more":false,"pairs_tried":3,"truncated":false,"incomplete":[]}\
            """);
  }

  @Test
  void ndjsonAndCsv_haveEachCandidateWithItsKind() throws IOException {
    assertThat(text(document(3, 20), Format.NDJSON))
        .isEqualTo(
            """
            {"kind":"rule","rules":[{"fw_id":"mx","source_tag":"m","dest_tag":"x"},\
            {"fw_id":null,"source_tag":"m","dest_tag":"x"}],"attackers_lost":2,"share":0.6667}
            {"kind":"rule","rules":[{"fw_id":"am","source_tag":"a","dest_tag":"m"}],\
            "attackers_lost":1,"share":0.3333}
            {"kind":"tag","tag":"x","attackers_lost":3,"share":1}
            {"kind":"tag","tag":"m","attackers_lost":2,"share":0.6667}
            {"kind":"tag","tag":"a","attackers_lost":1,"share":0.3333}
            {"kind":"vm","vm_id":"m","name":null,"attackers_lost":1,"share":0.3333}
            """);
    assertThat(text(document(3, 20), Format.CSV))
        .isEqualTo(
            """
            kind,number,attackers_lost,share,fw_id,source_tag,dest_tag,tag,vm_id,name
            rule,1,2,0.6667,mx,m,x,,,
            rule,1,2,0.6667,,m,x,,,
            rule,2,1,0.3333,am,a,m,,,
            tag,1,3,1,,,,x,,
            tag,2,2,0.6667,,,,m,,
            tag,3,1,0.3333,,,,a,,
            vm,1,1,0.3333,,,,,m,
            """);
  }

  @Test
  void text_startsWithASentence() throws IOException {
    assertThat(text(document(3, 20), Format.TEXT))
        .isEqualTo(
            """
            3 VMs can attack x, over 4 rules; without the best single one, 2 of them no longer can \
            (66.67 %)

            Rules without which the most attackers are lost:
              2  66.67 %  mx (m -> x), a rule without id (m -> x)
              1  33.33 %  am (a -> m)

            Tags without which the most attackers are lost:
              3    100 %  x
              2  66.67 %  m
              1  33.33 %  a

            VMs without which the most attackers are lost:
              1  33.33 %  m

            Pairs of rules: none found that keeps more out than the best single rule
            """);
    assertThat(text(document(0, 20), Format.TEXT)).isEqualTo("No VM can attack a,1\n");
    assertThat(text(document(3, 1), Format.TEXT))
        .contains(
            "Rules without which the most attackers are lost, 1 of 2:\n",
            "Tags without which the most attackers are lost, 1 of more:\n",
            "VMs without which the most attackers are lost:\n");
    assertThat(text(document(3, 1), Format.NDJSON))
        .endsWith(
            "{\"kind\":\"more\",\"more\":\"rules\"}\n{\"kind\":\"more\",\"more\":\"tags\"}\n");
    assertThat(text(document(3, 1), Format.CSV))
        .endsWith("\nmore rules,,,,,,,,,\nmore tags,,,,,,,,,\n");
  }

  @Test
  void pairs_nameTheRulesOfBoth() throws IOException {
    var environment =
        new EnvironmentBuilder()
            .vm("A", "a", "b")
            .vm("X", "x")
            .rule("ax", "a", "x")
            .rule("bx", "b", "x")
            .build();
    var document =
        new ChokepointLists(
            environment,
            Chokepoints.of(AttackGraph.of(environment), 1, 20, Deadline.NONE),
            Optional.empty());
    assertThat(text(document, Format.NDJSON))
        .endsWith(
            """
            {"kind":"pair","candidates":[\
            {"rules":[{"fw_id":"ax","source_tag":"a","dest_tag":"x"}]},\
            {"rules":[{"fw_id":"bx","source_tag":"b","dest_tag":"x"}]}],\
            "attackers_lost":1,"share":1}
            """);
    assertThat(text(document, Format.CSV)).endsWith("pair,1,1,1,ax,a,x,,,\npair,1,1,1,bx,b,x,,,\n");
    assertThat(text(document, Format.TEXT))
        .startsWith("1 VM can attack X, over 2 rules; no single rule keeps any of them out\n")
        .contains("\nRules: none keeps an attacker out alone\n")
        .endsWith(
            """
            Pairs of rules without which the most attackers are lost:
              1    100 %  ax (a -> x) and bx (b -> x)
            """);
  }

  @Test
  void truncated_isSaidInEveryFormat() throws IOException {
    var cut =
        new Chokepoints(
            3,
            3,
            4,
            List.of(),
            0,
            List.of(),
            0,
            new Chokepoints.Tags(List.of(), false, 0, false),
            new Chokepoints.Pairs(List.of(), false, 0, false));
    var document = new ChokepointLists(ENVIRONMENT, cut, Optional.empty());
    assertThat(text(document, Format.JSON))
        .endsWith("\"truncated\":true,\"incomplete\":[\"tags\",\"pairs\"]}");
    assertThat(text(document, Format.NDJSON))
        .isEqualTo(
            """
            {"kind":"truncated","incomplete":"tags"}
            {"kind":"truncated","incomplete":"pairs"}
            """);
    assertThat(text(document, Format.CSV))
        .endsWith("\ntruncated tags,,,,,,,,,\ntruncated pairs,,,,,,,,,\n");
    assertThat(text(document, Format.TEXT))
        .endsWith(
            """
            The time limit was reached: the list of tags may lack better ones.
            The time limit was reached: the list of pairs may lack better ones.
            """);
  }

  @Test
  void environment_tellsExactFromBound() throws IOException {
    // By hand: a attacks m and x, m attacks x, b attacks x. Without (m, x) two of the four are
    // lost, without (a, m) two; nothing is lost without either of b's rules.
    var sizes = SurfaceSizes.of(GRAPH, Deadline.NONE, Progress.NONE);
    var all =
        new EnvironmentChokepointList(
            ENVIRONMENT,
            EnvironmentChokepoints.of(GRAPH, sizes, 20, 20, Deadline.NONE, Progress.NONE),
            Optional.empty());
    assertThat(text(all, Format.JSON))
        .isEqualTo(
            """
            {"pairs":4,"rules_total":4,"exact":4,"proven":true,"rules":[\
            {"rules":[{"fw_id":"am","source_tag":"a","dest_tag":"m"}],"pairs_lost":2,"share":0.5},\
            {"rules":[{"fw_id":"mx","source_tag":"m","dest_tag":"x"},\
            {"fw_id":null,"source_tag":"m","dest_tag":"x"}],"pairs_lost":2,"share":0.5}],\
            "others_lose_at_most":0,"truncated":false}\
            """);
    var none =
        new EnvironmentChokepointList(
            ENVIRONMENT,
            EnvironmentChokepoints.of(GRAPH, sizes, 20, 20, () -> true, Progress.NONE),
            Optional.empty());
    assertThat(text(none, Format.NDJSON))
        .startsWith(
            """
            {"rules":[{"fw_id":"am","source_tag":"a","dest_tag":"m"}],"pairs_lost_at_most":4}
            """)
        .endsWith(
            """

            {"proven":false,"others_lose_at_most":4}
            {"truncated":true}
            """);
    assertThat(text(none, Format.CSV))
        .startsWith(
            """
            number,pairs_lost,pairs_lost_at_most,share,fw_id,source_tag,dest_tag
            1,,4,,am,a,m
            """)
        .endsWith("\nnot proven,,4,,,,\ntruncated,,,,,,\n");
    assertThat(text(none, Format.TEXT))
        .startsWith(
            """
            4 pairs of an attacker and a VM that it can attack; 4 rules with tags that VMs carry, \
            0 of them worked out exactly

            Rules without which the most pairs are lost, not proven to be the top: any rule not \
            worked out could lose up to 4:
              4  at most  am (a -> m)
            """)
        .endsWith(
            """
            The time limit was reached before as many rules were worked out as were asked for
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 7, 0, 0 %",
    "7, 7, 1, 100 %",
    "2048, 6186544356, 3.31E-7, < 0.01 %",
    "1, 10000, 0.0001, 0.01 %",
    "1, 1000000, 0.000001, < 0.01 %",
    "12345, 100000, 0.1235, 12.35 %",
    "999999, 1000000, 0.9999, 99.99 %",
    "1, 125, 0.008, 0.8 %",
    "2, 3, 0.6667, 66.67 %"
  })
  void share_isNeverNothingOrAllWhenItIsNeither(
      long part, long whole, String fraction, String percent) {
    assertThat(new Percentage(part, whole).fraction()).hasToString(fraction);
    assertThat(new Percentage(part, whole).percent()).isEqualTo(percent);
  }

  private static String text(Document document, Format format) throws IOException {
    var out = new ByteArrayOutputStream();
    document.write(out, format);
    return out.toString(StandardCharsets.UTF_8);
  }
}
