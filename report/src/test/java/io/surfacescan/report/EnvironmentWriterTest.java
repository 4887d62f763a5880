package io.surfacescan.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.Origin;
import io.surfacescan.model.Place;
import io.surfacescan.model.RuleDetails;
import io.surfacescan.model.Services;
import io.surfacescan.model.Vm;
import io.surfacescan.model.VmDetails;
import io.surfacescan.model.VmKind;
import io.surfacescan.synthesis.SeededEnvironment;
import io.surfacescan.synthesis.Shape;
import io.surfacescan.testkit.NaiveDocument;
import io.surfacescan.testkit.RandomDetails;
import io.surfacescan.testkit.RandomEnvironments;
import io.surfacescan.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnvironmentWriterTest {
  @Test
  void write_putsOneElementOnALine() {
    var out = new ByteArrayOutputStream();
    var writer = new EnvironmentWriter(out);
    writer.write(new Vm("vm-1", Optional.of("the \"db\""), List.of("db", "a|b")));
    writer.write(new Vm("vm-2", Optional.empty(), List.of()));
    writer.write(new FirewallRule(Optional.of("fw-1"), "web", "db"));
    writer.write(new FirewallRule(Optional.empty(), "é\n", "😀"));
    writer.end();
    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            {"vms":[
            {"vm_id":"vm-1","name":"the \\"db\\"","tags":["db","a|b"]},
            {"vm_id":"vm-2","tags":[]}
            ],"fw_rules":[
            {"fw_id":"fw-1","source_tag":"web","dest_tag":"db"},
            {"source_tag":"é\\n","dest_tag":"😀"}
            ]}
            """);
  }

  @Test
  void end_withoutElements_makesADocumentOfEmptyLists() {
    var out = new ByteArrayOutputStream();
    new EnvironmentWriter(out).end();
    assertThat(out.toString(UTF_8)).isEqualTo("{\"vms\":[],\"fw_rules\":[]}\n");
  }

  @Test
  void write_refusesAVmAfterARule() {
    var writer = new EnvironmentWriter(OutputStream.nullOutputStream());
    writer.write(new FirewallRule(Optional.empty(), "a", "b"));
    assertThatIllegalStateException()
        .isThrownBy(() -> writer.write(new Vm("A", Optional.empty(), List.of())))
        .withMessage("VM after a rule: Vm[id=A, name=Optional.empty, tags=[]]");
  }

  @Test
  void write_isReadBackAsTheSameFacts_whateverTheTexts() {
    Seeds.check(
        500,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var out = new ByteArrayOutputStream();
          var writer = new EnvironmentWriter(out);
          for (int vm = 0; vm < environment.vmCount(); vm++) {
            writer.write(environment.vm(vm));
          }
          environment.rules().forEach(writer::write);
          writer.end();
          assertThat(facts(NaiveDocument.read(out.toString(UTF_8)))).isEqualTo(facts(environment));
        });
  }

  @ParameterizedTest
  @EnumSource
  void write_ofASeededEnvironment_isReadBackAsTheSameFacts(Shape shape) throws IOException {
    int rules = shape.usualRules(200);
    var seeded = SeededEnvironment.of(shape, 1_000, 200, rules, 1);
    var out = new ByteArrayOutputStream();
    EnvironmentWriter.write(seeded.vms(), seeded.rules(), out);
    assertThat(facts(NaiveDocument.read(out.toString(UTF_8)))).isEqualTo(facts(seeded.build()));
  }

  @Test
  void write_ofAWholeEnvironment_isReadBackWithAllItSays() {
    Seeds.check(
        300,
        seed -> {
          var environment = RandomDetails.of(seed);
          var out = new ByteArrayOutputStream();
          EnvironmentWriter.write(environment, out);
          var read = NaiveDocument.read(out.toString(UTF_8));
          assertThat(facts(read)).isEqualTo(facts(environment));
          assertThat(details(read)).isEqualTo(details(environment));
        });
  }

  private static List<Object> details(Environment environment) {
    var details = new ArrayList<Object>();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      details.add(environment.vmDetails(vm));
    }
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      details.add(environment.ruleDetails(rule));
    }
    return details;
  }

  @Test
  void write_ofAWholeEnvironment_hasOptionalFieldsWhereTheySaySomething() throws IOException {
    var builder =
        new EnvironmentBuilder().vm("a", "web", "dev").vm("b", "web", "dev").vm("c", "web");
    builder.details(
        1,
        new VmDetails(
            VmKind.WORKLOAD, Optional.of("prod"), List.of("app=web"), List.of("10.0.0.1")));
    builder.rule("fw-1", "web", "dev");
    builder.details(
        0,
        new RuleDetails(
            Services.parse("tcp/22").orElseThrow(),
            Optional.of("pl-1"),
            List.of(new Origin("sgr-1", "ingress", Optional.of(new Place("sg.json", 3, 9)), ""))));
    var out = new ByteArrayOutputStream();
    EnvironmentWriter.write(builder.build(), out);
    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            {"classes":[
            {"class_id":"c1","tags":["web","dev"]}
            ],"vms":[
            {"vm_id":"a","class":"c1"},
            {"vm_id":"b","class":"c1","kind":"workload","scope":"prod","labels":["app=web"],\
            "addresses":["10.0.0.1"]},
            {"vm_id":"c","tags":["web"]}
            ],"fw_rules":[
            {"fw_id":"fw-1","source_tag":"web","dest_tag":"dev","services":["tcp/22"],\
            "assumed":"pl-1","origin":[{"id":"sgr-1","gate":"ingress","file":"sg.json","line":3,\
            "column":9}]}
            ]}
            """);
  }

  @Test
  void write_ofAPlainEnvironment_hasNoClasses() throws IOException {
    var out = new ByteArrayOutputStream();
    EnvironmentWriter.write(new EnvironmentBuilder().vm("a", "t").vm("b", "t").build(), out);
    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            {"vms":[
            {"vm_id":"a","tags":["t"]},
            {"vm_id":"b","tags":["t"]}
            ],"fw_rules":[]}
            """);
  }

  @Test
  void write_ofAnEnvironmentWhoseSourceLacksALayer_saysSo() throws IOException {
    var out = new ByteArrayOutputStream();
    EnvironmentWriter.write(new EnvironmentBuilder().vm("a").incomplete().build(), out);
    assertThat(out.toString(UTF_8)).startsWith("{\"complete\":false,\"vms\":[");
    assertThat(NaiveDocument.read(out.toString(UTF_8)).isComplete()).isFalse();
  }

  /// A stream that takes so many bytes and remembers the largest piece.
  private static final class Gauge extends OutputStream {
    private final long room;
    private long taken;
    private int largest;

    Gauge(long room) {
      this.room = room;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      taken += length;
      largest = Math.max(largest, length);
      if (taken > room) {
        throw new IOException("no space left");
      }
    }
  }

  @Test
  void write_holdsBackNoMoreThanABuffer() throws IOException {
    var gauge = new Gauge(Long.MAX_VALUE);
    var environment = SeededEnvironment.of(Shape.LAYERED, 20_000, 400, 1_600, 1);
    EnvironmentWriter.write(environment.vms(), environment.rules(), gauge);
    assertThat(gauge.taken).isGreaterThan(2_000_000);
    assertThat(gauge.largest).isLessThanOrEqualTo(64 * 1024);
  }

  @Test
  void write_passesOnAnIoError() {
    var environment = SeededEnvironment.of(Shape.CHAIN, 1_000, 1_000, 999, 1);
    assertThatThrownBy(() ->
            EnvironmentWriter.write(environment.vms(), environment.rules(), new Gauge(10_000)))
        .isInstanceOf(IOException.class)
        .hasMessage("no space left");
  }

  @Test
  void write_leavesTheStreamOpen() throws IOException {
    var out =
        new ByteArrayOutputStream() {
          boolean closed;

          @Override
          public void close() {
            closed = true;
          }
        };
    var environment = SeededEnvironment.of(Shape.UNIFORM, 5, 5, 5, 1);
    EnvironmentWriter.write(environment.vms(), environment.rules(), out);
    assertThat(out.closed).isFalse();
    assertThat(out.toString(UTF_8)).endsWith("}\n]}\n");
  }

  private static List<Object> facts(Environment environment) {
    var facts = new ArrayList<Object>();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      facts.add(environment.vm(vm));
    }
    facts.addAll(environment.rules());
    return facts;
  }
}
