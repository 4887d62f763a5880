package io.surfacescan.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.settings.Limits;
import io.surfacescan.settings.Listen;
import io.surfacescan.settings.Security;
import io.surfacescan.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The web page as it is served; what it does in a browser is tested with the packaged program.
class PageTest {
  private static final int GZIPPED_BYTES_MOST = 60 * 1024;

  private static final String ENVIRONMENT =
      """
      {"vms": [{"vm_id": "x", "name": "x", "tags": ["t"]}, {"vm_id": "a", "name": "a", "tags": ["s"]}],
       "fw_rules": [{"fw_id": "f", "source_tag": "s", "dest_tag": "t"}]}
      """;

  private static final Pattern NAMED = Pattern.compile("(?:src|href)=\"(page/[^\"]+)\"");

  @TempDir static Path folder;
  private static RunningService service;

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(folder.resolve("environment.json"), ENVIRONMENT);
    service = RunningService.of(settings(true, RunningService.USUAL.security()));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Settings settings(boolean page, Security security) {
    var usual = RunningService.with(security, RunningService.settings(paths(), Limits.DEFAULT));
    return new Settings(
        usual.input(),
        new Listen("127.0.0.1", 0, Set.of(), page),
        usual.security(),
        usual.limits(),
        usual.answerLimits(),
        usual.stores(),
        usual.push(),
        usual.logs(),
        usual.policy());
  }

  private static List<String> paths() {
    return List.of(folder.resolve("environment.json").toString());
  }

