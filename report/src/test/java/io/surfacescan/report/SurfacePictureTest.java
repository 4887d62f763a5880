package io.surfacescan.report;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.SurfaceGroups;
import io.surfacescan.engine.SurfaceGroups.Direction;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import io.surfacescan.testkit.Json;
import io.surfacescan.testkit.RandomEnvironments;
import io.surfacescan.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The bytes of a picture, in every form: two staff VMs attack `m` by two rules, `m` attacks `x`.
class SurfacePictureTest {
  private static final Environment ENVIRONMENT =
      new EnvironmentBuilder()
          .vm("a,1", "staff")
          .vm("a2", "staff", "admin \"&\\#")
          .vm("m", "ssh", "jump")
          .vm("x", "db")
          .rule("fw-1", "staff", "ssh")
          .rule("fw-2", "admin \"&\\#", "ssh")
          .rule("fw-3", "jump", "db")
          .rule(null, "jump", "db")
          .build();

  @Test
  void write_asJson_namesGroupsAndEdges() throws IOException {
    assertThat(text(picture("x", Direction.IN, 50), Format.JSON))
        .isEqualTo(
            """
            {"vm_id":"x","name":null,"direction":"in","total":3,"hops":2,"group_count":3,"truncated":false,\
            "groups":[\
            {"id":"1:jump","hop":1,"tag":"jump","vms":1,"carrying":1,"sample":["m"]},\
            {"id":"2:admin \\"&\\\\#","hop":2,"tag":"admin \\"&\\\\#","vms":1,"carrying":1,\
            "sample":["a2"]},\
            {"id":"2:staff","hop":2,"tag":"staff","vms":1,"carrying":2,"sample":["a,1"]}],\
            "edges":[\
            {"from":"1:jump","to":"target","vms":1,"rule_count":2,"rules":[\
            {"fw_id":"fw-3","source_tag":"jump","dest_tag":"db"},\
            {"fw_id":null,"source_tag":"jump","dest_tag":"db"}]},\
            {"from":"2:admin \\"&\\\\#","to":"1:jump","vms":1,"rule_count":1,"rules":[\
            {"fw_id":"fw-2","source_tag":"admin \\"&\\\\#","dest_tag":"ssh"}]},\
            {"from":"2:staff","to":"1:jump","vms":2,"rule_count":1,"rules":[\
            {"fw_id":"fw-1","source_tag":"staff","dest_tag":"ssh"}]}]}\
            """);
  }

  @Test
  void write_outwards_drawsEdgesInTheDirectionOfTheAttack() throws IOException {
    assertThat(text(picture("m", Direction.OUT, 50), Format.JSON))
        .isEqualTo(
            """
            {"vm_id":"m","name":null,"direction":"out","total":1,"hops":1,"group_count":1,"truncated":false,\
            "groups":[{"id":"1:db","hop":1,"tag":"db","vms":1,"carrying":1,"sample":["x"]}],\
            "edges":[{"from":"source","to":"1:db","vms":1,"rule_count":2,"rules":[\
            {"fw_id":"fw-3","source_tag":"jump","dest_tag":"db"},\
            {"fw_id":null,"source_tag":"jump","dest_tag":"db"}]}]}\
            """);
  }

  @Test
  void write_asRows_listsTheGroups_foldedOnesToo() throws IOException {
    var folded = picture("x", Direction.IN, 1);
    assertThat(text(folded, Format.NDJSON))
        .isEqualTo(
            """
            {"id":"1:jump","hop":1,"tag":"jump","vms":1,"carrying":1,"sample":["m"]}
            {"id":"others-2","hop_from":2,"hop_to":2,"folded_groups":2,"vms":2,"carrying":2,\
            "sample":["a2","a,1"]}
            """);
    assertThat(text(folded, Format.CSV))
        .isEqualTo(
            """
            id,hop_from,hop_to,tag,folded_groups,vms,carrying
            1:jump,1,1,jump,,1,1
            others-2,2,2,,2,2,2
            """);
  }

