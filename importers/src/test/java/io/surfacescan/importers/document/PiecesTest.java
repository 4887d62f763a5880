package io.surfacescan.importers.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Folder;
import io.surfacescan.importers.Imported;
import io.surfacescan.importers.Importers;
import io.surfacescan.importers.Partitioning;
import io.surfacescan.model.Environment;
import io.surfacescan.testkit.NaiveDocument;
import io.surfacescan.testkit.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A document read in pieces comes to the same as one read whole.
class PiecesTest {
  @TempDir private Path directory;

  /// The meaning, and the numbers the environment gives to tags and tag lists.
  static List<String> facts(Environment environment) {
    var facts = new ArrayList<String>(Folder.meaning(environment));
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      facts.add(Integer.toString(environment.tagListOf(vm)));
    }
    for (int tag = 0; tag < environment.tagCount(); tag++) {
      facts.add(environment.tag(tag));
    }
    return facts;
  }

  private static void assertSame(Imported actual, Imported expected) {
    assertThat(actual.problems()).isEqualTo(expected.problems());
    assertThat(actual.version()).isEqualTo(expected.version());
    assertThat(facts(actual.environment())).isEqualTo(facts(expected.environment()));
  }

  @Test
  void read_agreesWithTheNaiveReading_onRandomDocuments() {
    var folder = new Folder(directory);
    Seeds.check(
        400,
        seed -> {
          String text = RandomDocument.of(seed);
          var imported = folder.with("a.json", text).read("a.json");
          assertThat(imported.problems().errors()).isEmpty();
          assertThat(Folder.meaning(imported.environment()))
              .isEqualTo(Folder.meaning(NaiveDocument.read(text)));
        });
  }

  @Test
  void read_doesNotDependOnThreads_onRandomDocuments() {
    var folder = new Folder(directory);
    Seeds.check(
        80,
        seed -> {
          double faults = seed % 4 == 0 ? 0.05 : 0;
          var whole = folder.with("a.json", RandomDocument.of(seed, faults)).read("a.json");
          for (int threads = 2; threads <= 5; threads++) {
            assertSame(folder.read(new Partitioning(threads, 1), "a.json"), whole);
          }
        });
  }

  @Test
  void read_doesNotDependOnThreads_onManyFiles() {
    var folder = new Folder(directory);
    Seeds.check(
        80,
        seed -> {
          for (int i = 0; i < 5; i++) {
            // Documents of one seed number their VMs alike: duplicates across files.
            folder.with(i + ".json", RandomDocument.of(seed * 5 + i));
          }
          String[] files = {"3.json", "0.json", "4.json", "1.json", "2.json"};
          var whole = folder.read(files);
          assertSame(folder.read(new Partitioning(3, 1), files), whole);
          assertSame(folder.read(new Partitioning(16, 1), files), whole);
        });
  }

  @Test
  void pieces_areReallyUsed() throws IOException {
    var folder = new Folder(directory);
    int fitting = 0;
    int unfitting = 0;
    for (long seed = 1; seed <= 300; seed++) {
      folder.with("a.json", RandomDocument.of(seed));
      switch (fate(folder, 3)) {
        case FIT -> fitting++;
        case DO_NOT_FIT -> unfitting++;
        case NOT_CUT -> {}
      }
    }
    // The comparisons above would prove nothing if no document were cut, or every cut were good.
    assertThat(fitting).isGreaterThan(50);
    assertThat(unfitting).isGreaterThan(20);
  }

  private enum Fate {
    NOT_CUT,
    FIT,
    DO_NOT_FIT
  }

  private static Fate fate(Folder folder, int wanted) throws IOException {
    var source = Folder.source(folder.path().resolve("a.json"));
    var pieces = Piece.of(source, wanted);
    if (pieces.size() == 1) {
      return Fate.NOT_CUT;
    }
    var fit = new PieceContinuity(pieces);
    var classes = new DocumentClasses();
    for (Piece piece : pieces) {
      fit.goesOnWith(Pieces.read(0, source, piece, Folder.supervision(), false, classes));
    }
    return fit.isGood() ? Fate.FIT : Fate.DO_NOT_FIT;
  }

  @Test
  void pieces_fit_inAPlainLargeDocument() throws IOException {
    var folder = new Folder(directory).with("a.json", large(20_000));

    assertThat(fate(folder, 2)).isEqualTo(Fate.FIT);
    assertThat(fate(folder, 7)).isEqualTo(Fate.FIT);
    assertSame(folder.read(new Partitioning(7, 1), "a.json"), folder.read("a.json"));
  }

  @Test
  void pieces_doNotFit_whenACutLiesWithinAString() throws IOException {
    String seam = "},{\\\"vm_id\\\":\\\"x\\\"".replace("\\\"", "\\u0022");
    String trap = "},{\"vm_id\":1".replace("\"", "\\\"");
    var folder =
        new Folder(directory)
            .with(
                "a.json",
                "{\"fw_rules\":[],\"vms\":[],\"x\":\"" + (trap + seam).repeat(5_000) + "\"}");

    assertThat(fate(folder, 2)).isEqualTo(Fate.NOT_CUT);
    assertThat(folder.read(new Partitioning(2, 1), "a.json").problems().refused()).isFalse();
  }

  @Test
  void pieces_doNotFit_whenACutLiesWithinAListNobodyKnows() throws IOException {
    // Were they taken for VMs and rules of the document, nothing would be wrong with them.
    String list =
        elements(
            "{\"vm_id\":\"%1$d\",\"name\":\"n\",\"tags\":[],\"source_tag\":\"a\",\"dest_tag\":\"b\"}");
    for (String text :
        List.of(
            "{\"vms\":[],\"x\":[" + list + "]}",
            "{\"vms\":[{\"vm_id\":\"a\",\"tags\":[],\"x\":[" + list + "]}]}",
            "{\"fw_rules\":[{\"source_tag\":\"a\",\"dest_tag\":\"a\",\"x\":[" + list + "]}]}",
            "{\"x\":{\"vms\":[" + list + "]},\"vms\":[]}",
            "{\"x\":[" + list + "],\"vms\":[]}",
            "{\"vms\":[],\"x\":[0," + list + "]}",
            // Rules that have the keys of VMs besides.
            "{\"fw_rules\":[" + list + "]}")) {
      var folder = new Folder(directory).with("a.json", text);

      assertThat(fate(folder, 2)).as(text.substring(0, 40)).isEqualTo(Fate.DO_NOT_FIT);
      assertSame(folder.read(new Partitioning(2, 1), "a.json"), folder.read("a.json"));
    }
  }

  private static String elements(String element) {
    return String.join(",", IntStream.range(0, 5_000).mapToObj(element::formatted).toList());
  }

  @Test
  void pieces_doNotFit_whenOneHasErrors() throws IOException {
    String text = large(5_000);
    String twice = "{\"vm_id\":\"vm-0\",\"name\":\"é\",\"tags\":[]}";
    var folder =
        new Folder(directory)
            .with(
                "a.json",
                text.replace("],\"fw_rules\"", ",\n" + twice + ",\n" + twice + "],\"fw_rules\""));

    assertThat(fate(folder, 2)).isEqualTo(Fate.DO_NOT_FIT);
    assertThat(folder.errors(folder.read(new Partitioning(2, 1), "a.json")))
        .containsExactly(
            "a.json:5002:10: vm_id \"vm-0\" is used twice, first at a.json:2:10; give each VM its own"
                + " id (duplicate-vm-id, 2 times, also at a.json:5003:10)");
  }

  @Test
  void pieces_doNotFit_whenAKeyIsRepeatedBehindACut() throws IOException {
    String text = large(5_000);
    var folder =
        new Folder(directory).with("a.json", text.substring(0, text.length() - 1) + ",\"vms\":[]}");

    assertThat(fate(folder, 3)).isEqualTo(Fate.DO_NOT_FIT);
    assertThat(folder.errors(folder.read(new Partitioning(3, 1), "a.json")))
        .hasSize(1)
        .first()
        .asString()
        .endsWith("the key \"vms\" stands twice in one object; keep one of them");
  }

  @Test
  void read_namesBothPlaces_ofAnIdInTwoPieces() throws IOException {
    String text = large(5_000);
    String last = "{\"vm_id\":\"vm-0\",\"name\":\"é\",\"tags\":[]}";
    var folder =
        new Folder(directory)
            .with("a.json", text.replace("],\"fw_rules\"", ",\n" + last + "],\"fw_rules\""));

    assertThat(fate(folder, 4)).isEqualTo(Fate.FIT);
    assertThat(folder.errors(folder.read(new Partitioning(4, 1), "a.json")))
        .containsExactly(
            "a.json:5002:10: vm_id \"vm-0\" is used twice, first at a.json:2:10; give each VM its own id");
  }

  @Test
  void progress_comesToTheTotal_thoughNobodyReadsWhatIsBetweenPieces() throws IOException {
    String text = large(20_000);
    var folder = new Folder(directory).with("a.json", text);
    var told = new ArrayList<Long>();
    Importers.read(
        List.of(folder.named("a.json")),
        InputStream.nullInputStream(),
        (bytes, total) -> told.add(bytes),
        new Partitioning(4, 1));

    assertThat(fate(folder, 4)).isEqualTo(Fate.FIT);
    assertThat(told)
        .isSorted()
        .endsWith((long) text.getBytes(StandardCharsets.UTF_8).length)
        .doesNotHaveDuplicates();
  }

  /// VMs from the second line on, one a line, and as many rules.
  private static String large(int count) {
    var text = new StringBuilder("{\"vms\":[\n");
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : ",\n")
          .append(
              "{\"vm_id\":\"vm-%d\",\"name\":\"é%d\",\"tags\":[\"t%d\",\"é\"]}"
                  .formatted(i, i, i % 90));
    }
    text.append("],\"fw_rules\":[\n");
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : ",\n")
          .append(
              "{\"fw_id\":\"fw-%d\",\"source_tag\":\"t%d\",\"dest_tag\":\"t%d\"}"
                  .formatted(i, i % 91, i % 89));
    }
    return text.append("]}").toString();
  }
}
