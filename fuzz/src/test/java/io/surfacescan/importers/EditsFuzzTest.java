package io.surfacescan.importers;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.AttackSurface;
import io.surfacescan.engine.Comparison;
import io.surfacescan.importers.edits.EditsDocument;
import io.surfacescan.model.EditedEnvironment;
import io.surfacescan.model.EditsRefused;
import io.surfacescan.testkit.NaiveDocument;
import io.surfacescan.testkit.NaiveOracle;

/// Bodies of `POST /what-if`: refused with a reason, or done as the definition says.
class EditsFuzzTest {
  private static final AttackGraph SERVED =
      AttackGraph.of(
          NaiveDocument.read(
              """
              {"vms": [{"vm_id": "a", "name": "", "tags": ["x"]},
                       {"vm_id": "b", "name": "", "tags": ["y", "z"]},
                       {"vm_id": "c", "name": "", "tags": ["w"]}],
               "fw_rules": [{"fw_id": "1", "source_tag": "x", "dest_tag": "y"},
                            {"fw_id": "2", "source_tag": "z", "dest_tag": "w"}]}
              """));

  @FuzzTest(maxDuration = "5m")
  void edits(byte[] bytes) {
    try {
      var request = EditsDocument.read(bytes);
      assertThat(request.edits().count()).isBetween(0, EditsDocument.EDITS_MOST);
      assertThat(request.vms()).hasSizeLessThanOrEqualTo(EditsDocument.VMS_MOST);
      var edited = EditedEnvironment.of(SERVED.environment(), request.edits());
      var _ = Comparison.of(SERVED, edited);
      checkSurfaces(edited);
    } catch (EditsDocument.Malformed malformed) {
      Sayings.assertForUsers(malformed.what(), bytes);
    } catch (EditsRefused refused) {
      assertThat(refused.faults()).isNotEmpty();
    }
  }

  private static void checkSurfaces(EditedEnvironment edited) {
    var after = edited.after();
    var graph = AttackGraph.of(after);
    var oracle = NaiveOracle.of(after);
    for (int vm = 0; vm < after.vmCount(); vm++) {
      assertThat(AttackSurface.of(graph, vm).attackers().size())
          .isEqualTo(oracle.attackers(vm).size());
    }
  }
}
