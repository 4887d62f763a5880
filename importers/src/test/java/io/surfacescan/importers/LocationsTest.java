package io.surfacescan.importers;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.document.RandomDocument;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.Place;
import io.surfacescan.testkit.Footprint;
import io.surfacescan.testkit.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class LocationsTest {
  private static final JsonFactory JSON = new JsonFactory();
  private static final ReadOptions WITH_LOCATIONS = ReadOptions.STRICT.withLocations();

  private static final String MORE =
      """
      {"fw_rules": [{"fw_id": "é1", "source_tag": "s", "dest_tag": "d"},

        {"dest_tag": "ü𝄞", "source_tag": "d", "fw_id": "é2"}], "vms": [{"name": "ä𝄞", "vm_id": "%s"
        , "tags": ["s"]}]}
      """;

  @TempDir private Path directory;

  private Folder folder = new Folder(Path.of(""));

  @BeforeEach
  void makeFolder() {
    folder = new Folder(directory);
  }

  /// Some in pieces, and in files that hold other bytes than their text.
  @Test
  void of_isWhereTheSourceHoldsIt_onRandomDocuments() {
    Seeds.check(
        200,
        seed -> {
          var texts = new HashMap<String, String>();
          texts.put("a.json", RandomDocument.of(seed));
          texts.put("b.json.gz", "\n\r\n" + MORE.formatted("gzip"));
          texts.put("c.json", MORE.formatted("mark"));
          texts.put("d.json", MORE.formatted("utf-16"));
          folder
              .with("a.json", texts.get("a.json"))
              .with("b.json.gz", Folder.gzip(texts.get("b.json.gz")))
              .with("c.json", "\ufeff" + texts.get("c.json"))
              .with("d.json", ("\ufeff" + texts.get("d.json")).getBytes(StandardCharsets.UTF_16LE));
          var division = new Partitioning(1 + (int) (seed % 4), 1);
          assertPlaced(
              folder.read(WITH_LOCATIONS, division, "a.json", "b.json.gz", "c.json", "d.json"),
              texts);
        });
  }

  private void assertPlaced(Imported imported, Map<String, String> texts) throws IOException {
    assertThat(imported.problems().errors()).isEmpty();
    var environment = imported.environment();
    var locations = imported.locations().orElseThrow();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      try (var json = at(locations.ofVm(vm), texts)) {
        assertThat(json.nextToken()).isEqualTo(JsonToken.VALUE_STRING);
        assertThat(json.getString()).isEqualTo(environment.vmId(vm));
      }
    }
    assertAscend(environment.vmCount(), locations::ofVm);
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      try (var json = at(locations.ofRule(rule), texts)) {
        assertThat(rule(json)).isEqualTo(environment.rule(rule));
      }
    }
    // Rules may be alike, so that each could stand for another.
    assertAscend(environment.ruleCount(), locations::ofRule);
  }

  /// The source from a place on.
  private JsonParser at(Place place, Map<String, String> texts) {
    String text = requireNonNull(texts.get(Path.of(place.file()).getFileName().toString()));
    int at = 0;
    for (int line = 1; line < place.line(); line++) {
      at = text.indexOf('\n', at) + 1;
    }
    return JSON.createParser(
        ObjectReadContext.empty(), text.substring(text.offsetByCodePoints(at, place.column() - 1)));
  }

  private static FirewallRule rule(JsonParser json) {
    assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
    var texts = new HashMap<String, String>();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = json.currentName();
      if (json.nextToken() == JsonToken.VALUE_STRING) {
        texts.put(key, json.getString());
      }
      json.skipChildren();
    }
    return new FirewallRule(
        Optional.ofNullable(texts.get("fw_id")),
        texts.getOrDefault("source_tag", ""),
        texts.getOrDefault("dest_tag", ""));
  }

  private static void assertAscend(int count, IntFunction<Place> places) {
    for (int i = 1; i < count; i++) {
      var before = places.apply(i - 1);
      var place = places.apply(i);
      if (place.file().equals(before.file())) {
        assertThat(
                place.line() > before.line()
                    || (place.line() == before.line() && place.column() > before.column()))
            .as("%s behind %s", place, before)
            .isTrue();
      }
    }
  }

  @Test
  void of_isTold_whenTheFileIsGone() throws IOException {
    var imported =
        folder
            .with("a.json", MORE.formatted("x"))
            .read(WITH_LOCATIONS, Folder.ONE_THREAD, "a.json");
    Files.delete(directory.resolve("a.json"));

    var locations = imported.locations().orElseThrow();
    assertThat(locations.ofRule(0)).hasToString(folder.named("a.json") + ":1:15");
    assertThat(locations.ofRule(1)).hasToString(folder.named("a.json") + ":3:3");
    assertThat(locations.ofVm(0)).hasToString(folder.named("a.json") + ":3:90");
  }

  @Test
  void of_standardInput_isToldToo() {
    var imported =
        Importers.read(
            List.of("-"),
            new ByteArrayInputStream(MORE.formatted("x").getBytes(StandardCharsets.UTF_8)),
            ReadProgress.NONE,
            WITH_LOCATIONS);
    assertThat(imported.locations().orElseThrow().ofRule(1)).hasToString("<stdin>:3:3");
  }

  @Test
  void locations_takeEightBytesEach() throws IOException {
    var text = new StringBuilder("{\"vms\": [{\"vm_id\": \"vm\", \"tags\": [\"a\"]}");
    for (int vm = 1; vm < 10_000; vm++) {
      text.append(",\n{\"vm_id\": \"vm-").append(vm).append("\", \"tags\": [\"a\"]}");
    }
    text.append("], \"fw_rules\": [{\"source_tag\": \"a\", \"dest_tag\": \"a\"}");
    for (int rule = 1; rule < 3_000; rule++) {
      text.append(",{\"source_tag\": \"a\", \"dest_tag\": \"t").append(rule).append("\"}");
    }
    var imported =
        folder.with("a.json", text + "]}").read(WITH_LOCATIONS, Folder.ONE_THREAD, "a.json");
    assertThat(imported.environment().vmCount()).isEqualTo(10_000);
    assertThat(imported.environment().ruleCount()).isEqualTo(3_000);
    assertThat(Footprint.bytesOf(imported.locations().orElseThrow()))
        .isBetween(8L * 13_000, 8L * 13_000 + 512);
  }

  @Test
  void locations_areNotKept_unlessAskedFor() throws IOException {
    assertThat(folder.with("a.json", MORE.formatted("x")).read("a.json").locations()).isEmpty();
  }

  @Test
  void locations_areNone_ofWhatIsRefused() throws IOException {
    folder.with("a.json", "{\"vms\": [{\"vm_id\": 1, \"tags\": []}], \"fw_rules\": []}");
    var imported = folder.read(WITH_LOCATIONS, Folder.ONE_THREAD, "a.json");
    assertThat(imported.problems().refused()).isTrue();
    assertThat(imported.locations()).isEmpty();
  }
}
