package io.surfacescan.importers.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Folder;
import io.surfacescan.importers.Imported;
import io.surfacescan.importers.Partitioning;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Problem;
import io.surfacescan.testkit.NaiveDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lists of tags that VMs name in place of their own.
class ClassesOfDocumentTest {
  private static final String CLASSES =
      "\"classes\": [{\"class_id\": \"web\", \"tags\": [\"x\", \"y\"]},"
          + " {\"tags\": [\"y\"], \"class_id\": \"db\"}]";
  private static final String VMS =
      """
      "vms": [{"vm_id": "a", "name": "A", "class": "web"},
       {"vm_id": "b", "name": "B", "tags": ["x", "y"]},
       {"class": "w\\u0065b", "vm_id": "c", "name": "C"},
       {"vm_id": "d", "name": "D", "class": "db"}, {"vm_id": "e", "name": "E", "class": "db"}]
      """;
  private static final String RULES =
      "\"fw_rules\": [{\"fw_id\": \"f\", \"source_tag\": \"x\", \"dest_tag\": \"y\"}]";

  @TempDir private Path directory;

  private Imported read(String document) throws IOException {
    return new Folder(directory).with("a.json", document).read("a.json");
  }

  private List<String> problems(Imported imported) {
    return Stream.of(imported.problems().errors(), imported.problems().warnings())
        .flatMap(List::stream)
        .map(Problem::toString)
        .map(problem -> problem.replace(directory + "/", ""))
        .toList();
  }

  /// The order of keys is free.
  @Test
  void classes_standForTags_whereverTheyStand() throws IOException {
    for (var order :
        List.of(
            List.of(CLASSES, VMS, RULES),
            List.of(VMS, CLASSES, RULES),
            List.of(RULES, VMS, CLASSES))) {
      var read = read("{" + String.join(", ", order) + "}");
      assertThat(problems(read)).isEmpty();
      var environment = read.environment();
      assertThat(environment.vm(0).tags()).containsExactly("x", "y");
      assertThat(environment.vm(2).tags()).containsExactly("x", "y");
      assertThat(environment.vm(3).tags()).containsExactly("y");
      assertThat(environment.tagListOf(0))
          .isEqualTo(environment.tagListOf(1))
          .isEqualTo(environment.tagListOf(2));
      assertThat(environment.tagListOf(3)).isEqualTo(environment.tagListOf(4));
      assertThat(environment.tagLists().size()).isEqualTo(2);
    }
  }

  @Test
  void classes_areThoseOfTheirDocumentAlone() throws IOException {
    String two =
        "{\"classes\": [{\"class_id\": \"c\", \"tags\": [\"%s\"]}],"
            + " \"vms\": [{\"vm_id\": \"%s\", \"name\": \"n\", \"class\": \"c\"}], \"fw_rules\": []}";
    var read = read(two.formatted("x", "a") + two.formatted("y", "b"));
    assertThat(problems(read)).isEmpty();
    assertThat(read.environment().vm(0).tags()).containsExactly("x");
    assertThat(read.environment().vm(1).tags()).containsExactly("y");
    assertThat(
            problems(
                read(
                    two.formatted("x", "a")
                        + "{\"vm_id\": \"b\", \"name\": \"n\", \"class\": \"c\"}")))
        .singleElement()
        .asString()
        .contains("no class of the document has the class_id \"c\"; add it to the list classes");
  }

  @Test
  void unknownClass_isAnErrorWithItsPlace_andTheNearest() throws IOException {
    assertThat(
            problems(
                read(
                    "{%s,\n\"vms\": [{\"vm_id\": \"a\", \"name\": \"A\", \"class\": \"wbe\"},\n"
                            .formatted(CLASSES)
                        + "{\"vm_id\": \"b\", \"name\": \"B\", \"class\": \"db\"},\n"
                        + "{\"vm_id\": \"c\", \"name\": \"C\", \"class\": \"frontend\"},\n"
                        + "{\"vm_id\": \"d\", \"name\": \"D\", \"class\": 7}],\n\"fw_rules\": []}")))
        .containsExactly(
            "a.json:2:46: no class of the document has the class_id \"wbe\"; did you mean \"web\"?",
            "a.json:4:38: no class of the document has the class_id \"frontend\"; add it to the list"
                + " classes, as {\"class_id\": …, \"tags\": […]}",
            "a.json:5:38: class is a number (7); write it as a string, \"7\"",
            "a.json:1:14: no VM is of the class \"web\"; take it out, or correct the class of the"
                + " VMs that are meant");
  }

  @Test
  void vmWithBoth_isAnError() throws IOException {
    assertThat(
            problems(
                read(
                    "{%s, \"vms\": [\n{\"vm_id\": \"a\", \"name\": \"A\", \"class\": \"db\", \"tags\": []},"
                            .formatted(CLASSES)
                        + " {\"vm_id\": \"b\", \"name\": \"B\", \"class\": \"web\"}], \"fw_rules\": []}")))
        .first()
        .isEqualTo("a.json:2:1: the VM \"a\" has both tags and a class; keep the one that holds");
  }

