package io.surfacescan.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.engine.RuleUse;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.report.format.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// The bytes of a table of rules: a used rule, one of two parallel rules, an unused one and one
/// that was not counted.
class RuleTableTest {
  private static final Environment ENVIRONMENT =
      new EnvironmentBuilder()
          .rule("fw-1", "a", "b")
          .rule(null, "a", "c,")
          .rule("fw-3", "a", "nobody")
          .rule("fw-4", "b", "b")
          .build();
  private static final RuleTable TABLE =
      new RuleTable(
          ENVIRONMENT,
          List.of(
              new RuleUse(0, 2, 1, 0, 0, 0, 2, OptionalLong.of(1)),
              new RuleUse(1, 2, 5, 0, 0, 1, 10, OptionalLong.of(7)),
              new RuleUse(2, 2, 0, 0, 0, 0, 0, OptionalLong.of(0)),
              new RuleUse(3, 3, 3, 0, 0, 0, 6, OptionalLong.empty())));

  @Test
  void write_asJson_hasNullForWhatWasNotCounted() throws IOException {
    assertThat(text(Format.JSON))
        .isEqualTo(
            """
            [{"fw_id":"fw-1","source_tag":"a","dest_tag":"b","source_vms":2,"dest_vms":1,\
            "used":true,"parallel":0,"direct_pairs":2,"pairs_only_here":1,\
            "pairs_only_by_tag_pair":1,"truncated":false},\
            {"fw_id":null,"source_tag":"a","dest_tag":"c,","source_vms":2,"dest_vms":5,\
            "used":true,"parallel":1,"direct_pairs":10,"pairs_only_here":0,\
            "pairs_only_by_tag_pair":7,"truncated":false},\
            {"fw_id":"fw-3","source_tag":"a","dest_tag":"nobody","source_vms":2,"dest_vms":0,\
            "used":false,"parallel":0,"direct_pairs":0,"pairs_only_here":0,\
            "pairs_only_by_tag_pair":0,"truncated":false},\
            {"fw_id":"fw-4","source_tag":"b","dest_tag":"b","source_vms":3,"dest_vms":3,\
            "used":true,"parallel":0,"direct_pairs":6,"pairs_only_here":null,\
            "pairs_only_by_tag_pair":null,"truncated":true}]\
            """);
  }

  @Test
  void write_asCsv_leavesOutWhatWasNotCounted() throws IOException {
    assertThat(text(Format.CSV))
        .isEqualTo(
            """
            fw_id,source_tag,dest_tag,source_vms,dest_vms,used,parallel,direct_pairs,\
            pairs_only_here,pairs_only_by_tag_pair,truncated
            fw-1,a,b,2,1,true,0,2,1,1,false
            ,a,"c,",2,5,true,1,10,0,7,false
            fw-3,a,nobody,2,0,false,0,0,0,0,false
            fw-4,b,b,3,3,true,0,6,,,true
            """);
  }

  @Test
  void write_asText_saysWhatMatters() throws IOException {
    assertThat(text(Format.TEXT))
        .isEqualTo(
            """
            fw-1 (a -> b): 2 VMs to 1, 2 direct pairs, 1 by no other rule
            a rule without id (a -> c,): 2 VMs to 5, 10 direct pairs, 0 by no other rule, \
            1 parallel rule (7 by these together)
            fw-3 (a -> nobody): unused, 2 VMs to 0
            fw-4 (b -> b): 3 VMs to 3, 6 direct pairs, not counted how many by no other rule
            """);
  }

  private static String text(Format format) throws IOException {
    var out = new ByteArrayOutputStream();
    TABLE.write(out, format);
    return out.toString(StandardCharsets.UTF_8);
  }
}
