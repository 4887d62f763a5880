package io.surfacescan.importers.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Folder;
import io.surfacescan.model.Vm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A document much longer than what is held of it at once, in which lists repeat.
class RepeatedListsTest {
  /// What is written, and what it means.
  private record Written(String json, List<String> tags) {}

  private static final List<Written> LISTS =
      List.of(
          new Written("[\"dev\"]", List.of("dev")),
          new Written("[\"dev\", \"ssh\"]", List.of("dev", "ssh")),
          new Written("[\"ssh\",\"dev\"]", List.of("ssh", "dev")),
          new Written("[\"a]\",\"b\"]", List.of("a]", "b")),
          new Written("[\"a]\",\"c\"]", List.of("a]", "c")),
          new Written("[\"a\\\"]\",\"b\"]", List.of("a\"]", "b")),
          new Written("[\"\\u0064ev\"]", List.of("dev")),
          new Written("[ \"d\u00e9v\ud83d\ude00\" ]", List.of("d\u00e9v\ud83d\ude00")),
          new Written("[]", List.of()),
          new Written("[\"" + "long-".repeat(400) + "\"]", List.of("long-".repeat(400))));

  @TempDir private Path directory;

  @Test
  void read_findsTheTagsOfEveryVm_whereverItsListStands() throws Exception {
    var random = new Random(1);
    var json = new StringBuilder("{\"vms\":[");
    var expected = new ArrayList<Vm>();
    for (int vm = 0; vm < 4_000; vm++) {
      var list = LISTS.get(random.nextInt(LISTS.size()));
      json.append(vm == 0 ? "" : ",")
          .append("{\"vm_id\":\"vm-" + vm + "\",\"name\":\"n\",\"tags\":" + list.json + "}");
      expected.add(new Vm("vm-" + vm, Optional.of("n"), list.tags));
    }
    var folder = new Folder(directory).with("a.json", json.append("],\"fw_rules\":[]}").toString());

    var imported = folder.read("a.json");

    assertThat(imported.problems().errors()).isEmpty();
    var environment = imported.environment();
    assertThat(environment.vmCount()).isEqualTo(expected.size());
    for (int vm = 0; vm < expected.size(); vm++) {
      assertThat(environment.vm(vm)).isEqualTo(expected.get(vm));
    }
  }

  @Test
  void read_warnsOfEachRepetition_ofAListWithADuplicate() throws Exception {
    String vm = "{\"vm_id\":\"vm-%d\",\"name\":\"n\",\"tags\":[\"a\",\"a\"]}";
    var folder =
        new Folder(directory)
            .with(
                "a.json",
                "{\"vms\":[" + vm.formatted(1) + "," + vm.formatted(2) + "],\"fw_rules\":[]}");

    assertThat(folder.read("a.json").problems().warningCount()).isEqualTo(2);
  }
}