  private static List<String> filesOf(String document) {
    return NAMED.matcher(document).results().map(found -> "/" + found.group(1)).distinct().toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X: y", "Accept: */*", "Accept: application/json", "Accept: text/html;q=0.1"})
  void root_isThePage_whateverIsAccepted(String accept) {
    var answer = service.get("/", accept);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).hasValue("text/html;charset=UTF-8");
    assertThat(answer.text()).startsWith("<!doctype html>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/vm?vm_id=x", "/path?from=a&to=x", "/rules", "/vm?vm_id=x&pick=1%3Aweb"})
  void screens_areThePage_onlyWhereItIsNamed(String path) {
    var page = service.get(path, "Accept: text/html,application/xhtml+xml,*/*;q=0.8");
    var other = service.get(path, "Accept: */*");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).hasValue("text/html;charset=UTF-8");
    assertThat(page.header("Vary")).hasValue("Accept, Accept-Encoding");
    assertThat(other.header("Content-Type").orElseThrow()).startsWith("application/");
    assertThat(service.get(path, "Accept: text/html;q=0,*/*").header("Content-Type"))
        .isEqualTo(other.header("Content-Type"));
  }

  @Test
  void whatIf_isAScreenToRead_andAQuestionToPost() {
    assertThat(service.get("/what-if", "Accept: text/html").status()).isEqualTo(200);
    assertThat(service.get("/what-if").status()).isEqualTo(405);
    assertThat(service.ask("POST", "/what-if", "Accept: text/html").status()).isNotEqualTo(200);
    assertThat(service.get("/attack?vm_id=x", "Accept: text/html").status()).isEqualTo(406);
  }

  @Test
  void document_allowsNothingFromElsewhere_andNoScriptButItsImports()
      throws NoSuchAlgorithmException {
    var document = service.get("/");
    String imports =
        Pattern.compile("<script type=\"importmap\">(.*?)</script>")
            .matcher(document.text())
            .results()
            .map(found -> found.group(1))
            .findFirst()
            .orElseThrow();
    String hash =
        Base64.getEncoder()
            .encodeToString(
                MessageDigest.getInstance("SHA-256")
                    .digest(imports.getBytes(StandardCharsets.UTF_8)));

    assertThat(document.header("Content-Security-Policy"))
        .hasValue(
            "default-src 'self'; script-src 'self' 'sha256-"
                + hash
                + "'; object-src 'none'; base-uri 'none'; form-action 'none';"
                + " frame-ancestors 'none'");
    assertThat(document.text()).doesNotContain("://", "style=", "onclick", "{{");
    assertThat(Pattern.compile("<script>").matcher(document.text()).results()).isEmpty();
  }

  @Test
  void files_areKeptForEver_andSmallTogether() throws IOException {
    String document = service.get("/").text();
    var files = filesOf(document);
    long bytes = 0;
    for (String file : files) {
      var plain = service.get(file);
      var gzipped = service.get(file, "Accept-Encoding: gzip");
      assertThat(plain.status()).as(file).isEqualTo(200);
      assertThat(plain.header("Cache-Control")).hasValue("public, max-age=31536000, immutable");
      assertThat(gzipped.header("Content-Encoding")).hasValue("gzip");
      assertThat(new GZIPInputStream(new ByteArrayInputStream(gzipped.body())).readAllBytes())
          .isEqualTo(plain.body());
      bytes += gzipped.body().length;
    }
    assertThat(files).hasSizeGreaterThan(20);
    assertThat(bytes).isLessThanOrEqualTo(GZIPPED_BYTES_MOST);
  }

  @Test
  void imports_leadToFilesThatTheDocumentNames() {
    String document = service.get("/").text();
    var files = filesOf(document);
    var imports = Pattern.compile("(?:from|import)\\s*\\(?[\"'](\\.[^\"']+)[\"']");
    int found = 0;
    for (String file : files) {
      if (file.endsWith(".js")) {
        for (String to :
            imports.matcher(service.get(file).text()).results().map(MatchResult::group).toList()) {
          String name = to.substring(to.indexOf('.'), to.length() - 1);
          assertThat(files).as(file + " imports " + name).contains(resolved(file, name));
          found++;
        }
      }
    }
    assertThat(found).isGreaterThan(30);
  }

  private static String resolved(String file, String name) {
    return Path.of(file).resolveSibling(name).normalize().toString();
  }

  @Test
  void allFilesOfTheModule_areListed() throws IOException {
    var module = Path.of("../web/src/main/resources/META-INF/page");
    var listed =
        Files.readAllLines(module.resolve("files")).stream()
            .filter(line -> !line.contains("="))
            .toList();
    try (Stream<Path> files = Files.walk(module)) {
      var found =
          files
              .filter(Files::isRegularFile)
              .map(file -> module.relativize(file).toString())
              .filter(name -> !name.equals("files") && !name.equals("index.html"));
      assertThat(listed).containsExactlyInAnyOrderElementsOf(found.toList());
    }
  }

  @Test
  void whatIsKnown_isNotSentAgain() {
    String document = service.get("/").header("ETag").orElseThrow();
    String file = filesOf(service.get("/").text()).getFirst();
    String gzipped = service.get(file, "Accept-Encoding: gzip").header("ETag").orElseThrow();

    assertThat(service.get("/", "If-None-Match: " + document).status()).isEqualTo(304);
    assertThat(service.get(file, "If-None-Match: " + gzipped, "Accept-Encoding: gzip").status())
        .isEqualTo(304);
    assertThat(service.get(file, "If-None-Match: " + gzipped).status()).isEqualTo(200);
  }

  @Test
  void page_isForAll_whileQuestionsNeedAToken() throws IOException {
    Files.writeString(folder.resolve("tokens"), "");
    var usual = RunningService.USUAL.security();
    var guarded =
        new Security(
            Optional.of(folder.resolve("tokens")),
            usual.oidc(),
            usual.openMetrics(),
            usual.tls(),
            usual.allowedOrigins());
    try (var closed = RunningService.of(settings(true, guarded))) {
      var document = closed.get("/vm?vm_id=x", "Accept: text/html");
      assertThat(document.status()).isEqualTo(200);
      assertThat(document.header("X-Environment-Version")).isEmpty();
      assertThat(closed.get(filesOf(document.text()).getFirst()).status()).isEqualTo(200);
      assertThat(closed.get("/vm?vm_id=x").status()).isEqualTo(401);
      assertThat(closed.get("/", "Host: evil.example").status()).isEqualTo(421);
    }
  }

  @Test
  void withoutThePage_thereAreQuestionsOnly() {
    try (var bare = RunningService.of(settings(false, RunningService.USUAL.security()))) {
      assertThat(bare.get("/").status()).isEqualTo(404);
      assertThat(bare.get(filesOf(service.get("/").text()).getFirst()).status()).isEqualTo(404);
      assertThat(bare.get("/vm?vm_id=x", "Accept: text/html").status()).isEqualTo(406);
      assertThat(bare.get("/vm?vm_id=x").status()).isEqualTo(200);
    }
  }
}
