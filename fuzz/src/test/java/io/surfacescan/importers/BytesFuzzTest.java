package io.surfacescan.importers;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.surfacescan.importers.json.ReadLimit;
import io.surfacescan.importers.json.Source;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Problem;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.testkit.NaiveDocument;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// Files of any bytes: what is accepted is understood as the naive reading does, what is refused is
/// explained, and neither depends on how the work is divided.
class BytesFuzzTest {
  private static Path folder = Path.of("");

  @BeforeAll
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("fuzz");
  }

  @AfterAll
  static void removeFolder() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @FuzzTest(maxDuration = "5m")
  void document(byte[] bytes) throws IOException {
    var file = Files.write(folder.resolve("a.json"), bytes);
    var imported = read(file, new Partitioning(1, 1));
    told(imported).forEach(saying -> Sayings.assertForUsers(saying, bytes));
    var inPieces = read(file, new Partitioning(3, 1));
    assertThat(inPieces.problems()).isEqualTo(imported.problems());
    assertThat(inPieces.version()).isEqualTo(imported.version());
    assertThat(meaning(inPieces.environment())).isEqualTo(meaning(imported.environment()));
    if (!imported.problems().refused()) {
      String text = new String(bytes, StandardCharsets.UTF_8);
      assertThat(meaning(imported.environment()))
          .isEqualTo(
              meaning(NaiveDocument.read(text.startsWith("\ufeff") ? text.substring(1) : text)));
    }
  }

  /// What is accepted has the meaning of what the JDK unpacks.
  @FuzzTest(maxDuration = "5m")
  void gzip(byte[] bytes) throws IOException {
    var imported = read(Files.write(folder.resolve("a.json.gz"), bytes), new Partitioning(1, 1));
    told(imported);
    if (!imported.problems().refused()) {
      assertMeansTheSame(unpacked(bytes), imported);
    }
  }

  /// Any content, packed by the JDK as two members, is read as if it had never been packed.
  @FuzzTest(maxDuration = "5m")
  void packed(byte[] content) throws IOException {
    var packed = new ByteArrayOutputStream();
    int half = content.length / 2;
    pack(content, 0, half, packed);
    pack(content, half, content.length - half, packed);
    var imported =
        read(
            Files.write(folder.resolve("a.json.gz"), packed.toByteArray()), new Partitioning(1, 1));
    assertMeansTheSame(content, imported);
  }

  /// Any text in UTF-16 with a byte-order mark is read as the same text in UTF-8.
  @FuzzTest(maxDuration = "5m")
  void marked(byte[] content) throws IOException {
    String text = new String(content, StandardCharsets.UTF_8);
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    if (!Arrays.equals(plain, content) || text.startsWith("\ufeff")) {
      return;
    }
    for (var charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      byte[] marked = ("\ufeff" + text).getBytes(charset);
      var imported = read(Files.write(folder.resolve("b.json"), marked), new Partitioning(1, 1));
      assertMeansTheSame(content, imported);
    }
  }

  /// Two documents in one file mean what they mean in files of their own. A zero byte parts them.
  @FuzzTest(maxDuration = "5m")
  void several(byte[] parted) throws IOException {
    int part = new String(parted, StandardCharsets.ISO_8859_1).indexOf('\0');
    if (part < 0) {
      return;
    }
    byte[] first = Arrays.copyOf(parted, part);
    byte[] second = Arrays.copyOfRange(parted, part + 1, parted.length);
    var apart =
        Importers.read(
            List.of(
                Files.write(folder.resolve("a.json"), first).toString(),
                Files.write(folder.resolve("b.json"), second).toString()),
            InputStream.nullInputStream(),
            ReadProgress.NONE,
            ReadOptions.STRICT.withFormat(InputFormat.DOCUMENT));
    if (apart.problems().refused() || !isText(first) || !isText(second)) {
      return;
    }
    var both = new ByteArrayOutputStream();
    both.write(first);
    both.write('\n');
    both.write(second);
    var joined =
        read(Files.write(folder.resolve("a.json"), both.toByteArray()), new Partitioning(1, 1));
    assertThat(meaning(joined.environment())).isEqualTo(meaning(apart.environment()));
    assertThat(joined.problems().refused()).isFalse();
  }

  /// Whether the bytes are UTF-8 as they are: neither packed nor marked.
  private static boolean isText(byte[] bytes) throws IOException {
    return !Source.isEncoded(new ByteArrayInputStream(bytes))
        && !new String(bytes, StandardCharsets.UTF_8).startsWith("\ufeff");
  }

  private static void assertMeansTheSame(byte[] content, Imported imported) throws IOException {
    if (Source.isGzip(new ByteArrayInputStream(content))) {
      // As a file of its own it would be unpacked once more.
      return;
    }
    var plain = read(Files.write(folder.resolve("a.json"), content), new Partitioning(1, 1));
    assertThat(kinds(imported)).isEqualTo(kinds(plain));
    assertThat(meaning(imported.environment())).isEqualTo(meaning(plain.environment()));
  }

  private static void pack(byte[] content, int from, int length, ByteArrayOutputStream out)
      throws IOException {
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(content, from, length);
    }
  }

  private static byte[] unpacked(byte[] bytes) throws IOException {
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return gzip.readAllBytes();
    }
  }

  private static List<ProblemKind> kinds(Imported imported) {
    return Stream.of(imported.problems().errors(), imported.problems().warnings())
        .flatMap(List::stream)
        .map(Problem::kind)
        .toList();
  }

  private static Imported read(Path file, Partitioning division) {
    return Importers.read(
        List.of(file.toString()),
        InputStream.nullInputStream(),
        ReadProgress.NONE,
        division,
        ReadLimit.ofThisProgram(),
        ReadOptions.STRICT.withFormat(InputFormat.DOCUMENT),
        ReadCancellation.NEVER);
  }

  /// What users are told about it, each in one line.
  private static List<String> told(Imported imported) {
    var problems = imported.problems();
    assertThat(problems.errors().isEmpty()).isEqualTo(!problems.refused());
    var told =
        Stream.of(problems.errors(), problems.warnings())
            .flatMap(List::stream)
            .map(Problem::toString)
            .toList();
    told.forEach(Sayings::assertOneLine);
    return told;
  }

  private static List<String> meaning(Environment environment) {
    var meaning = new ArrayList<String>();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      meaning.add(environment.vm(vm).toString());
    }
    environment.rules().forEach(rule -> meaning.add(rule.toString()));
    return meaning;
  }
}
