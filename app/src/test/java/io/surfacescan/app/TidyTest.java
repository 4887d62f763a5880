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
import java.util.Set;
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

  /// Words that make a riddle of a sentence. What a text says of them is in CONTRIBUTING.md.
  private static final Pattern BANNED =
      Pattern.compile(
          "(?i)\\b(whoever|nobody|tells?|told|telling|dear|is had|are had|as many as|so many"
              + "|there is none)\\b");

  private static final int WORDS_MOST = 25;

  private static final Pattern LITERAL =
      Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"(?:\\s*\\+\\s*\"((?:[^\"\\\\\n]|\\\\.)*)\")*");

  private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```$");

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
        // They have no Java.
        .filter(module -> !Set.of("web", "lint").contains(module))
        .toList();
  }

  @Test
  void links_ofThePages_leadToFiles() {
    var broken = new ArrayList<String>();
    pages()
        .forEach(page -> page.brokenLinks().forEach(link -> broken.add(page.name() + ": " + link)));

    assertThat(broken).isEmpty();
  }

  /// Tables and links cannot be broken; what stands in a block of code is as it was written.
  @Test
  void pages_wrapAt120() {
    var wide = new ArrayList<String>();
    pages()
        .filter(page -> !page.name().equals("THIRD-PARTY.md"))
        .forEach(page ->
            page.prose()
                .lines()
                .filter(line -> !line.startsWith("|") && !line.startsWith("#"))
                .filter(line -> line.codePointCount(0, line.length()) > 120)
                .filter(line -> line.strip().contains(" "))
                .forEach(line -> wide.add(page.name() + ": " + line)));

    assertThat(wide).isEmpty();
  }

  @Test
  void pagesForUsers_useNoBannedWord() {
    var found = new ArrayList<String>();
    pagesForUsers()
        .forEach(page ->
            BANNED
                .matcher(page.prose().replaceAll("`[^`]*`", "X"))
                .results()
                .forEach(word -> found.add(page.name() + ": " + word.group())));

    assertThat(found).isEmpty();
  }

  /// A name in code counts as one word. Tables and headings are no sentences.
  @Test
  void pagesForUsers_haveShortSentences() {
    var tooLong = new ArrayList<String>();
    int sentences = 0;
    for (var page : pagesForUsers().toList()) {
      for (String sentence : page.sentences()) {
        sentences++;
        if (sentence.strip().split("\\s+").length > WORDS_MOST) {
          tooLong.add(page.name() + ": " + sentence.strip());
        }
      }
    }

    assertThat(sentences).isGreaterThan(500);
    assertThat(tooLong).isEmpty();
  }

  /// What the program prints, logs and answers is made of these.
  @Test
  void messages_useNoBannedWord() {
    var found = new ArrayList<String>();
    texts()
        .filter(file -> file.name().matches("(?!bench|fuzz|load|stress|testkit).*/src/main/.*java"))
        .forEach(file ->
            LITERAL
                .matcher(file.text())
                .results()
                .map(literal -> literal.group().replaceAll("\"\\s*\\+\\s*\"", ""))
                .filter(literal -> BANNED.matcher(literal).find())
                .forEach(literal -> found.add(file.name() + ": " + literal)));

    assertThat(found).isEmpty();
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

    /// Without what stands between fences.
    String prose() {
      return FENCED.matcher(text).replaceAll("");
    }

    /// The sentences outside of tables and headings, without their code and the targets of links.
    List<String> sentences() {
      var sentences = new ArrayList<String>();
      for (String part : prose().split("\\n\\s*\\n|\\n(?=\\s*[-*] |\\||#|\\s*\\d+\\. )", -1)) {
        if (!part.strip().startsWith("|") && !part.strip().startsWith("#")) {
          String plain = part.replaceAll("`[^`]*`", "X").replaceAll("\\]\\([^)]*\\)", "]");
          sentences.addAll(List.of(plain.split("(?<=[.!?:;])\\s+")));
        }
      }
      return sentences;
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

  /// All pages but those for developers, and the record of changes.
  private static Stream<Text> pagesForUsers() {
    return pages()
        .filter(
            page -> !page.name().matches("docs/(adr|performance)/.*|CHANGELOG.md|THIRD-PARTY.md"));
  }

  private static Stream<Text> pages() {
    return texts().filter(file -> file.name().endsWith(".md"));
  }

  /// All files but the inputs of tests, which may be odd on purpose, and pictures.
  private static Stream<Text> texts() {
    return files.stream()
        .filter(file -> !file.contains("/src/test/resources/") && !file.endsWith(".png"))
        .map(Text::of);
  }

  @Test
  void pictures_areSmall_andShownByAPage() throws IOException {
    var pictures = files.stream().filter(file -> file.endsWith(".png")).toList();
    assertThat(pictures).isNotEmpty();
    for (String picture : pictures) {
      assertThat(Files.size(ROOT.resolve(picture))).as(picture).isLessThanOrEqualTo(200_000);
      assertThat(pages().map(Text::text))
          .as(picture)
          .anyMatch(page -> page.contains("](" + picture));
    }
  }
}
