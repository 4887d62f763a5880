package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The rules of the repository itself, over every file that git has or would take in.
class TidyTest {
  private static final Path ROOT = Repository.root();

  /// Put together here, so that this file does not name them either.
  private static final List<String> REGISTRIES =
      List.of(
          "repo.maven" + ".apache.org",
          "repo1.maven" + ".org",
          "central.sonatype" + ".com",
          "registry.npmjs" + ".org",
          "pypi" + ".org",
          "proxy.golang" + ".org",
          "artifactory" + ".",
          "nexus" + ".");

  private static final List<Pattern> MACHINE_PATHS =
      List.of(
          machinePath("wor" + "k/"),
          machinePath("tm" + "p/"),
          machinePath("home/\\w"),
          machinePath("root/"),
          machinePath("Users/\\w"));

  private static Pattern machinePath(String path) {
    return Pattern.compile("(?<![\\w.~$}/-])/" + path);
  }

  private static final Pattern LINK = Pattern.compile("\\[[^\\]\\n]*\\]\\(([^)\\s]+)\\)");

  private static List<String> files = List.of();

  @BeforeAll
  static void listFiles() throws IOException, InterruptedException {
    files = Repository.files();
    assertThat(files).contains("pom.xml", "surfacescan", "verify");
  }

  @Test
  void files_areUtf8Text_unlessTheyAreTestInputs() {
    assertThat(texts()).allSatisfy(file -> assertThat(file.isText()).as(file.name()).isTrue());
  }

  /// Elsewhere they would not be tried, and no test would say so.
  @Test
  void inputsThatAFuzzerFound_lieBesideTheirTarget() throws IOException {
    var input = Pattern.compile("fuzz/src/test/resources/(.*)Inputs/(\\w+)/[^/]+");
    int found = 0;
    for (String file : files) {
      var place = input.matcher(file);
      if (place.matches()) {
        var target = ROOT.resolve("fuzz/src/test/java/" + place.group(1) + ".java");
        assertThat(target).as(file).exists();
        assertThat(Files.readString(target)).as(file).contains("void " + place.group(2) + "(");
        found++;
      }
    }
    assertThat(found).isPositive();
  }

  @Test
  void files_haveUnixLines_andEndInOneNewline() {
    assertThat(texts())
        .allSatisfy(file ->
            assertThat(file.text())
                .as(file.name())
                .doesNotContain("\r")
                .matches("(?s)|.*[^\\n]\\n"));
  }

  @Test
  void files_nameNoMachine() {
    assertThat(texts())
        .allSatisfy(file ->
            assertThat(
                    MACHINE_PATHS.stream()
                        .flatMap(path -> path.matcher(file.text()).results())
                        .map(MatchResult::group))
                .as(file.name())
                .isEmpty());
  }

  @Test
  void files_nameNoRegistry() {
    assertThat(texts())
        .allSatisfy(file ->
            assertThat(REGISTRIES).as(file.name()).noneMatch(host -> file.text().contains(host)));
  }

  @Test
  void poms_nameNoRepository() {
    assertThat(texts().filter(file -> file.name().endsWith("pom.xml")))
        .isNotEmpty()
        .allSatisfy(pom ->
            assertThat(pom.text())
                .as(pom.name())
                .doesNotContain("<repository>", "<pluginRepository>", "<mirror>"));
  }

  @Test
  void files_areSources() {
    assertThat(files)
        .noneMatch(file -> file.matches("(.*/)?(target|\\.build|node_modules|\\.idea)/.*"))
        .noneMatch(file -> file.matches(".*\\.(jar|class|zip|gz|so|exe|log|iml|aot|jsa)"));
  }

  @Test
  void scripts_areExecutable() {
    var scripts = texts().filter(file -> file.text().startsWith("#!")).map(Text::name).toList();

    assertThat(scripts)
        .contains("surfacescan", "verify", ".ci/run")
        .allMatch(script -> Files.isExecutable(ROOT.resolve(script)));
  }

  @Test
  void packages_areNullMarkedAndExplained() throws IOException {
    for (String module : modules()) {
      try (Stream<Path> sources = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        assertThat(
                sources
                    .filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct())
            .isNotEmpty()
            .allSatisfy(folder ->
                assertThat(folder.resolve("package-info.java"))
                    .content()
                    .startsWith("/// ")
                    .doesNotContain("Placeholder")
                    .contains("\n@NullMarked\n"));
      }
    }
  }

  private static List<String> modules() throws IOException {
    return Pattern.compile("<module>(\\w+)</module>")
        .matcher(Files.readString(ROOT.resolve("pom.xml")))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @Test
  void links_ofThePages_leadToFiles() {
    var broken = new ArrayList<String>();
    texts()
        .filter(file -> file.name().endsWith(".md"))
        .forEach(page -> page.brokenLinks().forEach(link -> broken.add(page.name() + ": " + link)));

    assertThat(broken).isEmpty();
  }

  @Test
  void names_sayWhatAThingIs_notWhichLayerItIsIn() {
    assertThat(files)
        .noneMatch(file -> file.matches(".*(Impl|Utils?|Helper|Manager|Processor)\\.java"));
  }

  private record Text(String name, String text, boolean isText) {
    static Text of(String file) {
      try {
        byte[] bytes = Files.readAllBytes(ROOT.resolve(file));
        return new Text(file, new String(bytes, StandardCharsets.UTF_8), isText(bytes));
      } catch (IOException e) {
        throw new AssertionError(file, e);
      }
    }

    private static boolean isText(byte[] bytes) {
      try {
        return StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(bytes))
            .chars()
            .noneMatch(c -> c == 0);
      } catch (CharacterCodingException e) {
        return false;
      }
    }

    List<String> brokenLinks() {
      return LINK.matcher(text)
          .results()
          .map(found -> found.group(1))
          .filter(link -> !link.matches("[a-z]+:.*|#.*"))
          .filter(link ->
              !Files.exists(ROOT.resolve(name).resolveSibling(link.replaceFirst("#.*", ""))))
          .toList();
    }
  }

  /// All files but the inputs of tests, which may be odd on purpose.
  private static Stream<Text> texts() {
    return files.stream().filter(file -> !file.contains("/src/test/resources/")).map(Text::of);
  }
}
