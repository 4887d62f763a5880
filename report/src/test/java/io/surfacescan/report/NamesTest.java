package io.surfacescan.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackRoutes.Conditions;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Exclusions;
import io.surfacescan.engine.SurfaceGroups;
import io.surfacescan.engine.VmsByHop;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.questions.PathQuestion;
import io.surfacescan.questions.VmSequence;
import io.surfacescan.questions.Way;
import io.surfacescan.questions.arguments.Parameter;
import io.surfacescan.questions.arguments.Resolution;
import io.surfacescan.questions.arguments.Subject;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.IdArena;
import io.surfacescan.report.format.VmLabel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Names beside ids, and groups in place of VMs, in the bytes of documents.
class NamesTest {
  /// Two laptops of the office attack a jump host, which attacks a database.
  private static final Environment ENVIRONMENT =
      new EnvironmentBuilder()
          .vm("vm-2", "laptop \u001b", List.of("office"))
          .vm("vm-1", "printer, 2nd", List.of("office"))
          .vm("vm-3", "", List.of("jump"))
          .vm("vm-4", "customer-db", List.of("db"))
          .vm("same", "same", List.of("db"))
          .rule("fw-1", "office", "jump")
          .rule("fw-2", "jump", "db")
          .build();

  private static final AttackGraph GRAPH = AttackGraph.of(ENVIRONMENT);
  private static final Subject OFFICE = subject("tag:office");
  private static final Subject DB = subject("tag:db");

