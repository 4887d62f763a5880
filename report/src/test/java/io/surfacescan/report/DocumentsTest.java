package io.surfacescan.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackSurface;
import io.surfacescan.engine.BlastRadius;
import io.surfacescan.engine.VmsByHop;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.questions.VmSequence;
import io.surfacescan.questions.Way;
import io.surfacescan.questions.arguments.Subject;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import io.surfacescan.report.format.IdArena;
import io.surfacescan.report.format.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The bytes of the documents, in every format, for one environment: `a,1` attacks `m` by two
/// rules, `m` attacks `x`.
class DocumentsTest {
  private static final Environment ENVIRONMENT =
      new EnvironmentBuilder()
          .vm("a,1", "a")
          .vm("m", "b", "c")
          .vm("x", "d")
          .rule("fw-1", "a", "b")
          .rule(null, "a", "c")
          .rule("fw-3", "c", "d")
          .build();
  private static final AttackGraph GRAPH = AttackGraph.of(ENVIRONMENT);

  private static FirstHops firstHops() {
    var found = VmsByHop.attackers(GRAPH, 2, Integer.MAX_VALUE);
    var all = VmSequence.inEngineOrder(GRAPH, found.ranks());
    return new FirstHops(GRAPH, found, Way.ATTACKERS, all);
  }

  @Test
  void firstHops_nameHopsAndTheFirstRule() throws IOException {
    var document = firstHops();
    assertThat(text(document, Format.JSON))
        .isEqualTo(
            """
            [{"vm_id":"a,1","name":null,"hops":2,"first_rule":{"fw_id":"fw-1","source_tag":"a","dest_tag":"b"}},\
            {"vm_id":"m","name":null,"hops":1,"first_rule":{"fw_id":"fw-3","source_tag":"c","dest_tag":"d"}}]\
            """);
    assertThat(text(document, Format.NDJSON))
        .isEqualTo(
            """
            {"vm_id":"a,1","name":null,"hops":2,"first_rule":{"fw_id":"fw-1","source_tag":"a","dest_tag":"b"}}
            {"vm_id":"m","name":null,"hops":1,"first_rule":{"fw_id":"fw-3","source_tag":"c","dest_tag":"d"}}
            """);
    assertThat(text(document, Format.CSV))
        .isEqualTo(
            """
            vm_id,hops,fw_id,source_tag,dest_tag,name
            "a,1",2,fw-1,a,b,
            m,1,fw-3,c,d,
            """);
    assertThat(text(document, Format.TEXT))
        .isEqualTo(
            """
            a,1: 2 hops, first by fw-1 (a -> b)
            m: 1 hop, by fw-3 (c -> d)
            """);
  }

  private static VmSequence attackers(int vm) {
    return VmSequence.inEngineOrder(GRAPH, AttackSurface.of(GRAPH, vm).attackers());
  }

  @Test
  void vmsByVm_nameVictimsAsWhatTheyAre() throws IOException {
    var victims = VmSequence.inEngineOrder(GRAPH, BlastRadius.of(GRAPH, 0).victims());
    var document =
        new VmsByVm(
            IdArena.of(GRAPH),
            Way.VICTIMS,
            List.of(new Subject.One(0), new Subject.One(1)),
            List.of(victims, VmSequence.of(new int[] {2})));
    assertThat(text(document, Format.NDJSON))
        .isEqualTo(
            """
            {"vm_id":"a,1","name":null,"victims":["m","x"]}
            {"vm_id":"m","name":null,"victims":["x"]}
            """);
    assertThat(text(document, Format.CSV))
        .isEqualTo("source_vm_id,vm_id\n\"a,1\",m\n\"a,1\",x\nm,x\n");
    assertThat(text(document, Format.TEXT)).isEqualTo("a,1: 2 victims\nm\nx\n\nm: 1 victim\nx\n");
  }

  @Test
  void vmsWithHops_areObjects_inTheOrderOfTheSequence() throws IOException {
    var found = VmsByHop.attackers(GRAPH, 2, Integer.MAX_VALUE);
    var document = new VmsWithHops(ENVIRONMENT, found, VmSequence.byHops(GRAPH, found));
    assertThat(text(document, Format.JSON))
        .isEqualTo(
            "[{\"vm_id\":\"m\",\"name\":null,\"hops\":1},{\"vm_id\":\"a,1\",\"name\":null,\"hops\":2}]");
    assertThat(text(document, Format.CSV)).isEqualTo("vm_id,hops,name\nm,1,\n\"a,1\",2,\n");
    assertThat(text(document, Format.TEXT)).isEqualTo("m: 1 hop\na,1: 2 hops\n");
  }

  @Test
  void vmsByVm_keepTheOrderAsked_andTellEmptyFromMissing() throws IOException {
    var document =
        new VmsByVm(
            IdArena.of(GRAPH),
            Way.ATTACKERS,
            List.of(new Subject.One(2), new Subject.One(0)),
            List.of(attackers(2), attackers(0)));
    assertThat(text(document, Format.JSON))
        .isEqualTo(
            "[{\"vm_id\":\"x\",\"name\":null,\"attackers\":[\"a,1\",\"m\"]},{\"vm_id\":\"a,1\",\"name\":null,\"attackers\":[]}]");
    assertThat(text(document, Format.CSV)).isEqualTo("target_vm_id,vm_id\nx,\"a,1\"\nx,m\n");
    assertThat(text(document, Format.TEXT))
        .isEqualTo("x: 2 attackers\na,1\nm\n\na,1: no attackers\n");
  }

  @Test
  void write_ofAnAnswerThatBreaksOff_doesNotCloseIt() {
    var document = firstHops();
    var out = new ByteArrayOutputStream();
    assertThatThrownBy(() ->
            Json.write(
                out,
                json -> {
                  json.writeStartArray();
                  throw new IllegalStateException("broke off");
                }))
        .hasMessage("broke off");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("[");
    assertThatThrownBy(() -> document.write(new FullDisk(), Format.JSON)).hasMessage("disk full");
  }

  private static final class FullDisk extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("disk full");
    }
  }

  private static String text(Document document, Format format) throws IOException {
    var out = new ByteArrayOutputStream();
    document.write(out, format);
    return out.toString(StandardCharsets.UTF_8);
  }
}
