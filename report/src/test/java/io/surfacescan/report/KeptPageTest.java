package io.surfacescan.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.engine.Deadline;
import io.surfacescan.engine.Exposures;
import io.surfacescan.engine.Progress;
import io.surfacescan.engine.SurfaceGroups;
import io.surfacescan.engine.SurfaceGroups.Direction;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.Services;
import io.surfacescan.questions.Provenance;
import io.surfacescan.questions.VmSequence;
import io.surfacescan.report.format.Document;
import io.surfacescan.report.format.Format;
import io.surfacescan.testkit.RandomDetails;
import io.surfacescan.testkit.Seeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/// Answers as pictures and pages by themselves, for people to keep.
class KeptPageTest {
  /// All that there is of markup in a page; whatever else starts with `<` would come from a text.
  private static final Set<String> ELEMENTS =
      Set.of(
          "!DOCTYPE",
          "html",
          "head",
          "meta",
          "title",
          "style",
          "body",
          "main",
          "h1",
          "h2",
          "p",
          "div",
          "table",
          "thead",
          "tbody",
          "tr",
          "th",
          "td",
          "dl",
          "dt",
          "dd",
          "svg",
          "defs",
          "marker",
          "path",
          "rect",
          "g",
          "text");

  private static final Pattern ELEMENT = Pattern.compile("<(?!/)([!A-Za-z0-9]*)");

  private static SurfacePicture surface(Environment environment, int vm, int limit) {
    var graph = AttackGraph.of(environment);
    return new SurfacePicture(
        environment,
        SurfaceGroups.of(graph, vm, Direction.IN, Integer.MAX_VALUE, limit, Deadline.NONE));
  }

  private static EnvironmentReport report(Environment environment) {
    var exposures = Exposures.of(AttackGraph.of(environment), Deadline.NONE, Progress.NONE);
    return new EnvironmentReport(
        exposures,
        Optional.empty(),
        Optional.empty(),
        VmSequence.of(IntStream.range(0, environment.vmCount()).toArray()));
  }

  private static String html(Document document, Environment environment, Optional<String> date)
      throws IOException {
    var provenance =
        new Provenance(environment, "0d951d61ee12", "surface", Map.of("service", "<tcp/22>"), date);
    return written(new Evidence(document, provenance), Format.HTML);
  }

  private static String written(Document document, Format format) throws IOException {
    var out = new ByteArrayOutputStream();
    document.write(out, format);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String plain(String page) {
    return page.replaceAll("<style>.*?</style>", "").replaceAll("<[^>]*>", " ");
  }

  @Test
  void svg_isXml_withACardForEachGroup_andALineForEachEdge() {
    Seeds.check(
        60,
        seed -> {
          var environment = RandomDetails.of(seed);
          var picture = surface(environment, (int) (seed % environment.vmCount()), 3);
          byte[] svg = written(picture, Format.SVG).getBytes(StandardCharsets.UTF_8);
          var drawn =
              DocumentBuilderFactory.newInstance()
                  .newDocumentBuilder()
                  .parse(new ByteArrayInputStream(svg));
          // The ground is a rectangle, and the head of an arrow a path.
          assertThat(drawn.getElementsByTagName("rect").getLength())
              .isEqualTo(picture.surface().groups().size() + 2);
          assertThat(drawn.getElementsByTagName("path").getLength())
              .isEqualTo(picture.surface().edges().size() + 1);
        });
  }

  @Test
  void html_showsHostileTextsAsText() throws IOException {
    String hostile = "<script>alert('x')</script>\" onload=\"y & \u202ez";
    var environment =
        new EnvironmentBuilder()
            .vm("a", hostile, List.of(hostile))
            .vm(hostile, hostile, List.of("db"))
            .rule(
                new FirewallRule(
                    Optional.of(hostile), hostile, "db", Services.ALL, Optional.of(hostile)))
            .rule(hostile, "nobody" + hostile, "db")
            .build();
    for (var document : List.of(surface(environment, 1, 50), report(environment))) {
      String page = html(document, environment, Optional.of(hostile));
      var elements = new TreeSet<String>();
      var element = ELEMENT.matcher(page);
      while (element.find()) {
        elements.add(element.group(1));
      }
      assertThat(ELEMENTS).containsAll(elements);
      assertThat(elements).contains("h1", "td", "dd");
      assertThat(page)
          .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot; onload=&quot;y &amp; ")
          .doesNotContain("\u202e", "onload=\"");
    }
  }

  @Test
  void html_asksForNothing_andRunsNothing() throws IOException, NoSuchAlgorithmException {
    var environment = RandomDetails.of(3);
    String page = html(surface(environment, 0, 50), environment, Optional.empty());
    int start = page.indexOf("<style>") + "<style>".length();
    byte[] style =
        page.substring(start, page.indexOf("</style>", start)).getBytes(StandardCharsets.UTF_8);
    String hash =
        Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(style));
    assertThat(page)
        .contains(
            "content=\"default-src 'none'; style-src 'sha256-"
                + hash
                + "'; base-uri 'none'; form-action 'none'\"")
        .doesNotContain("://", "<script", "<link", "src=", " style=")
        .containsOnlyOnce("<style>");
  }

