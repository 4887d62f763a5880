package io.surfacescan.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.NGramIndex.Closeness;
import io.surfacescan.model.Services;
import io.surfacescan.questions.SearchIndex;
import io.surfacescan.questions.SearchQuestion;
import io.surfacescan.questions.Suggestion;
import io.surfacescan.questions.Suggestion.Kind;
import io.surfacescan.report.format.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The bytes of what a search found, one of each kind.
class SuggestionTableTest {
  private static String written(Format format) throws IOException {
    var environment =
        new EnvironmentBuilder()
            .vm("vm,1", "db", List.of("db"))
            .rule(
                new FirewallRule(
                    Optional.of("fw-db"),
                    "a",
                    "db",
                    Services.parse("tcp/5432").orElseThrow(),
                    Optional.empty()))
            .build();
    var rows =
        Arrays.stream(Kind.values()).map(kind -> new Suggestion(kind, 0, Closeness.WORD)).toList();
    var found = new SearchQuestion.Suggestions(environment, SearchIndex.of(environment), rows);
    var out = new ByteArrayOutputStream();
    new SuggestionTable(found).write(out, format);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void write_asJson_hasWhatBelongsToEachKind() throws IOException {
    assertThat(written(Format.JSON))
        .isEqualTo(
            """
            [{"kind":"vm","id":"vm,1","name":"db"},\
            {"kind":"tag","id":"db","name":null,"vms":1},\
            {"kind":"service","id":"tcp/5432","name":"postgres","rules":1},\
            {"kind":"rule","id":"fw-db","name":null,"source_tag":"a","dest_tag":"db"}]\
            """);
  }

  @Test
  void write_asRows_hasOneColumnForEachFact() throws IOException {
    assertThat(written(Format.CSV))
        .isEqualTo(
            """
            kind,id,vms,source_tag,dest_tag,rules,name
            vm,"vm,1",,,,,db
            tag,db,1,,,,
            service,tcp/5432,,,,1,postgres
            rule,fw-db,,a,db,,
            """);
    assertThat(written(Format.TEXT))
        .isEqualTo(
            """
            vm db (vm,1)
            tag db: 1 VM
            service tcp/5432 (postgres): 1 rule
            rule fw-db (a -> db: tcp/5432)
            """);
  }
}