  @Test
  void badClasses_areErrors() throws IOException {
    assertThat(
            problems(
                read(
                    """
                    {"classes": [{"class_id": "c", "tags": ["x", "x", ""]}, {"class_id": "c", "tags": []}, 7,
                     {"tags": []}, {"class_id": "d"}, {"class_id": "e", "tags": "x", "tag": []}],
                     "vms": [{"vm_id": "a", "name": "a", "class": "c"}], "fw_rules": []}
                    """)))
        .containsExactly(
            "a.json:1:51: a tag is empty; name the tag, or take it out of the list",
            "a.json:1:70: the class_id \"c\" is used twice; give the class an id of its own",
            "a.json:1:88: a class is a number (7); write an object, {\"class_id\": …, \"tags\": […]}",
            "a.json:2:2: class_id is missing; give the class an id of its own",
            "a.json:2:16: the class has no list tags; add \"tags\": [] if it has none",
            "a.json:2:61: tags is a string (\"x\"); write a list, [] if the class has no tags",
            "a.json:1:46: the class names the tag \"x\" twice; remove one",
            "a.json:2:16: no VM is of the class \"d\"; take it out, or correct the class of the VMs"
                + " that are meant (unused-class, 2 times, also at a.json:2:35)",
            "a.json:2:66: the class has the unknown key \"tag\": what it holds is ignored; write"
                + " \"tags\" in place of \"tag\" if that is meant");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"classes\": [{\"class_id\": \"c\", \"tags\": []}], \"fw_rules\": [], \"vms\": [%s]}",
        "{\"fw_rules\": [], \"vms\": [%s], \"classes\": [{\"class_id\": \"c\", \"tags\": []}]}"
      })
  void classWithoutTags_warnsOfEachVm(String document) throws IOException {
    assertThat(
            problems(
                read(
                    document.formatted(
                        "{\"vm_id\": \"a\", \"name\": \"n\", \"class\": \"c\"},"
                            + "{\"vm_id\": \"b\", \"name\": \"n\", \"class\": \"c\"}"))))
        .singleElement()
        .asString()
        .contains("the VM \"a\" has no tags: no rule applies to it")
        .contains("2 times");
  }

  /// What was read of it is let go without a fault.
  @Test
  void brokenDocument_saysOnlyWhereItBreaks() throws IOException {
    assertThat(
            problems(
                read("{\"vms\": [{\"vm_id\": \"a\", \"name\": \"n\", \"class\": \"c\"}], \"cla")))
        .singleElement()
        .asString()
        .startsWith("a.json:1:");
  }

  private static String large(boolean isFirst) {
    var vms = new ArrayList<String>();
    var rules = new ArrayList<String>();
    for (int i = 0; i < 4_000; i++) {
      vms.add(
          "{\"vm_id\":\"vm-%d\",%s}"
              .formatted(
                  i,
                  i % 3 == 0
                      ? "\"tags\":[\"t" + i % 5 + "\"]"
                      : "\"class\":\"c" + i % 2 + "\",\"kind\":\"workload\""));
      rules.add(
          "{\"fw_id\":\"fw-%d\",\"source_tag\":\"t%d\",\"dest_tag\":\"t%d\",\"services\":[\"tcp/%d\"]}"
              .formatted(i, i % 5, i % 4, 1 + i % 900));
    }
    String classes =
        "\"classes\":[{\"class_id\":\"c0\",\"tags\":[\"t0\"]},"
            + "{\"class_id\":\"c1\",\"tags\":[\"t1\",\"t0\"]},{\"class_id\":\"no\",\"tags\":[]}]";
    return "{"
        + (isFirst ? classes + "," : "")
        + "\"vms\":["
        + String.join(",", vms)
        + "],\"fw_rules\":["
        + String.join(",", rules)
        + "]"
        + (isFirst ? "" : "," + classes)
        + "}";
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void piecesOfALargeDocument_areReadAsOne(boolean isFirst) throws IOException {
    String document = large(isFirst);
    var naive = facts(NaiveDocument.read(document));
    var folder = new Folder(directory).with("a.json", document);
    var whole = folder.read("a.json");
    assertThat(facts(whole.environment())).isEqualTo(naive);
    assertThat(problems(whole))
        .anyMatch(problem -> problem.contains("no VM is of the class \"no\""));
    for (int pieces : new int[] {2, 5, 9}) {
      var read = folder.read(new Partitioning(2, pieces), "a.json");
      assertThat(facts(read.environment())).isEqualTo(naive);
      assertThat(problems(read)).isEqualTo(problems(whole));
      assertThat(read.version()).isEqualTo(whole.version());
    }
  }

  private static List<Object> facts(Environment environment) {
    var facts = new ArrayList<Object>();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      facts.add(environment.vm(vm));
      facts.add(environment.vmDetails(vm));
    }
    facts.addAll(environment.rules());
    return facts;
  }
}
