package io.surfacescan.service;

import static io.surfacescan.service.RunningService.await;
import static io.surfacescan.service.RunningService.ids;
import static io.surfacescan.service.RunningService.object;
import static io.surfacescan.service.RunningService.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Problem;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.service.served.Loader;
import io.surfacescan.service.served.Replacement;
import io.surfacescan.settings.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReloadTest {
  @TempDir Path folder;

  /// An environment in which one VM attacks `x`.
  private static String cloud(String attacker) {
    return """
    {"vms": [{"vm_id": "%s", "name": "a", "tags": ["a"]},
             {"vm_id": "x", "name": "x", "tags": ["x"]}],
     "fw_rules": [{"fw_id": "1", "source_tag": "a", "dest_tag": "x"}]}
    """
        .formatted(attacker);
  }

  private static final String BAD = "{\"vms\": [{\"vm_id\": \"\", \"tags\": []}]}";

  private RunningService serving(String attacker) throws IOException {
    Files.writeString(folder.resolve("cloud.json"), cloud(attacker));
    return RunningService.of(folder);
  }

  private static List<String> attackers(RunningService service) {
    return ids(service.get("/attack?vm_id=x"));
  }

  @Test
  void reload_servesWhatTheInputHoldsNow() throws IOException {
    try (var service = serving("old")) {
      String version = (String) object(service.get("/environment")).get("version");
      RunningService.write(folder.resolve("cloud.json"), cloud("new"));
      var answer = service.reload();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(object(answer))
          .containsEntry("vm_count", 2L)
          .containsEntry("rule_count", 1L)
          .containsEntry("warnings", 0L);
      assertThat(object(answer).get("version")).isNotEqualTo(version);
      assertThat(attackers(service)).containsExactly("new");
    }
  }

  @Test
  void answers_nameTheEnvironmentTheyAreMadeFrom_notTheLatest() throws IOException {
    try (var service = serving("old");
        var wire = new Wire(service.port())) {
      String before = version(service.get("/stats"));
      String question = "{\"remove_rules\": [\"1\"], \"vms\": [\"x\"]}";
      wire.send(
          Wire.head(
              "POST",
              "/what-if",
              "Content-Type: application/json",
              "Content-Length: " + question.length()));
      await("the question is being asked", () -> service.listener.busy() == 1);
      RunningService.write(folder.resolve("cloud.json"), cloud("new"));
      var reloaded = service.reload();
      String after = version(reloaded);
      assertThat(after).isNotEqualTo(before).isEqualTo(object(reloaded).get("version"));
      assertThat(version(service.get("/stats"))).isEqualTo(after);

      wire.send(question);
      var answer = wire.read(false);
      assertThat(answer.text()).contains("\"old\"").doesNotContain("\"new\"");
      assertThat(version(answer)).isEqualTo(before);

      RunningService.write(folder.resolve("cloud.json"), BAD);
      var refused = service.reload();
      assertThat(refused.status()).isEqualTo(422);
      assertThat(version(refused)).isEqualTo(after);
    }
  }

  private static String version(Wire.Answer answer) {
    return answer.header("X-Environment-Version").orElseThrow();
  }

  @Test
  void reload_ofBadInput_is422_andTheOldOneIsServedOn() throws IOException {
    try (var service = serving("old")) {
      RunningService.write(folder.resolve("more.json"), BAD);
      var answer = service.reload();
      assertThat(answer.status()).isEqualTo(422);
      assertThat(problem(answer)).isEqualTo("input-refused");
      assertThat(object(answer)).containsEntry("problem_count", 1L);
      var listed = Parsed.listOf(Object.class, object(answer).get("problems"));
      assertThat(Parsed.objectOf(Object.class, listed.getFirst()))
          .containsEntry("kind", "empty-field")
          .containsEntry("line", 1L);
      assertThat(attackers(service)).containsExactly("old");

      var refused = object(service.get("/environment")).get("last_refused_load");
      assertThat(Parsed.objectOf(Object.class, refused)).containsEntry("problem_count", 1L);

      Files.delete(folder.resolve("more.json"));
      assertThat(service.reload().status()).isEqualTo(200);
      assertThat(object(service.get("/environment"))).containsEntry("last_refused_load", null);
    }
  }

  @Test
  void reload_showsAlikeProblemsOnce_andCountsAll() throws IOException {
    try (var service = serving("old")) {
      var vms = new ArrayList<String>();
      for (int i = 0; i < 30; i++) {
        vms.add("{\"vm_id\": \"\", \"tags\": []}");
      }
      RunningService.write(
          folder.resolve("cloud.json"), "{\"vms\": [" + String.join(",", vms) + "]}");
      var answer = object(service.reload());
      assertThat(Parsed.listOf(Object.class, answer.get("problems")))
          .singleElement()
          .asInstanceOf(InstanceOfAssertFactories.MAP)
          .containsEntry("kind", "empty-field")
          .containsEntry("count", 30L);
      assertThat(answer).containsEntry("problem_count", 30L);
    }
  }

  /// VMs that one rule lets attack `x`, each on a line of its own, and rules that nobody uses.
  private static String crowd(int attackers, String... unusedTags) {
    var vms = new StringBuilder("{\"vm_id\": \"x\", \"name\": \"x\", \"tags\": [\"x\"]}");
    for (int vm = 0; vm < attackers; vm++) {
      vms.append(",\n{\"vm_id\": \"vm-%d\", \"name\": \"n\", \"tags\": [\"a\"]}".formatted(vm));
    }
    var rules = new StringBuilder("{\"fw_id\": \"1\", \"source_tag\": \"a\", \"dest_tag\": \"x\"}");
    for (String tag : unusedTags) {
      rules.append(
          ",\n{\"fw_id\": \"%s\", \"source_tag\": \"%s\", \"dest_tag\": \"x\"}"
              .formatted(tag, tag));
    }
    return "{\"fw_rules\": [" + rules + "],\n\"vms\": [" + vms + "]}";
  }

  @Test
  void reload_logsTheCountsBeforeAndAfter_andTheWarningsThatAreNew() throws IOException {
    var file = folder.resolve("cloud.json");
    Files.writeString(file, crowd(3, "known"));
    try (var service = RunningService.of(folder);
        var log = LogLines.of(Replacement.class)) {
      RunningService.write(file, crowd(4, "known", "more"));
      String version = version(service.reload());
      assertThat(log.all())
          .hasSize(2)
          .satisfiesExactly(
              loaded ->
                  assertThat(loaded)
                      .startsWith("INFO Loaded 5 VMs and 3 rules (before: 4 and 2) in ")
                      .endsWith(" ms, version " + version),
              warning ->
                  assertThat(warning)
                      .isEqualTo(
                          "WARN New warning: "
                              + file
                              + ":3:1: no VM carries the source_tag \"more\"; correct the rule,"
                              + " which allows nothing, or remove it"));
    }
  }

  @Test
  void reload_logsAWarning_thatIsThereMoreOften() throws IOException {
    var file = folder.resolve("cloud.json");
    Files.writeString(file, crowd(3, "known"));
    try (var service = RunningService.of(folder);
        var log = LogLines.of(Replacement.class)) {
      String again = "{\"fw_id\": \"2\", \"source_tag\": \"known\", \"dest_tag\": \"a\"}";
      RunningService.write(
          file, crowd(3, "known").replace("],\n\"vms\"", ",\n" + again + "],\n\"vms\""));
      service.reload();
      assertThat(log.all())
          .filteredOn(line -> line.startsWith("WARN"))
          .singleElement()
          .asString()
          .contains(":2:1: no VM carries the source_tag \"known\"", "2 times");
    }
  }

  @Test
  void reload_logsTwentyNewWarnings_andCountsTheOthers() throws IOException {
    var file = folder.resolve("cloud.json");
    Files.writeString(file, crowd(3));
    try (var service = RunningService.of(folder);
        var log = LogLines.of(Replacement.class)) {
      var tags = IntStream.range(0, 25).mapToObj(tag -> "unused-" + tag).toArray(String[]::new);
      RunningService.write(
          file,
          crowd(3, tags)
              .replace(
                  "{\"fw_rules\"",
                  IntStream.range(0, 3)
                      .mapToObj(key -> "\"key-" + key + "\": 1, ")
                      .collect(Collectors.joining("", "{", "\"fw_rules\""))));
      service.reload();
      // Of a kind 20 are listed, so that 20 and 3 are, and 5 are not.
      assertThat(log.all())
          .filteredOn(line -> line.startsWith("WARN New warning: "))
          .hasSize(20)
          .doesNotHaveDuplicates();
      assertThat(log.all())
          .last()
          .isEqualTo("WARN 8 more new warnings; surfacescan validate lists them");
    }
  }

  @Test
  void aFallByMoreThanHalf_isWarnedOf_andShownUntilTheNextIsServed() throws IOException {
    var file = folder.resolve("cloud.json");
    Files.writeString(file, crowd(9));
    try (var service = RunningService.of(folder);
        var log = LogLines.of(Replacement.class)) {
      assertThat(object(service.get("/environment"))).containsEntry("shrunk", null);
      RunningService.write(file, crowd(4));
      assertThat(object(service.reload())).containsEntry("shrunk", null);
      assertThat(log.contain("WARN")).isFalse();

      RunningService.write(file, crowd(1));
      var shrunk = Map.of("vm_count_before", 5L, "rule_count_before", 1L);
      for (int times = 0; times < 2; times++) {
        assertThat(object(service.reload())).containsEntry("shrunk", shrunk);
        assertThat(object(service.get("/environment"))).containsEntry("shrunk", shrunk);
      }
      RunningService.write(file, BAD);
      assertThat(service.reload().status()).isEqualTo(422);
      assertThat(object(service.get("/environment"))).containsEntry("shrunk", shrunk);
      assertThat(log.all())
          .filteredOn(line -> line.startsWith("WARN"))
          .containsExactly(
              "WARN The environment shrank by more than half: from 5 to 2 VMs, from 1 to 1 rules;"
                  + " check that no part of the input is missing");

      RunningService.write(file, crowd(2));
      assertThat(object(service.reload())).containsEntry("shrunk", null);
      assertThat(object(service.get("/environment"))).containsEntry("shrunk", null);
    }
  }

  @Test
  void reload_askedByManyAtOnce_isOneLoad() throws Exception {
    try (var service = serving("old");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      RunningService.write(folder.resolve("cloud.json"), cloud("new"));
      Callable<Wire.Answer> ask = service::reload;
      for (var answer : threads.invokeAll(java.util.Collections.nCopies(20, ask))) {
        assertThat(answer.get().status()).isEqualTo(200);
      }
      assertThat(attackers(service)).containsExactly("new");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "X: y;415;unsupported-media-type",
        "Content-Type: text/plain;415;unsupported-media-type",
        "Content-Type: application/x-www-form-urlencoded;415;unsupported-media-type",
      })
  void reload_withoutJson_is415(String header, int status, String kind) throws IOException {
    try (var service = serving("old")) {
      var answer = service.ask("POST", "/reload", header, "Content-Length: 0");
      assertThat(answer.status()).isEqualTo(status);
      assertThat(problem(answer)).isEqualTo(kind);
    }
  }

  @Test
  void reload_fromAForeignPage_is403() throws IOException {
    try (var service = serving("old")) {
      String type = "Content-Type: application/json; charset=utf-8";
      for (String origin : List.of("http://evil.example", "null", "http://localhost:3000", "x")) {
        var answer = service.ask("POST", "/reload", type, "Content-Length: 0", "Origin: " + origin);
        assertThat(answer.status()).as(origin).isEqualTo(403);
        assertThat(problem(answer)).isEqualTo("foreign-origin");
      }
      var own =
          service.ask(
              "POST",
              "/reload",
              type,
              "Content-Length: 0",
              "Host: localhost:8001",
              "Origin: http://localhost:8001");
      assertThat(own.status()).isEqualTo(200);
    }
  }

  @Test
  void reload_takesAnEmptyObject_andNothingElse() throws IOException {
    try (var service = serving("old");
        var wire = new Wire(service.port())) {
      for (var body : Map.of("{ }", 200, " \n", 200, "{\"a\":1}", 400, "[]", 400).entrySet()) {
        wire.send(
            Wire.head(
                    "POST",
                    "/reload",
                    "Content-Type: application/json",
                    "Content-Length: " + body.getKey().length())
                + body.getKey());
        assertThat(wire.read(false).status()).as(body.getKey()).isEqualTo(body.getValue());
      }
      wire.send(
          Wire.head(
              "POST", "/reload", "Content-Type: application/json", "Transfer-Encoding: chunked"));
      wire.send("20000\r\n" + " ".repeat(0x20000) + "\r\n0\r\n\r\n");
      assertThat(problem(wire.read(false))).isEqualTo("body-too-large");
      assertThat(wire.get("/stats").status()).as("the connection goes on").isEqualTo(200);
    }
  }

  @Test
  void aChangedFile_isServedSoon() throws IOException {
    try (var service = serving("old")) {
      RunningService.write(folder.resolve("cloud.json"), cloud("new"));
      await("the new file is served", () -> attackers(service).equals(List.of("new")));
    }
  }

  @Test
  void aFileWrittenOver_isServedSoon() throws IOException {
    try (var service = serving("old")) {
      Files.writeString(folder.resolve("cloud.json"), cloud("new"));
      await("the new content is served", () -> attackers(service).equals(List.of("new")));
    }
  }

  @Test
  void aNewFileInTheFolder_isServedSoon_andGoneAgain() throws IOException {
    try (var service = serving("old")) {
      var more = folder.resolve("more.json");
      RunningService.write(
          more, "{\"vms\": [{\"vm_id\": \"m\", \"name\": \"\", \"tags\": [\"a\"]}]}");
      await("both attack", () -> attackers(service).size() == 2);
      Files.delete(more);
      await("one attacks again", () -> attackers(service).equals(List.of("old")));
    }
  }

  private static final String NOTHING = "{\"vms\": [], \"fw_rules\": []}";

  /// A service that read one file and one pipe, whose next load reads from the pipe.
  private RunningService readingSlowly(Path file, Path pipe) throws Exception {
    Files.writeString(file, cloud("old"));
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    var written = CompletableFuture.runAsync(() -> writeTo(pipe, NOTHING));
    var service =
        RunningService.of(
            RunningService.settings(List.of(file.toString(), pipe.toString()), Limits.DEFAULT));
    written.join();
    var _ = service.loader.load();
    return service;
  }

  /// Waits for a reader, and writes.
  private static void writeTo(Path pipe, String text) {
    try {
      Files.writeString(pipe, text, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes blanks, of which a document may have any number, until nobody reads them any more.
  private static void writeWhileRead(OutputStream pipe) {
    byte[] blanks = " ".repeat(100).getBytes(StandardCharsets.US_ASCII);
    await(
        "the pipe is read no further",
        () -> {
          try {
            pipe.write(blanks);
            return false;
          } catch (IOException e) {
            return true;
          }
        });
  }

  // The next reading, which begins at once, must not be another reader of the pipe: whoever writes
  // to it might never find it without one.
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aLoadOfAFileThatIsReplaced_isGivenUp_forTheNewOne() throws Exception {
    var file = folder.resolve("cloud.json");
    var pipe = folder.resolve("pipe");
    var plain = Files.writeString(folder.resolve("plain"), NOTHING);
    try (var service = readingSlowly(file, pipe);
        var slow = Files.newOutputStream(pipe)) {
      slow.write(' ');
      Files.move(plain, pipe, StandardCopyOption.ATOMIC_MOVE);
      RunningService.write(file, cloud("new"));
      writeWhileRead(slow);
      await("the new file is served", () -> attackers(service).equals(List.of("new")));
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aLoadOfAFileThatIsRemoved_isGivenUp_andWhatIsThereNowIsLoaded() throws Exception {
    var file = folder.resolve("cloud.json");
    var pipe = folder.resolve("pipe");
    var plain = Files.writeString(folder.resolve("plain"), NOTHING);
    try (var service = readingSlowly(file, pipe);
        var slow = Files.newOutputStream(pipe)) {
      slow.write(' ');
      Files.delete(file);
      Files.move(plain, pipe, StandardCopyOption.ATOMIC_MOVE);
      writeWhileRead(slow);
      await("the gap is refused", () -> service.loader.lastRefused().isPresent());
      assertThat(service.loader.lastRefused().orElseThrow().problems())
          .extracting(Problem::kind)
          .contains(ProblemKind.UNREADABLE)
          .doesNotContain(ProblemKind.CHANGED_WHILE_READ);
      assertThat(attackers(service)).containsExactly("old");
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aLoad_isReadNoFurther_whenTheServiceStops() throws Exception {
    var pipe = folder.resolve("pipe");
    try (var service = readingSlowly(folder.resolve("cloud.json"), pipe);
        var slow = Files.newOutputStream(pipe)) {
      slow.write(' ');
      service.loader.giveUp();
      writeWhileRead(slow);
    }
    letGo(pipe);
  }

  /// A load that waits for the pipe goes on, and ends.
  private static void letGo(Path pipe) throws IOException {
    try (var both = new RandomAccessFile(pipe.toFile(), "rw")) {
      both.writeByte('x');
    }
  }

  /// As Kubernetes mounts a ConfigMap: the file is a link through a link to a folder, and only that
  /// inner link is replaced.
  @Test
  void aTurnedLink_isServedSoon() throws IOException {
    var versions = Files.createDirectories(folder.resolve("mounted"));
    for (String version : List.of("1", "2")) {
      Files.writeString(
          Files.createDirectory(versions.resolve(version)).resolve("cloud.json"), cloud(version));
    }
    Files.createSymbolicLink(versions.resolve("data"), Path.of("1"));
    var file = Files.createSymbolicLink(versions.resolve("cloud.json"), Path.of("data/cloud.json"));
    try (var service = RunningService.of(file)) {
      assertThat(attackers(service)).containsExactly("1");
      var turned = Files.createSymbolicLink(versions.resolve("new"), Path.of("2"));
      Files.move(turned, versions.resolve("data"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      await("the other folder is served", () -> attackers(service).equals(List.of("2")));
    }
  }

  @Test
  void badInput_isRetriedAtTheNextChange() throws IOException {
    try (var service = serving("old")) {
      RunningService.write(folder.resolve("cloud.json"), BAD);
      await("the bad input is refused", () -> service.loader.lastRefused().isPresent());
      assertThat(attackers(service)).containsExactly("old");
      RunningService.write(folder.resolve("cloud.json"), cloud("new"));
      await("the repaired input is served", () -> attackers(service).equals(List.of("new")));
      assertThat(service.loader.lastRefused()).isEmpty();
    }
  }

  @Test
  void whatCouldNotBeRead_isTriedAgain_thoughNothingChanged() throws IOException {
    try (var service = serving("old")) {
      Files.createDirectory(folder.resolve("more.json"));
      await("it is refused twice", () -> refusals(service) >= 2);
      assertThat(attackers(service)).containsExactly("old");
    }
  }

  private static long refusals(RunningService service) {
    return service.loader.endings().getOrDefault(Loader.Ending.REFUSED, 0L);
  }

  @Test
  void cursors_areStaleAfterAReload_andTagsChange() throws IOException {
    try (var service = serving("old")) {
      RunningService.write(
          folder.resolve("more.json"),
          "{\"vms\": [{\"vm_id\": \"m\", \"name\": \"\", \"tags\": [\"a\"]}]}");
      service.reload();
      var page = service.get("/attack?vm_id=x&limit=1");
      String next = page.header("Link").orElseThrow();
      String tag = page.header("ETag").orElseThrow();
      Files.writeString(folder.resolve("cloud.json"), cloud("new"));
      service.reload();
      var stale = service.get(next.substring(1, next.indexOf('>')));
      assertThat(stale.status()).isEqualTo(410);
      assertThat(problem(stale)).isEqualTo("stale-cursor");
      assertThat(service.get("/attack?vm_id=x&limit=1", "If-None-Match: " + tag).status())
          .isEqualTo(200);
    }
  }

  @Test
  void standardInput_isServed_butCannotBeReadAgain() {
    var settings = RunningService.settings(List.of("-"), Limits.DEFAULT);
    var piped = new ByteArrayInputStream(cloud("piped").getBytes(StandardCharsets.UTF_8));
    try (var service = RunningService.opened(settings, piped)) {
      service.program.firstLoad().join();
      assertThat(attackers(service)).containsExactly("piped");
      var answer = service.reload();
      assertThat(answer.status()).isEqualTo(409);
      assertThat(problem(answer)).isEqualTo("not-reloadable");
      assertThat(attackers(service)).containsExactly("piped");
    }
  }

  /// Input that somebody else has yet to write.
  private static final class LateInput extends InputStream {
    private final CompletableFuture<InputStream> content;

    LateInput(CompletableFuture<String> text) {
      content =
          text.thenApply(late -> new ByteArrayInputStream(late.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public int read() throws IOException {
      return content.join().read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return content.join().read(bytes, offset, length);
    }
  }

  @Test
  void beforeTheFirstLoad_questionsAre503_andTheRestIsAnswered() throws Exception {
    var gate = new CompletableFuture<String>();
    try (var stdin = new LateInput(gate)) {
      var settings = RunningService.settings(List.of("-"), Limits.DEFAULT);
      try (var service = RunningService.opened(settings, stdin)) {
        for (String target : List.of("/attack?vm_id=x", "/environment")) {
          var answer = service.get(target);
          assertThat(answer.status()).isEqualTo(503);
          assertThat(problem(answer)).isEqualTo("not-loaded");
          assertThat(answer.header("Retry-After")).hasValue("1");
          assertThat(answer.header("X-Environment-Version")).isEmpty();
        }
        assertThat(service.get("/attack").status()).isEqualTo(400);
        assertThat(object(service.get("/stats"))).containsEntry("vm_count", 0L);
        gate.complete(cloud("late"));
        await("it is loaded", () -> service.generations.ifLoaded().isPresent());
        assertThat(attackers(service)).containsExactly("late");
      }
    }
  }
}