  @Test
  void html_saysWhatItRestsOn() throws IOException {
    var environment =
        new EnvironmentBuilder()
            .vm("a", "s")
            .vm("x", "d")
            .rule(
                new FirewallRule(
                    Optional.of("fw-1"), "s", "d", Services.ALL, Optional.of("no routes")))
            .build();
    String page = plain(html(surface(environment, 1, 50), environment, Optional.of("2026-11-30")));
    assertThat(page.replaceAll("\\s+", " "))
        .contains("Attack surface of x")
        .contains("x can be attacked by 1 VM over at most 1 hop.")
        .contains("1 of them directly, in one hop.")
        .contains("Date 2026-11-30")
        .contains("Program surfacescan ")
        .contains("Environment 2 VMs, 1 rule, version 0d951d61ee12".replace("1 rule", "1 rules"))
        .contains("service &lt;tcp/22&gt;")
        .contains("1 rule no routes");
    assertThat(
            plain(html(report(environment), environment, Optional.empty())).replaceAll("\\s+", " "))
        .contains("1 of 2 VMs can be attacked, over 1 pair of attacker and target.")
        .contains("Date none was given")
        .contains("x 1 1 0 0 no");
  }

  @Test
  void html_hasAtMostTwoMegabytes_whateverTheEnvironment() throws IOException {
    String huge = "<&\u0001é".repeat(5_000);
    var builder = new EnvironmentBuilder().vm("x", "db");
    for (int i = 0; i < 600; i++) {
      builder.vm(i + huge, huge + i, List.of(i + huge));
      builder.rule(i + huge, i + huge, "db");
      builder.rule(null, i + huge, (i + 1) % 600 + huge);
    }
    var environment = builder.build();
    for (var document : List.of(surface(environment, 0, 500), report(environment))) {
      String page = html(document, environment, Optional.of(huge));
      assertThat(page.getBytes(StandardCharsets.UTF_8).length).isBetween(300_000, 2_000_000);
      assertThat(page).contains("What is assumed").endsWith("</html>\n");
    }
  }

  @Test
  void html_countsTheRowsThatItHasNoRoomFor() throws IOException {
    var builder = new EnvironmentBuilder();
    IntStream.range(0, 5_002).forEach(i -> builder.vm("vm-" + i, "s"));
    var environment = builder.rule("fw-1", "s", "s").build();
    assertThat(html(report(environment), environment, Optional.empty()))
        .contains("<p>and 2 more</p>");
  }

  @Test
  void html_isTheSameEveryTime() throws IOException {
    var environment = RandomDetails.of(5);
    assertThat(html(report(environment), environment, Optional.empty()))
        .isEqualTo(html(report(environment), environment, Optional.empty()));
  }
}
