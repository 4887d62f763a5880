package io.surfacescan.importers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.surfacescan.model.ProblemKind;
import io.surfacescan.model.TooLarge;
import io.surfacescan.testkit.NaiveDocument;
import io.surfacescan.testkit.RandomEnvironments;
import io.surfacescan.testkit.Seeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where documents come from: paths, directories, standard input, encodings, compression.
class InputsTest {
  @TempDir private Path directory;
  private Folder folder;

  @BeforeEach
  void setUp() {
    folder = new Folder(directory);
  }

  /// A document with one VM.
  private static String vm(String id) {
    return "{\"vms\":[{\"vm_id\":\"" + id + "\",\"name\":\"n\",\"tags\":[\"t\"]}],\"fw_rules\":[]}";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void read_mergesTheDataFilesOfADirectory_inCodePointOrder() throws IOException {
    folder
        .with("b.json", vm("3"))
        .with("a.json.gz", Folder.gzip(vm("2")))
        .with("a.json", vm("1"))
        .with("Z.json", vm("0"))
        .with(".hidden.json", "{")
        .with("._a.json", "{")
        .with("notes.txt", "{")
        .with("a.json~", "{")
        .with("json", "{");
    Files.createDirectory(directory.resolve("more"));
    Files.writeString(directory.resolve("more/c.json"), "{");

    var imported = folder.readAll();

    assertThat(folder.errors(imported)).isEmpty();
    assertThat(Folder.vmIds(imported)).containsExactly("0", "1", "2", "3");
  }

  @Test
  void read_ofADirectory_isInCodePointOrder_notInThatOfUtf16() throws IOException {
    folder.with("\uff5e.json", vm("1")).with("😀.json", vm("2")).with("é.json", vm("0"));
    assertThat("\uff5e.json".compareTo("😀.json")).isPositive();
    assertThat(Folder.vmIds(folder.readAll())).containsExactly("0", "1", "2");
  }

  @Test
  void read_mergesPathsInTheirOrder_directoriesAmongThem() throws IOException {
    Path inner = Files.createDirectory(directory.resolve("inner"));
    Files.writeString(inner.resolve("z.json"), vm("2"));
    Files.writeString(inner.resolve("y.json"), vm("1"));
    folder.with("b.json", vm("0")).with("a.json", vm("3"));

    assertThat(Folder.vmIds(folder.read("b.json", "inner", "a.json")))
        .containsExactly("0", "1", "2", "3");
  }

  @Test
  void read_refusesADirectoryWithoutDataFiles() throws IOException {
    folder.with("notes.txt", "x");

    assertThat(folder.errors(folder.readAll()))
        .containsExactly(
            ".: the directory has no *.json, *.jsonl or *.ndjson file, nor one with .gz; put data"
                + " files right into it (directories within it are not searched), or name another");
  }

  @Test
  void read_ofADirectory_readsEveryEndingOfDataInAnyCase() throws IOException {
    folder
        .with("FW_RULES.JSON", vm("0"))
        .with("a.Json.GZ", Folder.gzip(vm("1")))
        .with("b.jsonl", vm("2"))
        .with("c.JSONL.gz", Folder.gzip(vm("3")))
        .with("d.ndjson", vm("4"))
        .with("e.NDJSON.Gz", Folder.gzip(vm("5")));
    var imported = folder.readAll();
    assertThat(folder.errors(imported)).isEmpty();
    assertThat(folder.warnings(imported)).isEmpty();
    assertThat(Folder.vmIds(imported)).containsExactly("0", "1", "2", "3", "4", "5");
    assertThat(InputFiles.dataOf(directory)).hasSize(6);
  }

  @Test
  void read_ofADirectory_namesWhatItPassesOver() throws IOException {
    folder
        .with("a.json", vm("1"))
        .with("b.json.bz2", "x")
        .with("c.NDJSON.zst", "x")
        .with("d.zip", "x")
        .with("e.tar.gz", "x")
        .with("f.gz", "x")
        .with("g.json.txt", "x")
        .with("h.yaml", "x")
        .with("notes.txt", "x")
        .with("old.json~", "x")
        .with(".hidden.zip", "x");
    Files.createDirectories(directory.resolve("sub/deep"));
    Files.writeString(directory.resolve("sub/deep/z.jsonl"), "x");
    Files.writeString(directory.resolve("sub/y.JSON.xz"), "x");
    Files.createDirectory(directory.resolve("pictures"));
    Files.writeString(directory.resolve("pictures/x.png"), "x");
    var imported = folder.readAll();
    assertThat(folder.errors(imported)).isEmpty();
    assertThat(folder.warnings(imported))
        .containsExactly(
            "b.json.bz2: a file compressed by bzip2 is not read; unpack it, or compress it by gzip",
            "c.NDJSON.zst: a file compressed by zstd is not read; unpack it, or compress it by gzip",
            "d.zip: a zip archive is not read; unzip it, and name what it holds with --data",
            "e.tar.gz: an archive is not read; unpack it, and name what it holds with --data",
            "f.gz: the name does not say that the file holds JSON, so it is not read; let the name"
                + " end in .json.gz if it does",
            "g.json.txt: the name ends in .txt, so the file is not read; take .txt off the name",
            "h.yaml: the name says that the file is YAML, which is not read; write it as JSON, or"
                + " move it elsewhere if it is no input",
            "sub: the folder holds data (deep/z.jsonl), but a folder within a folder is not read;"
                + " name it with --data as well");
    assertThat(imported.problems().counts()).containsEntry(ProblemKind.UNREAD_FILE, 8L);
  }

  @Test
  void read_ofADirectory_doesNotMissWhatAnotherPathNames() throws IOException {
    folder.with("a.json", vm("1"));
    Files.createDirectory(directory.resolve("sub"));
    Files.writeString(directory.resolve("sub/b.json"), vm("2"));
    assertThat(folder.warnings(folder.read(".", "sub"))).isEmpty();
    assertThat(folder.warnings(folder.read(".", "sub/b.json"))).isEmpty();
    Files.writeString(directory.resolve("sub/c.json"), vm("3"));
    assertThat(folder.warnings(folder.read(".", "sub/b.json")))
        .containsExactly(
            "./sub: the folder holds data (c.json), but a folder within a folder is not read;"
                + " name it with --data as well");
  }

  @Test
  void read_refusesADirectoryThatIsNamedLikeADataFile() throws IOException {
    folder.with("a.json", vm("1"));
    Files.createDirectory(directory.resolve("b.json"));

    assertThat(folder.errors(folder.readAll()))
        .containsExactly(
            "b.json: this is a directory, though named like a data file; rename it, or name it on"
                + " its own to read the files within it");
  }

  @Test
  void read_suggestsANearName_forAPathThatDoesNotExist() throws IOException {
    folder.with("fleet.json", vm("1")).with("fleets.json", vm("1"));

    assertThat(folder.errors(folder.read("fleat.json")))
        .containsExactly(
            "fleat.json: there is no such file or directory; did you mean fleet.json?");
    assertThat(folder.errors(folder.read("other.json")))
        .containsExactly("other.json: there is no such file or directory; correct the path");
    assertThat(folder.errors(folder.read("no/such/fleet.json")))
        .containsExactly(
            "no/such/fleet.json: there is no such file or directory; correct the path");
  }

  @Test
  void read_goesOnBehindAPathThatCannotBeRead() throws IOException {
    folder.with("a.json", vm("1")).with("c.json", vm("2"));
    var imported = folder.read("a.json", "b", "c.json");

    assertThat(Folder.vmIds(imported)).containsExactly("1", "2");
    assertThat(imported.problems().counts()).containsOnlyKeys(ProblemKind.UNREADABLE);
  }

  @Test
  void read_refusesAFileTakenForADirectory() throws IOException {
    folder.with("a.json", vm("1"));

    assertThat(folder.errors(folder.read("a.json/b.json")))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("a.json/b.json: ");
  }

  @Test
  void read_refusesALinkThatLeadsNowhere() throws IOException {
    Files.createSymbolicLink(directory.resolve("a.json"), Path.of("gone.json"));

    assertThat(folder.errors(folder.readAll()))
        .containsExactly("a.json: this symbolic link leads nowhere; correct or remove the link");
  }

  @Test
  void read_followsLinks() throws IOException {
    folder.with("real", vm("1"));
    Files.createSymbolicLink(directory.resolve("a.json"), Path.of("real"));

    assertThat(Folder.vmIds(folder.readAll())).containsExactly("1");
  }

  @Test
  void read_refusesWhatCannotBeAPath() {
    var imported =
        Importers.read(List.of("", "a\0b"), InputStream.nullInputStream(), ReadProgress.NONE);

    assertThat(imported.problems().errors().stream().map(Object::toString))
        .containsExactly(
            "\"\": the path is empty; name a file or a directory",
            "a\\u0000b: this cannot be the name of a file here; correct the path");
  }

  @Test
  void read_refusesUrls_asTheyWereGiven() {
    var paths =
        List.of("https://h.example/a.json?x=1", "s3://b/a.json", "gs://b/a", "FILE:/a.json");
    var imported = Importers.read(paths, InputStream.nullInputStream(), ReadProgress.NONE);
    assertThat(imported.problems().errors().stream().map(Object::toString))
        .contains(
            "https://h.example/a.json?x=1: URLs are not read; fetch it, as with curl -fsS"
                + " 'https://h.example/a.json?x=1' | surfacescan … --data -",
            "s3://b/a.json: URLs are not read; fetch it, as with aws s3 cp 's3://b/a.json' - |"
                + " surfacescan … --data -",
            "gs://b/a: URLs are not read; fetch it, as with gcloud storage cat 'gs://b/a' |"
                + " surfacescan … --data -",
            "FILE:/a.json: URLs are not read; name the file by its path, without file:");
  }

  @Test
  void read_refusesAFileWithoutPermission() throws IOException {
    Path file = directory.resolve("a.json");
    Files.writeString(file, vm("1"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(file), "root may read everything");

    assertThat(folder.errors(folder.readAll()))
        .containsExactly("a.json: permission to read it is denied; let this user read it");
  }

  @Test
  void read_escapesControlCharactersOfFileNames() throws IOException {
    folder.with("a\u001b[31m.json", "{");

    assertThat(folder.errors(folder.readAll()))
        .containsExactly(
            "a\\u001b[31m.json:1:2: the document ends within an object; restore the rest of the"
                + " document");
  }

  @Test
  void read_needsAPath() {
    assertThatThrownBy(
            () -> Importers.read(List.of(), InputStream.nullInputStream(), ReadProgress.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void read_readsStandardInput_plainAndCompressed() throws IOException {
    assertThat(Folder.vmIds(Folder.readStdin(bytes(vm("é"))))).containsExactly("é");
    assertThat(Folder.vmIds(Folder.readStdin(Folder.gzip(vm("é"))))).containsExactly("é");
  }

  @Test
  void read_namesPlacesInStandardInput_plainAndCompressed() throws IOException {
    String document = "{\"vms\":[" + " \n".repeat(100_000) + "7]}";
    String error =
        "<stdin>:100001:1: a VM is a number (7); write an object, {\"vm_id\": …, \"tags\": […]}";

    assertThat(folder.errors(Folder.readStdin(bytes(document)))).containsExactly(error);
    assertThat(folder.errors(Folder.readStdin(Folder.gzip(document)))).containsExactly(error);
  }

  @Test
  void read_readsStandardInputOnce() {
    var imported =
        Importers.read(
            List.of("-", "-"), new ByteArrayInputStream(bytes(vm("1"))), ReadProgress.NONE);

    assertThat(folder.errors(imported))
        .containsExactly(
            "<stdin>: standard input is named twice, but can be read only once; name \"-\" once");
  }

  @Test
  void read_tellsAnInputErrorMidway() {
    var failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Connection reset\u001b[0m");
          }

          @Override
          public int read(byte[] to, int from, int length) throws IOException {
            return read();
          }
        };
    var stdin = new SequenceInputStream(new ByteArrayInputStream(bytes("{\"vms\":[{}")), failing);
    var imported = Importers.read(List.of("-"), stdin, ReadProgress.NONE);

    assertThat(folder.errors(imported))
        .containsExactly(
            "<stdin>: it cannot be read to its end: Connection reset\\u001b[0m; check the file and"
                + " the disk it is on",
            "<stdin>:1:9: the VM has no list tags; add \"tags\": [] if it has none",
            "<stdin>:1:9: vm_id is missing; give the VM an id of its own");
  }

  @Test
  void read_ofAPipeWithinADirectory_doesNotWaitForItsWriter() throws Exception {
    Path pipe = directory.resolve("b.json");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    var imported =
        Importers.read(
            List.of(directory.toString()), InputStream.nullInputStream(), ReadProgress.NONE);
    assertThat(folder.errors(imported))
        .containsExactly(
            "b.json: this is neither a file nor a directory, though named like a data file; rename"
                + " it, or name it on its own to read from it");
  }

  @Test
  void read_readsANamedPipeOnce_andStillNamesPlaces() throws Exception {
    Path pipe = directory.resolve("pipe.json");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    var writer =
        CompletableFuture.runAsync(() -> {
          try {
            Files.writeString(pipe, "{\"vms\":[\n7]}", StandardOpenOption.WRITE);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });

    assertThat(folder.errors(folder.read("pipe.json")))
        .containsExactly(
            "pipe.json:2:1: a VM is a number (7); write an object, {\"vm_id\": …, \"tags\": […]}");
    writer.join();
  }

  @Test
  void read_skipsOneByteOrderMark() throws IOException {
    folder.with("a.json", "\ufeff[]").with("b.json", "\ufeff\ufeff{}").with("c.json", "\ufeff");

    assertThat(folder.errors(folder.readAll()))
        .containsExactly(
            "a.json:1:1: the document is a list; write an object, {\"vms\": [], \"fw_rules\": []}; save an export whole, as without --query or a filter",
            "b.json:1:1: U+FEFF stands where a value belongs; write a string, a number, a list, an"
                + " object, true, false or null",
            "c.json:1:1: the document is empty; write {\"vms\": [], \"fw_rules\": []}, or leave the"
                + " file out");
    assertThat(folder.errors(folder.with("d.json", "\ufeff" + vm("1")).read("d.json"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-16LE, UTF-16LE",
    "UTF-16BE, UTF-16BE",
    "UTF-32LE, UTF-32LE",
    "UTF-32BE, UTF-32BE",
    "X-UTF-32LE-BOM, UTF-32LE"
  })
  void read_ofAnotherEncoding_namesTheCommandThatConvertsIt(String charset, String named)
      throws IOException {
    folder.with("a.json", vm("1").getBytes(Charset.forName(charset)));

    assertThat(folder.errors(folder.readAll()))
        .containsExactly(
            "a.json:1:1: the text looks like %s, not UTF-8; convert it: iconv -f %s -t UTF-8 OLD > NEW"
                .formatted(named, named));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "x-UTF-16LE-BOM"})
  void read_ofUtf16WithAByteOrderMark_isThatOfUtf8(String charset) throws IOException {
    // A character of two units meets the end of every block.
    String text = vm("\u1d10" + "x\ud83d\ude00".repeat(12_000)) + "\n{\"vms\": [7]}";
    folder.with("a.json", text.getBytes(Charset.forName(charset)));
    folder.with("b.json.gz", Folder.gzip(text.getBytes(Charset.forName(charset))));
    folder.with("c.json", text);

    var expected = folder.read("c.json");
    for (String file : List.of("a.json", "b.json.gz")) {
      var read = folder.read(new Partitioning(3, 1), file);
      assertThat(Folder.meaning(read.environment()))
          .isEqualTo(Folder.meaning(expected.environment()));
      assertThat(folder.errors(read))
          .containsExactly(folder.errors(expected).getFirst().replace("c.json", file));
    }
  }

  @Test
  void read_ofDamagedUtf16_saysSo() throws IOException {
    folder.with("a.json", new byte[] {(byte) 0xFE, (byte) 0xFF, 0, '{', 0});
    folder.with("b.json", new byte[] {(byte) 0xFF, (byte) 0xFE, '{', 0, 0, (byte) 0xD8, 'a', 0});

    assertThat(folder.errors(folder.readAll()))
        .containsExactly(
            "a.json: the text starts as UTF-16 and goes on otherwise; save the file as UTF-8"
                + " (unreadable, 2 times, also at b.json)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "<!DOCTYPE html><html></html> | HTML, not JSON; fetch the data again: what was saved is a web page, such as a sign-in form",
        " <HTML lang='en'> | HTML, not JSON; fetch the data again: what was saved is a web page, such as a sign-in form",
        "<?xml version=\"1.0\"?><a/> | XML, not JSON; export it as JSON",
        "<nmaprun/> | XML, not JSON; export it as JSON",
        "vms:\\n- vm_id: a\\n | YAML, not JSON; convert it to JSON, for example with yq -o json",
        "---\\nvms: []\\n | YAML, not JSON; convert it to JSON, for example with yq -o json",
        "# ours\\n- vm_id: a\\n | YAML, not JSON; convert it to JSON, for example with yq -o json",
        "vm_id,name,tags\\na,A,x\\n | CSV, not JSON; convert it to JSON: a list of objects, {\"vms\": [], \"fw_rules\": []}",
        "\"vm_id\";\"name\"\\n\"a\";\"A\"\\n | CSV, not JSON; convert it to JSON: a list of objects, {\"vms\": [], \"fw_rules\": []}",
        "PK\\3\\4rest | a zip archive, not JSON; unpack it and name what it holds",
        "BZh91AY&SY | compressed by bzip2, not JSON; unpack it, for example with bunzip2",
        "\\x28\\xB5\\x2F\\xFD0 | compressed by zstd, not JSON; unpack it, for example with unzstd",
        "7z\\xBC\\xAF0 | a 7z archive, not JSON; unpack it and name what it holds",
        "\\xFD7zXZ\\0 | compressed by xz, not JSON; unpack it, for example with unxz"
      })
  void read_ofAnotherFormat_callsItByItsName(String content, String words) throws IOException {
    folder.with("a.json", unescaped(content).getBytes(StandardCharsets.ISO_8859_1));

    assertThat(folder.errors(folder.readAll()))
        .containsExactly("a.json:1:1: the document is " + words);
  }

  private static String unescaped(String content) {
    return Pattern.compile("\\\\(?:x(..)|(\\d)|n)")
        .matcher(content)
        .replaceAll(found ->
            Matcher.quoteReplacement(
                found.group(1) != null
                    ? "" + (char) Integer.parseInt(found.group(1), 16)
                    : found.group(2) != null
                        ? "" + (char) (found.group(2).charAt(0) - '0')
                        : "\n"));
  }

  @Test
  void read_ofDocumentsOneBehindTheOther_isThatOfOneDocument() {
    Seeds.check(
        100,
        seed -> {
          var environment = RandomEnvironments.of(seed);
          var expected = Folder.meaning(environment);
          String lines = NaiveDocument.writeLines(environment) + "{\"vms\":[],\"fw_rules\":[]}\n";
          int half = lines.indexOf('\n', lines.length() / 2) + 1;
          String document = NaiveDocument.write(environment);
          String mixed =
              lines.substring(0, half)
                  + " {\"name\":\"no list\",\"vms\":[]}{\"fw_rules\":[],\"source_tag\":1}\r\n"
                  + lines.substring(half);
          for (String text : List.of(lines, mixed, document + " {\"vms\":[],\"fw_rules\":[]}")) {
            var whole = folder.with("a.json", text).read("a.json");
            var pieces = folder.read(new Partitioning(3, 1), "a.json");
            for (var read : List.of(whole, pieces)) {
              assertThat(folder.errors(read)).isEmpty();
              assertThat(Folder.meaning(read.environment())).isEqualTo(expected);
            }
            assertThat(pieces.version()).isEqualTo(whole.version());
          }
        });
  }

  @Test
  void read_ofARuleWithAName_isThatOfTheRule() throws IOException {
    folder.with("a.json", "{\"name\":\"ssh\",\"source_tag\":\"a\",\"dest_tag\":\"b\"}" + vm("1"));

    var read = folder.readAll();
    assertThat(folder.errors(read)).isEmpty();
    assertThat(read.environment().rules()).hasSize(1);
    assertThat(read.environment().vmCount()).isEqualTo(1);
  }

  @Test
  void read_namesThePlaceOfABadByte_behindTheProblemsBeforeIt() throws IOException {
    folder.with(
        "a.json", concat(bytes("{\"vms\":[7,\n\"é😀"), new byte[] {(byte) 0xE9}, bytes("\"]}")));

    assertThat(folder.errors(folder.readAll()))
        .containsExactly(
            "a.json:1:9: a VM is a number (7); write an object, {\"vm_id\": …, \"tags\": […]}",
            "a.json:2:4: the byte 0xE9 is not UTF-8 here; save the file as UTF-8");
  }

  @Test
  void read_refusesTextThatEndsWithinACharacter() throws IOException {
    folder.with("a.json", concat(bytes("{\"vms\":[]} "), new byte[] {(byte) 0xF0, (byte) 0x9F}));

    assertThat(folder.errors(folder.readAll()))
        .containsExactly(
            "a.json:1:12: the text ends within a character; restore the rest of the file, or save"
                + " it as UTF-8");
  }

  @Test
  void read_tellsGzipByItsBytes() throws IOException {
    folder.with("a.json", Folder.gzip(vm("1"))).with("b.json.gz", vm("2"));

    assertThat(Folder.vmIds(folder.readAll())).containsExactly("1", "2");
  }

  @Test
  void read_joinsGzipMembers_andAllowsZerosBehindThem() throws IOException {
    byte[] all = bytes(vm("1"));
    byte[] members =
        concat(
            Folder.gzip(Arrays.copyOfRange(all, 0, 20)),
            Folder.gzip(new byte[0]),
            Folder.gzip(Arrays.copyOfRange(all, 20, all.length)),
            new byte[1000]);

    assertThat(Folder.vmIds(folder.with("a.json.gz", members).readAll())).containsExactly("1");
  }

  @Test
  void read_refusesGarbageBehindGzip() throws IOException {
    folder.with("a.json.gz", concat(Folder.gzip(vm("1")), bytes("garbage")));

    assertThat(folder.errors(folder.readAll()))
        .containsExactly(
            "a.json.gz: the gzip file is damaged: something other than gzip follows the compressed"
                + " data; make or fetch the file again");
  }

  @Test
  void read_refusesGzip_cutAnywhere() throws IOException {
    byte[] whole = Folder.gzip(vm("1"));
    for (int length = 2; length < whole.length; length++) {
      folder.with("a.json.gz", Arrays.copyOf(whole, length));

      assertThat(folder.errors(folder.readAll()))
          .as("cut at %d", length)
          .hasSize(1)
          .first()
          .asString()
          .startsWith("a.json.gz: the gzip file is damaged: it ends in the middle of");
    }
  }

  @Test
  void read_neverAcceptsOtherContent_fromGzipWithOneByteChanged() throws IOException {
    byte[] whole = Folder.gzip(vm("1"));
    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 0x55;
      var imported = folder.with("a.json.gz", changed).readAll();

      // Bytes 4 to 9 of the header (time, level, system) say nothing about the content.
      assertThat(imported.problems().refused() || (at >= 4 && at <= 9)).as("byte %d", at).isTrue();
      assertThat(imported.problems().refused() || Folder.vmIds(imported).equals(List.of("1")))
          .as("byte %d", at)
          .isTrue();
    }
  }

  @Test
  void read_refusesAFileThatIsChangedMeanwhile() throws IOException {
    folder.with("a.json", vm("1") + " ".repeat(3 << 20));
    var changed = new AtomicBoolean();
    Imported imported =
        Importers.read(
            List.of(folder.named("a.json")),
            InputStream.nullInputStream(),
            (bytes, total) -> {
              if (!changed.getAndSet(true)) {
                append(directory.resolve("a.json"), "\n");
              }
            });

    assertThat(folder.errors(imported))
        .containsExactly(
            "a.json: the file was changed while it was read; read it again when no program writes to it");
  }

  /// As when a folder is replaced by turning a link to it: what has gone is told by the file
  /// itself.
  @Test
  void read_refusesAFolderToWhichAFileComesMeanwhile() throws IOException {
    folder.with("a.json", vm("1") + " ".repeat(3 << 20));
    var changed = new AtomicBoolean();
    Imported imported =
        Importers.read(
            List.of(directory.toString()),
            InputStream.nullInputStream(),
            (bytes, total) -> {
              if (!changed.getAndSet(true)) {
                append(directory.resolve("b.json"), vm("2"));
              }
            });

    assertThat(folder.errors(imported))
        .containsExactly(
            "a.json: files came or went beside this one while it was read; read them again when no program moves them");
  }

  private static void append(Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void version_ofOneDocument_isItsSha256_compressedOrNot() throws Exception {
    folder.with("a.json", "\ufeff" + vm("1")).with("b.json.gz", Folder.gzip("\ufeff" + vm("1")));
    String expected = HexFormat.of().formatHex(sha256(bytes("\ufeff" + vm("1"))));

    assertThat(folder.read("a.json").version()).isEqualTo(expected);
    assertThat(folder.read("b.json.gz").version()).isEqualTo(expected);
  }

  @Test
  void version_ofSeveralDocuments_isTheSha256OfTheirDigests() throws Exception {
    folder.with("a.json", vm("1")).with("b.json", vm("2"));
    byte[] digests = concat(sha256(bytes(vm("1"))), sha256(bytes(vm("2"))));

    assertThat(folder.readAll().version()).isEqualTo(HexFormat.of().formatHex(sha256(digests)));
    assertThat(folder.read("b.json", "a.json").version())
        .isNotEqualTo(folder.read("a.json", "b.json").version());
  }

  @Test
  void progress_risesToTheTotal_ofStoredBytes() throws IOException {
    byte[] compressed = Folder.gzip(vm("2"));
    folder.with("a.json", vm("1") + " ".repeat(5 << 20)).with("b.json.gz", compressed);
    int total = bytes(vm("1")).length + (5 << 20) + compressed.length;
    var told = new ArrayList<Long>();
    Importers.read(
        List.of(directory.toString()),
        InputStream.nullInputStream(),
        (bytes, all) -> {
          assertThat(all).isEqualTo(total);
          told.add(bytes);
        });

    assertThat(told).isSorted().hasSizeBetween(4, 7).endsWith((long) total);
  }

  @Test
  void read_tellsWhatThereIsTooMuchOf_insteadOfFailing() {
    // An environment that large does not fit into a test: the stream passes its limit instead.
    var tooLarge =
        new InputStream() {
          @Override
          public int read() {
            throw new TooLarge("there is too much of it");
          }

          @Override
          public int read(byte[] bytes, int from, int length) {
            return read();
          }
        };

    var imported = Importers.read(List.of("-"), tooLarge, ReadProgress.NONE);

    assertThat(folder.errors(imported))
        .containsExactly(
            "<stdin>: there is too much of it; divide the environment, or give fewer VMs tags of their"
                + " own");
  }

  @Test
  void progress_knowsTheTotalOfAStream_onlyAtItsEnd() {
    byte[] document = bytes(vm("1") + " ".repeat(2 << 20));
    var totals = new ArrayList<Long>();
    Importers.read(
        List.of("-"), new ByteArrayInputStream(document), (bytes, total) -> totals.add(total));

    assertThat(totals).hasSizeGreaterThan(1).endsWith((long) document.length);
    assertThat(totals.subList(0, totals.size() - 1)).containsOnly(-1L);
  }

  @Test
  void progress_comesToTheTotal_ofAFileThatIsNotReadToItsEnd() throws IOException {
    String text = "{\"vms\":[,]}" + " ".repeat(5 << 20);
    folder.with("a.json", text);
    var told = new ArrayList<Long>();
    Importers.read(
        List.of(directory.toString()),
        InputStream.nullInputStream(),
        (bytes, total) -> told.add(bytes));

    assertThat(told).isSorted().endsWith((long) text.length());
  }

  private static byte[] sha256(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  private static byte[] concat(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