  @Test
  void write_asText_goesHopByHop() throws IOException {
    assertThat(text(picture("x", Direction.IN, 50), Format.TEXT))
        .isEqualTo(
            """
            x can be attacked by 3 VMs over at most 2 hops, in 3 groups
            1 hop away
              1:jump: 1 VM: m
                to x: 1 VM through fw-3 (jump -> db) or a rule without id (jump -> db)
            2 hops away
              2:admin "&\\#: 1 VM: a2
                to 1:jump: 1 VM through fw-2 (admin "&\\# -> ssh)
              2:staff: 1 VM, 1 more counted in other groups: a,1
                to 1:jump: 2 VMs through fw-1 (staff -> ssh)
            """);
    assertThat(text(picture("x", Direction.IN, 1), Format.TEXT))
        .isEqualTo(
            """
            x can be attacked by 3 VMs over at most 2 hops, in 3 groups
            1 hop away
              1:jump: 1 VM: m
                to x: 1 VM through fw-3 (jump -> db) or a rule without id (jump -> db)
            2 hops away
              others-2: 2 VMs of 2 groups: a2, a,1
                to 1:jump: 2 VMs through fw-1 (staff -> ssh) or fw-2 (admin "&\\# -> ssh)
            """);
    assertThat(text(picture("a2", Direction.IN, 50), Format.TEXT))
        .isEqualTo("a2 can be attacked by no other VM\n");
    assertThat(text(picture("m", Direction.OUT, 50), Format.TEXT))
        .isEqualTo(
            """
            m can attack 1 VM over at most 1 hop, in 1 group
            1 hop away
              1:db: 1 VM: x
                from m: 1 VM through fw-3 (jump -> db) or a rule without id (jump -> db)
            """);
  }

  @Test
  void draw_escapesWhatTheLanguageWouldRead() throws IOException {
    assertThat(drawn(picture("x", Direction.IN, 50), Format.DOT))
        .isEqualTo(
            """
            digraph surface {
              rankdir=LR;
              node [shape=box, style=rounded];
              vm [label="x", style=bold];
              g0 [label="1:jump\\n1 VM"];
              g1 [label="2:admin \\"&amp;\\\\#\\n1 VM"];
              g2 [label="2:staff\\n1 VM"];
              g0 -> vm [label="1 VM, 2 rules"];
              g1 -> g0 [label="1 VM, 1 rule"];
              g2 -> g0 [label="2 VMs, 1 rule"];
            }
            """);
    assertThat(drawn(picture("x", Direction.IN, 50), Format.MERMAID))
        .isEqualTo(
            """
            flowchart LR
              vm(["x"])
              g0["1:jump<br/>1 VM"]
              g1["2:admin #34;#38;#92;#35;<br/>1 VM"]
              g2["2:staff<br/>1 VM"]
              g0 -->|"1 VM, 2 rules"| vm
              g1 -->|"1 VM, 1 rule"| g0
              g2 -->|"2 VMs, 1 rule"| g0
            """);
  }

  @Test
  void write_ofOddTexts_isJsonWithOneIdPerGroup_andOneLinePerStroke() {
    Seeds.check(
        500,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var surface =
              SurfaceGroups.of(AttackGraph.of(environment), 0, Direction.IN, 9, 2, Deadline.NONE);
          var picture = new SurfacePicture(environment, surface);
          var json = (Map<?, ?>) requireNonNull(Json.read(text(picture, Format.JSON)));
          var ids = new HashSet<Object>();
          for (var group : (List<?>) requireNonNull(json.get("groups"))) {
            assertThat(ids.add(((Map<?, ?>) group).get("id"))).isTrue();
          }
          assertThat(ids).hasSize(surface.groups().size());
          ids.add("target");
          for (var edge : (List<?>) requireNonNull(json.get("edges"))) {
            assertThat(ids).contains(((Map<?, ?>) edge).get("from"), ((Map<?, ?>) edge).get("to"));
          }
          int strokes = 1 + surface.groups().size() + surface.edges().size();
          assertThat(drawn(picture, Format.MERMAID).lines()).hasSize(1 + strokes);
          assertThat(drawn(picture, Format.DOT).lines()).hasSize(4 + strokes);
        });
  }

  private static SurfacePicture picture(String id, Direction direction, int top) {
    int vm = ENVIRONMENT.findVm(id).orElseThrow();
    return new SurfacePicture(
        ENVIRONMENT,
        SurfaceGroups.of(
            AttackGraph.of(ENVIRONMENT), vm, direction, Integer.MAX_VALUE, top, Deadline.NONE));
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
