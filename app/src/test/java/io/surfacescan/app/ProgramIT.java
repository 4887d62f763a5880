package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.cli.Surfacescan;
import io.surfacescan.cli.terminal.ProcessContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged program, as a process of its own.
class ProgramIT {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /// Every VM attacks every other: they share a tag, and a rule leads from it to itself.
  private static final List<String> ODD_IDS =
      List.of(
          "a/b", "quote \"x\"", "back\\slash", "comma, and é", "😀", "tab\there", "<&>", "--why");

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endStarted() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void attack_answersTheBytesOfHttp() throws Exception {
    String data = oddEnvironment();
    var served = new Program(List.of("serve", "--data", data, "--port", "0"));
    String base = served.address();
    var client = HttpClient.newHttpClient();
    for (String id : ODD_IDS) {
      for (var format :
          Map.of(
                  "json", "application/json",
                  "ndjson", "application/x-ndjson",
                  "csv", "text/csv",
                  "text", "text/plain")
              .entrySet()) {
        var request =
            HttpRequest.newBuilder(
                    URI.create(
                        base + "/attack?vm_id=" + URLEncoder.encode(id, StandardCharsets.UTF_8)))
                .header("Accept", format.getValue())
                .build();
        byte[] body = client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();

        var words = List.of("attack", "--data", data, "-o", format.getKey(), "--", id);
        assertThat(here(words)).as(id + " as " + format.getKey()).isEqualTo(text(body));
        if (id.equals(ODD_IDS.getFirst())) {
          assertThat(new Program(words).await().out()).as(format.getKey()).isEqualTo(text(body));
        }
        assertThat(body).isNotEmpty();
      }
    }
  }

  /// What a verb writes when it runs in this process, which takes a fraction of a start.
  private String here(List<String> words) {
    var out = new ByteArrayOutputStream();
    var around =
        new ProcessContext(
            InputStream.nullInputStream(),
            out,
            false,
            OutputStream.nullOutputStream(),
            false,
            Map.of("XDG_CONFIG_HOME", folder.toString()),
            Optional.empty());
    assertThat(Surfacescan.run(around, (_, _) -> 1, words.toArray(String[]::new))).isZero();
    return text(out.toByteArray());
  }

  private String oddEnvironment() throws IOException {
    var vms = new ArrayList<String>();
    for (String id : ODD_IDS) {
      String escaped = id.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t");
      vms.add("{\"vm_id\": \"" + escaped + "\", \"name\": \"\", \"tags\": [\"t\"]}");
    }
    return Files.writeString(
            folder.resolve("odd.json"),
            "{\"vms\": ["
                + String.join(",\n", vms)
                + "], \"fw_rules\": [{\"fw_id\": \"f\", \"source_tag\": \"t\","
                + " \"dest_tag\": \"t\"}]}\n")
        .toString();
  }

  @Test
  void serve_thatIsToldToStop_exitsWithZero() throws Exception {
    var served = new Program(List.of("serve", "--data", oddEnvironment(), "--port", "0"));
    served.address();

    served.signal("TERM");

    var ended = served.await();
    assertThat(ended.exit()).isZero();
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void serve_ofBadInput_exitsWithThree() throws IOException {
    var bad = Files.writeString(folder.resolve("bad.json"), "{\"vms\": 1}");
    var ended = new Program(List.of("serve", "--data", bad.toString(), "--port", "0")).await();

    assertThat(ended.exit()).isEqualTo(3);
    assertThat(ended.err()).contains("error: " + bad + ":1:9: ").doesNotContain("\tat ");
  }

  @Test
  void closedPipe_isANormalEnd() throws IOException {
    var generating = new Program(List.of("generate", "--vms", "300000"));
    try (var out = generating.process.getInputStream()) {
      assertThat(out.read()).isEqualTo('{');
    }

    var ended = generating.await();
    assertThat(ended.exit()).isZero();
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void interrupt_exitsWith130() throws Exception {
    var waiting = new Program(List.of("validate", "--data", "-"));
    waiting.process.getOutputStream().write("{\"vms\": [".getBytes(StandardCharsets.UTF_8));
    waiting.process.getOutputStream().flush();

    waiting.signal("INT");

    assertThat(waiting.await().exit()).isEqualTo(130);
  }

  @Test
  void unknownVm_exitsWithFour() throws IOException {
    var ended = new Program(List.of("attack", "--data", oddEnvironment(), "a/c")).await();

    assertThat(ended.exit()).isEqualTo(4);
    assertThat(ended.err())
        .isEqualTo("error: no VM has the id or name `a/c`; did you mean `a/b`?\n");
  }

  @Test
  void wrongUse_exitsWithTwo() {
    assertThat(new Program(List.of("attack")).await().exit()).isEqualTo(2);
  }

  record Ended(int exit, String out, String err) {}

  /// One process, whose standard error goes to a file.
  private final class Program {
    private final Process process;
    private final Path err;

    /// Starts a verb.
    Program(List<String> args) {
      try {
        err = Files.createTempFile(folder, "err", "");
        var builder =
            new ProcessBuilder(PackagedProgram.command(args)).directory(Repository.root().toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SURFACESCAN_"));
        builder.environment().keySet().removeAll(PackagedProgram.JAVA_OPTIONS);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("HOME", System.getProperty("user.home"));
        builder.environment().put("XDG_CONFIG_HOME", folder.toString());
        builder.environment().put("XDG_STATE_HOME", folder.toString());
        process = builder.redirectError(err.toFile()).start();
        started.add(process);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    /// The address in the words of the started service.
    String address() throws Exception {
      Waiting.until("it serves", () -> text(err).contains("http://") || !process.isAlive());
      Matcher found = Pattern.compile("http://[^/]+").matcher(text(err));
      assertThat(found.find()).as(text(err)).isTrue();
      return found.group();
    }

    void signal(String name) throws IOException, InterruptedException {
      Repository.signal(process, name);
    }

    Ended await() {
      var tooLate = CompletableFuture.delayedExecutor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      tooLate.execute(process::destroyForcibly);
      try {
        String out = read(process);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), out, text(err));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }

    private static String read(Process process) {
      try {
        return text(process.getInputStream().readAllBytes());
      } catch (IOException e) {
        // The test closed it itself.
        return "";
      }
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
