package io.surfacescan.report.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What each kind of column becomes in each format, for rows that no question has.
class ColumnsTest {
  private static final Environment ENVIRONMENT =
      new EnvironmentBuilder()
          .vm("vm-1", "a,b", List.of("web"))
          .vm("vm-2", null, List.of("db"))
          .rule("fw-1", "web", "db")
          .rule(null, "web", "db")
          .build();

  private record Row(int vm, Optional<String> note, List<String> words, List<Integer> rules) {}

  private static final List<Row> ROWS =
      List.of(
          new Row(0, Optional.of("\"1\""), List.of("x", "y,z"), List.of(0, 1)),
          new Row(1, Optional.empty(), List.of(), List.of()));

  private static String written(Table<?> table, Format format) throws IOException {
    var out = new ByteArrayOutputStream();
    Document document = () -> table;
    document.write(out, format);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Table<Row> table(Columns<Row> columns) {
    return new Table<>(columns, ROWS::forEach, (line, row) -> line.words("row " + row.vm));
  }

  @Test
  void values_keepTheirKind_andNoneIsNotEmpty() throws IOException {
    var table =
        table(
            new Columns<Row>()
                .number("number", row -> -10L * row.vm)
                .numberOrNone("count", row -> OptionalLong.empty())
                .decimal("share", row -> new BigDecimal("0.25"))
                .truth("first", row -> row.vm == 0)
                .textOrNone("note", Row::note)
                .texts("words", Row::words));
    assertThat(written(table, Format.JSON))
        .isEqualTo(
            """
            [{"number":0,"count":null,"share":0.25,"first":true,"note":"\\"1\\"",\
            "words":["x","y,z"]},\
            {"number":-10,"count":null,"share":0.25,"first":false,"note":null,"words":[]}]\
            """);
    assertThat(written(table, Format.CSV))
        .isEqualTo(
            """
            number,count,share,first,note,words
            0,,0.25,true,\"""1\""","[""x"",""y,z""]"
            -10,,0.25,false,,[]
            """);
    assertThat(written(table, Format.TEXT)).isEqualTo("row 0\nrow 1\n");
  }

  @Test
  void vm_hasItsName_lastInCsv() throws IOException {
    var table = table(new Columns<Row>().vm(ENVIRONMENT, Row::vm).number("rank", Row::vm));
    assertThat(written(table, Format.NDJSON))
        .isEqualTo(
            """
            {"vm_id":"vm-1","name":"a,b","rank":0}
            {"vm_id":"vm-2","name":null,"rank":1}
            """);
    assertThat(written(table, Format.CSV)).isEqualTo("vm_id,rank,name\nvm-1,0,\"a,b\"\nvm-2,1,\n");
  }

  @Test
  void only_leavesMembersOutOfJson_andFieldsEmpty() throws IOException {
    var table =
        table(
            new Columns<Row>()
                .number("vm", Row::vm)
                .only(row -> row.vm == 1, some -> some.text("tag", row -> "db")));
    assertThat(written(table, Format.NDJSON)).isEqualTo("{\"vm\":0}\n{\"vm\":1,\"tag\":\"db\"}\n");
    assertThat(written(table, Format.CSV)).isEqualTo("vm,tag\n0,\n1,db\n");
  }

  @Test
  void lists_areArraysInJson_andRowsInCsv() throws IOException {
    var table = table(new Columns<Row>().number("vm", Row::vm).rules(ENVIRONMENT, Row::rules));
    assertThat(written(table, Format.NDJSON))
        .isEqualTo(
            """
            {"vm":0,"rules":[{"fw_id":"fw-1","source_tag":"web","dest_tag":"db"},\
            {"fw_id":null,"source_tag":"web","dest_tag":"db"}]}
            {"vm":1,"rules":[]}
            """);
    assertThat(written(table, Format.CSV))
        .isEqualTo("vm,fw_id,source_tag,dest_tag\n0,fw-1,web,db\n0,,web,db\n");
  }

  @Test
  void objects_areMembersInJson_andFieldsInCsv() throws IOException {
    var rule =
        new Columns<Row>()
            .inJson(json -> json.number("vm", Row::vm))
            .objectOrNone(
                "rule",
                Rules.COLUMNS,
                row -> row.rules.stream().map(i -> new Rules.Rule(ENVIRONMENT, i)).findFirst());
    assertThat(written(table(rule), Format.NDJSON))
        .isEqualTo(
            """
            {"vm":0,"rule":{"fw_id":"fw-1","source_tag":"web","dest_tag":"db"}}
            {"vm":1,"rule":null}
            """);
    assertThat(written(table(rule), Format.CSV))
        .isEqualTo("fw_id,source_tag,dest_tag\nfw-1,web,db\n,,\n");
  }

  @Test
  void notes_comeAfterTheRows() throws IOException {
    var note = new Table.Note().member("kind", "more").member("left_out", 3).field("kind", "more");
    var table =
        table(new Columns<Row>().text("kind", row -> "vm").number("vm", Row::vm))
            .with(List.of(note));
    assertThat(written(table, Format.NDJSON))
        .endsWith("{\"kind\":\"vm\",\"vm\":1}\n{\"kind\":\"more\",\"left_out\":3}\n");
    assertThat(written(table, Format.CSV)).isEqualTo("kind,vm\nvm,0\nvm,1\nmore,\n");
    assertThat(written(table, Format.JSON)).endsWith("{\"kind\":\"vm\",\"vm\":1}]");
  }

  @Test
  void drawing_needsAGraph() {
    var table = table(new Columns<Row>().number("vm", Row::vm));
    assertThatThrownBy(() -> written(table, Format.DOT)).hasMessage("No value present");
  }
}