  private static Subject subject(String argument) {
    return ((Resolution.Found)
            Resolution.ofArgument(ENVIRONMENT, argument, Parameter.Role.ATTACKER))
        .subject();
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

  @Test
  void labels_areTheNameAndTheId_orTheIdAlone() {
    assertThat(IntStream.range(0, 5).mapToObj(vm -> VmLabel.plain(ENVIRONMENT, vm)))
        .containsExactly(
            "laptop \\u001b (vm-2)", "printer, 2nd (vm-1)", "vm-3", "customer-db (vm-4)", "same");
  }

  @Test
  void pathOfGroups_namesTheNearestMembers() throws IOException {
    var path = path(OFFICE, DB, Conditions.NONE);
    assertThat(text(path, Format.TEXT))
        .isEqualTo(
            """
            laptop \\u001b (vm-2) of tag:office attacks customer-db (vm-4) of tag:db in 2 hops:
              laptop \\u001b (vm-2) attacks vm-3 through fw-1 (office -> jump)
              vm-3 attacks customer-db (vm-4) through fw-2 (jump -> db)
            """);
    assertThat(text(path, Format.JSON))
        .isEqualTo(
            """
            {"from":"vm-2","from_name":"laptop \\u001B","to":"vm-4","to_name":"customer-db",\
            "from_tag":"office","to_tag":"db","reachable":true,"hops":[\
            {"from":"vm-2","from_name":"laptop \\u001B","to":"vm-3","to_name":"","vms":1,\
            "rules":[{"fw_id":"fw-1","source_tag":"office","dest_tag":"jump"}]},\
            {"from":"vm-3","from_name":"","to":"vm-4","to_name":"customer-db","vms":1,\
            "rules":[{"fw_id":"fw-2","source_tag":"jump","dest_tag":"db"}]}]}\
            """);
    assertThat(text(path, Format.CSV).lines().skip(2))
        .containsExactly("2,vm-3,vm-4,fw-2,jump,db,\"\",customer-db");
    assertThat(drawn(path, Format.DOT)).contains("[label=\"customer-db (vm-4)\"]");
    assertThat(drawn(path, Format.MERMAID)).contains("[\"customer-db (vm-4)\"]");
  }

  private static Document path(Subject from, Subject to, Conditions conditions) {
    return Documents.of(PathQuestion.between(GRAPH, from, to, conditions, 1, Deadline.NONE));
  }

  @Test
  void pathOfGroups_thatIsNotThere_saysWhatEitherSideCan() throws IOException {
    var path = path(DB, OFFICE, Conditions.NONE);
    assertThat(text(path, Format.TEXT))
        .isEqualTo(
            """
            tag:db cannot attack tag:office:
              tag:db can attack no VMs
              no VMs can attack tag:office
            """);
    assertThat(text(path, Format.JSON))
        .isEqualTo(
            """
            {"from":null,"from_name":null,"to":null,"to_name":null,"from_tag":"db",\
            "to_tag":"office","reachable":false,"hops":[],\
            "unreachable":{"attackers":0,"victims":0}}\
            """);
    assertThat(text(path, Format.NDJSON)).isEmpty();
    assertThat(text(path, Format.CSV))
        .isEqualTo("hop,from,to,fw_id,source_tag,dest_tag,from_name,to_name\n");
    assertThat(drawn(path, Format.MERMAID)).isEqualTo("flowchart LR\n");
    var avoiding = new Conditions(Exclusions.of(GRAPH, List.of(1), List.of()), OptionalInt.of(2));
    assertThat(text(path(subject("vm-1"), DB, avoiding), Format.TEXT))
        .isEqualTo(
            """
            printer, 2nd (vm-1) cannot attack tag:db over vm-3:
              printer, 2nd (vm-1) can attack 1 VM
              no VMs can attack tag:db
            """);
  }

  @Test
  void hopsTable_isNearestFirst_thenByName() throws IOException {
    var found = VmsByHop.attackers(GRAPH, 3, Integer.MAX_VALUE);
    var table = new HopsTable(ENVIRONMENT, found, VmSequence.nearestFirst(GRAPH, found));
    var out = new ByteArrayOutputStream();
    table.write(out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            hops  name           id
               1                 vm-3
               2  laptop \\u001b  vm-2
               2  printer, 2nd   vm-1
            """);
    var tables =
        new HopsTables(
            ENVIRONMENT,
            Way.ATTACKERS,
            List.of(DB, OFFICE),
            List.of(table, new HopsTable(ENVIRONMENT, found, VmSequence.of(new int[] {}))));
    out.reset();
    tables.write(out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("tag:db: 3 attackers\nhops  name")
        .endsWith("vm-1\n\ntag:office: no attackers\n");
  }

  @Test
  void lists_haveNamesInTheirLastColumn() throws IOException {
    var found = VmsByHop.attackers(GRAPH, 3, 1);
    var all = VmsByHop.attackers(GRAPH, 3, Integer.MAX_VALUE);
    var nearest = VmSequence.nearestFirst(GRAPH, all).page(2, 1);
    assertThat(text(new VmsWithHops(ENVIRONMENT, all, nearest), Format.CSV))
        .isEqualTo("vm_id,hops,name\nvm-1,2,\"printer, 2nd\"\n");
    assertThat(text(new VmsWithHops(ENVIRONMENT, all, nearest), Format.NDJSON))
        .isEqualTo("{\"vm_id\":\"vm-1\",\"name\":\"printer, 2nd\",\"hops\":2}\n");
    assertThat(text(new FirstHops(GRAPH, all, Way.ATTACKERS, nearest), Format.CSV))
        .isEqualTo(
            "vm_id,hops,fw_id,source_tag,dest_tag,name\nvm-1,2,fw-1,office,jump,\"printer, 2nd\"\n");
    assertThat(found.size()).isEqualTo(1);
  }

  @Test
  void vmsByVm_nameGroups() throws IOException {
    var lists =
        List.of(
            VmSequence.inEngineOrder(GRAPH, DB.attackers(GRAPH, 1)),
            VmSequence.inEngineOrder(GRAPH, subject("vm-4").attackers(GRAPH, 1)));
    var document =
        new VmsByVm(IdArena.of(GRAPH), Way.ATTACKERS, List.of(DB, subject("vm-4")), lists);
    assertThat(text(document, Format.NDJSON))
        .isEqualTo(
            """
            {"tag":"db","attackers":["vm-3"]}
            {"vm_id":"vm-4","name":"customer-db","attackers":["vm-3"]}
            """);
    assertThat(text(document, Format.CSV))
        .isEqualTo("target_vm_id,vm_id\ntag:db,vm-3\nvm-4,vm-3\n");
    assertThat(text(document, Format.TEXT))
        .isEqualTo("tag:db: 1 attacker\nvm-3\n\ncustomer-db (vm-4): 1 attacker\nvm-3\n");
  }

  @Test
  void surfacePicture_namesTheVmAndItsSamples() throws IOException {
    var surface =
        SurfaceGroups.of(
            GRAPH, 3, SurfaceGroups.Direction.IN, Integer.MAX_VALUE, 50, Deadline.NONE);
    var picture = new SurfacePicture(ENVIRONMENT, surface);
    assertThat(text(picture, Format.TEXT))
        .startsWith("customer-db (vm-4) can be attacked by 3 VMs")
        .contains("printer, 2nd (vm-1)")
        .contains("    to customer-db (vm-4): 1 VM through fw-2");
    assertThat(text(picture, Format.JSON))
        .startsWith("{\"vm_id\":\"vm-4\",\"name\":\"customer-db\",\"direction\":");
    assertThat(drawn(picture, Format.DOT)).contains("vm [label=\"customer-db (vm-4)\"");
  }

  /// 70 diamonds in a row: 2 to the 70 shortest routes.
  @Test
  void routesBeyondWhatJsonHolds_areAtLeastSoMany() throws IOException {
    var builder = new EnvironmentBuilder();
    for (int i = 0; i < 70; i++) {
      builder.vm("n" + i, "n" + i).vm("a" + i, "a" + i).vm("b" + i, "b" + i);
      builder.rule(null, "n" + i, "a" + i).rule(null, "n" + i, "b" + i);
      builder.rule(null, "a" + i, "n" + (i + 1)).rule(null, "b" + i, "n" + (i + 1));
    }
    var environment = builder.vm("n70", "n70").build();
    var graph = AttackGraph.of(environment);
    int to = environment.findVm("n70").orElseThrow();
    assertThat(
            text(
                PathHops.of(PathQuestion.routes(graph, 0, to, Conditions.NONE, 2, Deadline.NONE)),
                Format.JSON))
        .endsWith(
            ",\"routes_total\":null,\"routes_at_least\":9007199254740991,\"more\":true,"
                + "\"truncated\":false}");
    int near = environment.findVm("n52").orElseThrow();
    assertThat(
            text(
                PathHops.of(PathQuestion.routes(graph, 0, near, Conditions.NONE, 2, Deadline.NONE)),
                Format.JSON))
        .endsWith(",\"routes_total\":4503599627370496,\"more\":true,\"truncated\":false}");
    int exact = environment.findVm("n53").orElseThrow();
    assertThat(
            text(
                PathHops.of(
                    PathQuestion.routes(graph, 0, exact, Conditions.NONE, 2, Deadline.NONE)),
                Format.JSON))
        .contains("\"routes_total\":null,\"routes_at_least\":9007199254740991,");
  }
}
