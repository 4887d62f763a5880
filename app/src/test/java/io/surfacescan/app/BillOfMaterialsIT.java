package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.surfacescan.testkit.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The bill of materials that the build writes says what ships, and all of it may be shipped.
class BillOfMaterialsIT {
  private static final Path BILL = Repository.root().resolve("app/target/surfacescan.cdx.json");

  /// By their names in the SPDX list. None of them asks anything of who uses the program, or of
  /// this project's own code: those of EPL-2.0 are shipped as their makers built them.
  private static final Set<String> ALLOWED =
      Set.of("Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "EPL-2.0", "MIT");

  /// Something that ships.
  private record Part(
      String name, String version, String file, String sha256, List<String> licences) {
    private static Part of(Map<String, Object> component) {
      String purl = Json.text(component, "purl");
      var classifier = Pattern.compile("[?&]classifier=([^&]+)").matcher(purl);
      String group = Json.text(component, "group");
      String artifact = Json.text(component, "name");
      String version = Json.text(component, "version");
      return new Part(
          group + ":" + artifact,
          version,
          group
              + "."
              + artifact
              + "-"
              + version
              + (classifier.find() ? "-" + classifier.group(1) : "")
              + ".jar",
          sha256(component),
          licences(component));
    }

    private static String sha256(Map<String, Object> component) {
      return Json.listOf(Map.class, component.get("hashes")).stream()
          .map(hash -> Json.objectOf(String.class, hash))
          .filter(hash -> "SHA-256".equals(hash.get("alg")))
          .map(hash -> hash.getOrDefault("content", ""))
          .findFirst()
          .orElseThrow();
    }

    private static List<String> licences(Map<String, Object> component) {
      return Json.listOf(Map.class, component.getOrDefault("licenses", List.of())).stream()
          .map(choice -> Json.objectOf(Object.class, choice))
          .map(choice -> Json.objectOf(Object.class, choice.get("license")))
          .map(licence -> Json.text(licence, licence.containsKey("id") ? "id" : "name"))
          .toList();
    }

    private boolean isOurs() {
      return name.startsWith("io.surfacescan:");
    }
  }

  private static List<Part> parts = List.of();

  @BeforeAll
  static void readBill() throws IOException {
    assumeThat(BILL).as("the bill, which Maven does not write while it is offline").exists();
    var bill = Json.objectOf(Object.class, Json.read(Files.readString(BILL)));
    parts =
        Json.listOf(Map.class, bill.get("components")).stream()
            .map(component -> Part.of(Json.objectOf(Object.class, component)))
            .toList();
  }

  @Test
  void bill_namesEveryArchiveThatShips_andNoOther() throws IOException {
    assertThat(parts.stream().map(Part::file))
        .containsExactlyInAnyOrderElementsOf(shipped().keySet());
  }

  @Test
  void bill_hasTheChecksums_ofWhatOthersMade() throws IOException {
    var shipped = shipped();
    assertThat(parts.stream().filter(part -> !part.isOurs()))
        .isNotEmpty()
        .allSatisfy(
            part -> assertThat(shipped.get(part.file())).as(part.file()).isEqualTo(part.sha256()));
  }

  @Test
  void whatShips_mayBeShipped() {
    assertThat(parts)
        .allSatisfy(
            part -> assertThat(part.licences()).as(part.name()).anyMatch(ALLOWED::contains));
  }

  /// The page is in the repository, so that a new dependency or licence shows in a review.
  @Test
  void thirdPartyPage_listsWhatShips() throws IOException {
    String page = page();
    var fresh = BILL.resolveSibling("THIRD-PARTY.md");
    Files.writeString(fresh, page);
    assertThat(Repository.root().resolve("THIRD-PARTY.md"))
        .as("what ships has changed: copy app/target/THIRD-PARTY.md over the page")
        .content()
        .isEqualTo(page);
  }

  private static String page() {
    var lines = new ArrayList<String>();
    lines.add("# What ships with surfacescan");
    lines.add("");
    lines.add(
        "Written by the build from its bill of materials; a test compares. Several licences of one"
            + " component are a choice. Versions and checksums are in the bill itself,");
    lines.add(
        "`app/target/surfacescan.cdx.json` after `./verify`; the licences' texts are in the archives"
            + " or at the components' own sites.");
    lines.add("");
    lines.add("| component | licence |");
    lines.add("|---|---|");
    var licences = new TreeMap<String, String>();
    parts.stream()
        .filter(part -> !part.isOurs())
        .forEach(part -> licences.put(part.name(), String.join(", ", part.licences())));
    licences.forEach((name, licence) -> lines.add("| " + name + " | " + licence + " |"));
    return String.join("\n", lines) + "\n";
  }

  /// The archives of the program but the main one, and their SHA-256.
  private static Map<String, String> shipped() throws IOException {
    var checksums = new TreeMap<String, String>();
    try (Stream<Path> files = Files.list(PackagedProgram.packaged().resolve("lib"))) {
      for (Path file : files.toList()) {
        // The bill is of the program itself.
        String name = file.getFileName().toString();
        if (!name.startsWith("io.surfacescan.surfacescan-app-")) {
          checksums.put(name, sha256(file));
        }
      }
    }
    return checksums;
  }

  private static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
