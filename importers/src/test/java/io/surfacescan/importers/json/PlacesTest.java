package io.surfacescan.importers.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Folder;
import io.surfacescan.model.Place;
import io.surfacescan.testkit.OddTexts;
import io.surfacescan.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacesTest {
  @TempDir private Path directory;

  @Test
  void of_countsAsTheDefinitionSays_onRandomText() {
    var folder = new Folder(directory);
    Seeds.check(
        100,
        seed -> {
          var random = new Random(seed);
          var builder = new StringBuilder(seed % 2 == 0 ? "\ufeff" : "");
          while (builder.length() < 70_000) {
            builder
                .append(OddTexts.of(random))
                .append(random.nextInt(9) == 0 ? "\n" : "plain text");
          }
          String text = builder.toString();
          folder.with("a.json", text);
          var spots = new TreeSet<SourceOffset>();
          for (int i = 0; i < 20; i++) {
            spots.add(new SourceOffset(0, offsetOfSomeCharacter(text, random)));
          }
          var places =
              Places.find(
                  List.of(Folder.source(directory.resolve("a.json"))), spots, Abandonment.never());
          for (SourceOffset spot : spots) {
            assertThat(places.of(spot)).isEqualTo(defined(text, spot.offset()));
          }
        });
  }

  private static long offsetOfSomeCharacter(String text, Random random) {
    int mark = text.startsWith("\ufeff") ? 1 : 0;
    int at = random.nextInt(mark, text.length());
    if (Character.isLowSurrogate(text.charAt(at))) {
      at++;
    }
    return text.substring(0, at).getBytes(StandardCharsets.UTF_8).length;
  }

  private Place defined(String text, long offset) {
    String before =
        new String(text.getBytes(StandardCharsets.UTF_8), 0, (int) offset, StandardCharsets.UTF_8);
    if (before.startsWith("\ufeff")) {
      before = before.substring(1);
    }
    int line = (int) before.chars().filter(unit -> unit == '\n').count() + 1;
    int column = (int) before.substring(before.lastIndexOf('\n') + 1).codePoints().count() + 1;
    return new Place(directory.resolve("a.json").toString(), line, column);
  }

  @Test
  void of_isTheWholeSource_whenItIsGone() {
    var gone =
        new Source.File(
            "gone.json",
            directory.resolve("gone.json"),
            new Fingerprint(1, FileTime.fromMillis(0), null));
    var spot = new SourceOffset(0, 7);

    assertThat(
            Places.find(List.of(gone), new TreeSet<>(List.of(spot)), Abandonment.never()).of(spot))
        .isEqualTo(Place.of("gone.json"));
  }
}
