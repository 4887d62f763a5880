package io.surfacescan.importers.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.Folder;
import io.surfacescan.importers.Imported;
import io.surfacescan.importers.Partitioning;
import io.surfacescan.importers.json.JsonFault;
import io.surfacescan.model.Problem;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.testkit.NaiveDocument;
import io.surfacescan.testkit.Seeds;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Damaged documents: whatever is done to the bytes, the reading ends, says what is wrong and
/// where, and accepts only what it understands right.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DocumentFuzzTest {
  private static final Pattern UNFIT_FOR_USERS =
      Pattern.compile("\\p{Cntrl}|Exception|java\\.|jackson|io\\.surfacescan");

  /// What careless programs write instead of JSON, and what makes sense only elsewhere.
  private static final List<String> TOKENS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "\\u",
          "\\ud800",
          "\u0000",
          "\n",
          "\t",
          "//",
          "/*",
          "#",
          "'",
          "NaN",
          "true",
          "null",
          "-",
          "01",
          "1e999",
          "0x1",
          "{}",
          "[]",
          "\"vm_id\"",
          "\"vm_id\":\"x\",",
          "\"tags\":",
          "\"vms\":[",
          "},{",
          "\u00e9",
          "\ufeff",
          "é😀",
          "\"fw_rules\":[],",
          "9".repeat(1_200),
          "[".repeat(70),
          "\"" + "k".repeat(70_000) + "\":");

  @TempDir private Path directory;

  @Test
  void read_survivesAnyDamage() {
    var folder = new Folder(directory);
    int[] refused = new int[2];
    Seeds.check(
        300,
        seed -> {
          byte[] document = damaged(seed);
          var imported = folder.with("a.json", document).read("a.json");
          refused[imported.problems().refused() ? 1 : 0]++;
          assertFitForUsers(imported);
          if (!imported.problems().refused()) {
            assertThat(Folder.meaning(imported.environment()))
                .isEqualTo(naively(new String(document, StandardCharsets.UTF_8)));
          }
          var inPieces = folder.read(new Partitioning(3, 1), "a.json");
          assertThat(inPieces.problems()).isEqualTo(imported.problems());
          assertThat(inPieces.version()).isEqualTo(imported.version());
          assertThat(PiecesTest.facts(inPieces.environment()))
              .isEqualTo(PiecesTest.facts(imported.environment()));
        });
    if (Seeds.areUsual()) {
      assertThat(refused[0]).as("accepted").isGreaterThan(20);
      assertThat(refused[1]).as("refused").isGreaterThan(100);
    }
  }

  @Test
  void read_survivesDamagedGzip() {
    var folder = new Folder(directory);
    Seeds.check(
        500,
        seed -> {
          String document = RandomDocument.of(seed);
          byte[] compressed = Folder.gzip(document);
          var random = new Random(seed);
          int at = random.nextInt(10, compressed.length);
          compressed[at] ^= (byte) random.nextInt(1, 256);
          var imported = folder.with("a.json.gz", compressed).read("a.json.gz");
          // The bits that fill the last byte mean nothing: with others the content is the same.
          if (!imported.problems().refused()) {
            assertThat(PiecesTest.facts(imported.environment()))
                .isEqualTo(
                    PiecesTest.facts(folder.with("b.json", document).read("b.json").environment()));
          }
          assertFitForUsers(imported);
        });
  }

  /// The parser decides what is accepted, [JsonFault] says why not: they must agree.
  @Test
  void jsonFault_findsAFault_wheneverTheParserDoes() {
    int[] faulty = new int[2];
    Seeds.check(
        1_200,
        seed -> {
          byte[] document = damaged(seed);
          // Beyond UTF-8 and beyond our bounds there is nothing to compare.
          String text = new String(document, StandardCharsets.UTF_8);
          boolean isUtf8 = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), document);
          if (!isUtf8 || text.length() > 30_000 || text.startsWith("\ufeff")) {
            return;
          }
          var fault = JsonFault.in(new ByteArrayInputStream(document));
          faulty[fault.isPresent() ? 1 : 0]++;
          if (fault.isEmpty() || !isBound(fault.get())) {
            assertThat(fault.isPresent()).as("%s in %s", fault, text).isEqualTo(!parses(text));
          }
          fault.ifPresent(
              found -> assertThat(found.offset()).isBetween(0L, (long) document.length));
        });
    if (Seeds.areUsual()) {
      assertThat(faulty[0]).as("sound").isGreaterThan(60);
      assertThat(faulty[1]).as("faulty").isGreaterThan(300);
    }
  }

  private static boolean isBound(JsonFault fault) {
    return switch (fault.kind()) {
      case TOO_DEEP, TOO_LONG -> true;
      default -> false;
    };
  }

  private static boolean parses(String text) {
    try (var parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
      var next = parser.nextToken();
      boolean isObject = next == JsonToken.START_OBJECT;
      if (next == null) {
        return false;
      }
      do {
        parser.skipChildren();
        next = parser.nextToken();
      } while (isObject && next == JsonToken.START_OBJECT);
      return next == null;
    } catch (JacksonException e) {
      return false;
    }
  }

  private static void assertFitForUsers(Imported imported) {
    var problems = imported.problems();
    assertThat(problems.errors().isEmpty()).isEqualTo(!problems.refused());
    for (Problem problem : problems.errors()) {
      assertThat(problem.toString()).doesNotContainPattern(UNFIT_FOR_USERS);
      assertThat(problem.what()).isNotBlank();
      assertThat(problem.remedy()).isNotBlank();
      assertThat(
              problem.place().line() > 0
                  || problem.kind() == ProblemKind.UNREADABLE
                  || problem.kind() == ProblemKind.MISSING_LIST)
          .as(problem.toString())
          .isTrue();
    }
    for (Problem problem : problems.warnings()) {
      assertThat(problem.toString()).doesNotContainPattern(UNFIT_FOR_USERS);
      assertThat(problem.place().line()).as(problem.toString()).isPositive();
    }
  }

  private static List<String> naively(String text) {
    return Folder.meaning(NaiveDocument.read(text.startsWith("\ufeff") ? text.substring(1) : text));
  }

  /// A random document, with up to three changes to its bytes.
  private static byte[] damaged(long seed) {
    var random = new Random(seed);
    byte[] document =
        RandomDocument.of(random.nextLong(), random.nextInt(4) == 0 ? 0.1 : 0)
            .getBytes(StandardCharsets.UTF_8);
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      document = changed(document, random);
    }
    return document;
  }

  private static byte[] changed(byte[] document, Random random) {
    int at = random.nextInt(document.length + 1);
    int to = Math.min(document.length, at + random.nextInt(12));
    return switch (random.nextInt(6)) {
      case 0 -> Arrays.copyOf(document, at);
      case 1 -> splice(document, at, to, new byte[0]);
      case 2 -> splice(document, at, at, Arrays.copyOfRange(document, at, to));
      case 3 -> splice(document, at, at, new byte[] {(byte) random.nextInt(256)});
      case 4 -> {
        byte[] flipped = document.clone();
        if (at < flipped.length) {
          flipped[at] ^= (byte) (1 << random.nextInt(8));
        }
        yield flipped;
      }
      default ->
          splice(
              document,
              at,
              random.nextBoolean() ? at : to,
              TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8));
    };
  }

  private static byte[] splice(byte[] document, int from, int to, byte[] instead) {
    byte[] spliced = Arrays.copyOf(document, from + instead.length + document.length - to);
    System.arraycopy(instead, 0, spliced, from, instead.length);
    System.arraycopy(document, to, spliced, from + instead.length, document.length - to);
    return spliced;
  }
}
