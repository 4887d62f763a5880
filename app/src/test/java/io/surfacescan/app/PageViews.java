package io.surfacescan.app;

import static io.surfacescan.app.PageWorlds.TARGET;
import static io.surfacescan.app.PageWorlds.open;
import static io.surfacescan.app.PageWorlds.sample;
import static io.surfacescan.app.PageWorlds.settle;
import static io.surfacescan.app.PageWorlds.tab;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Each view of the page. A link opens the same view anew, and a screen reader reads what the
/// golden file says. axe finds no fault in either scheme. The view works by keys, on a phone and at
/// twice the size.
interface PageViews {
  Map<String, String> VIEWS =
      ordered(
          "overview", "",
          "vms-of-a-tag", "?tag=customer-db&sort=name",
          "vms-by-attackers", "?min_attackers=1&max_attackers=9&sort=direct-attackers",
          "vm", "vm?vm_id=" + TARGET,
          "vm-by-tag", "vm?vm_id=" + TARGET + "&by=tag",
          "vm-out", "vm?vm_id=vm-99487f&direction=out&sort=name",
          "vm-picked", "vm?vm_id=" + TARGET + "&by=tag&pick=1%3Aapp-prod&group=1%3Aapp-prod",
          "vm-lit", "vm?vm_id=" + TARGET + "&lit=vm-c170d5&table=groups&sort=vms",
          "vm-of-a-service", "vm?vm_id=" + TARGET + "&service=tcp%2F22&certain=true",
          "vm-without-attackers", "vm?vm_id=vm-99487f",
          "path", "path?from=vm-1625bd&to=" + TARGET + "&explain=2",
          "path-routes", "path?from=vm-720e37&to=vm-88a7e5&route=2",
          "no-path", "path?from=" + TARGET + "&to=vm-1625bd&explain=0",
          "what-if", "what-if?remove_rule=fw-724b693&vm_id=" + TARGET,
          "what-if-of-nothing", "what-if",
          "rules", "rules?tag=prod&sort=only",
          "unused-rules", "rules?unused=true",
          "findings", "findings",
          "changes", "changes");

  /// Those that differ in what they consist of.
  List<String> KINDS =
      List.of(
          "vms-of-a-tag",
          "vm",
          "vm-picked",
          "vm-lit",
          "vm-without-attackers",
          "path-routes",
          "no-path",
          "what-if",
          "rules",
          "findings",
          "changes");

  /// The address of a view below that of the service.
  Pattern SCREEN = Pattern.compile("(|vm|path|what-if|rules|findings|changes)(?:\\?([^#]*))?");

  /// Follows a link within the page.
  String FOLLOW =
      "to => { const link = document.createElement('a'); link.href = to;"
          + " document.body.append(link); link.click(); link.remove(); }";

  /// What can be clicked and cannot be reached by keys, or does not show that it has been.
  String UNREACHED =
      """
      () => [...document.querySelectorAll('a[href], button:enabled, input, select, summary, [role=button]')]
        .filter(one => one.checkVisibility())
        .filter(one => {
          one.focus();
          const style = getComputedStyle(one.matches('.card') ? one.querySelector('.face') : one);
          const shown = one.matches('.card') ? style.strokeWidth === '2.5px' : style.outlineStyle !== 'none';
          return document.activeElement !== one || !shown
            || one.tabIndex < 0 && !one.matches('.card') || one.tabIndex > 0;
        })
        .map(one => one.outerHTML.slice(0, 120))
      """;

  /// Parameters whose values choose what a view consists of; those of others are ids, names,
  /// places.
  Set<String> CHOICES =
      Set.of("by", "certain", "direction", "explain", "route", "sort", "table", "unused");

  /// The addresses that links lead to.
  String LINKS = "[...document.querySelectorAll('a[href]')].map(one => one.href)";

  /// The addresses of some that are not answered well.
  String UNANSWERED =
      """
      async links => (await Promise.all(links.map(async link => [link, (await fetch(link)).status])))
        .filter(([, status]) => status !== 200)
        .map(([link, status]) => link + ' ' + status)
      """;

  private static Map<String, String> ordered(String... words) {
    var map = new LinkedHashMap<String, String>();
    for (int i = 0; i < words.length; i += 2) {
      map.put(words[i], words[i + 1]);
    }
    return map;
  }

  @Test
  default void everyView_isTheSameOpenedAnew_asWritten_andForEverybody() throws IOException {
    var differing = new ArrayList<String>();
    var toFollow = new LinkedHashMap<String, String>();
    var others = new LinkedHashSet<String>();
    var walking = open(sample());
    var anew = tab();
    for (var view : VIEWS.entrySet()) {
      String name = view.getKey();
      // Once within a page that was elsewhere before, once loaded as a whole.
      walking.evaluate(FOLLOW, sample() + view.getValue());
      settle(walking);
      String seen = seen(walking);
      assertThat(seen(open(anew, sample() + view.getValue()))).as(name).isEqualTo(seen);
      links(walking, toFollow, others);
      if (!isAsWritten(name, seen)) {
        differing.add(name);
      }
      checkWidths(anew, name);
      if (KINDS.contains(name)) {
        checkSchemes(anew, name);
        // After a key, focus is shown.
        anew.keyboard().press("Tab");
        assertThat(anew.evaluate(UNREACHED)).as(name).isEqualTo(List.of());
      }
    }
    assertThat(differing)
        .as("Views that differ; read the difference after -Dsurfacescan.golden=renew")
        .isEmpty();
    checkLinks(walking, toFollow, others);
  }

  /// Notes where the links of a view lead: to views, one for each kind, and to other answers.
  private static void links(Page page, Map<String, String> toFollow, Set<String> others)
      throws IOException {
    for (var link : (List<?>) page.evaluate(LINKS)) {
      String to = (String) link;
      var found = SCREEN.matcher(to.substring(Math.min(to.length(), sample().length())));
      if (to.startsWith(sample()) && found.matches()) {
        var kind = new TreeSet<String>();
        for (String part : String.valueOf(found.group(2)).split("&", -1)) {
          String name = part.replaceFirst("=.*", "");
          kind.add(CHOICES.contains(name) ? part : name);
        }
        toFollow.putIfAbsent(found.group(1) + kind, to);
      } else if (!to.contains("#")) {
        others.add(to);
      }
    }
  }

  private static void checkLinks(Page page, Map<String, String> toFollow, Set<String> others) {
    assertThat(toFollow).hasSizeGreaterThan(40);
    toFollow.forEach((kind, link) -> {
      page.evaluate(FOLLOW, link);
      settle(page);
      assertThat(page.url()).isEqualTo(link);
      assertThat(page.locator("main h1").first().textContent()).as(link).isNotBlank();
      assertThat(page.locator("main [role=alert]").allTextContents()).as(link).isEmpty();
    });
    assertThat(others).isNotEmpty();
    assertThat(page.evaluate(UNANSWERED, List.copyOf(others))).isEqualTo(List.of());
  }

  /// What a screen reader is given, but for what differs from run to run.
  private static String seen(Page page) {
    return page.locator("main")
            .ariaSnapshot()
            .replaceAll("Loaded [^\\n]*? ms", "Loaded …")
            .replaceAll("\\S*/policy.yaml", "…/policy.yaml")
            .replaceAll(":\\d{2,5}/", ":…/")
        + "\n";
  }

  private static boolean isAsWritten(String view, String seen) throws IOException {
    var golden = Repository.root().resolve("app/src/test/resources/page/" + view + ".yaml");
    if ("renew".equals(System.getProperty("surfacescan.golden"))) {
      Files.createDirectories(golden.getParent());
      Files.writeString(golden, seen);
    }
    return Files.exists(golden) && Files.readString(golden).equals(seen);
  }

  private static void checkSchemes(Page page, String view) {
    for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      var axe = new AxeBuilder(page).setLegacyMode(true);
      if (scheme == ColorScheme.DARK) {
        // Of all rules the only one that colours change.
        axe.withRules(List.of("color-contrast"));
      }
      var found =
          axe.analyze().getViolations().stream()
              .map(one -> one.getId() + " " + one.getNodes().getFirst().getHtml())
              .toList();
      assertThat(found).as(view + " " + scheme).isEmpty();
    }
  }

  /// A phone, a usual screen at twice the size and paper need no scrolling sideways; paper has
  /// nothing to press.
  private static void checkWidths(Page page, String view) {
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    // A4 without its margins.
    page.setViewportSize(688, 900);
    checkWidth(page, view + " printed");
    assertThat(page.locator(".top, form button").all()).noneMatch(Locator::isVisible);
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
    for (int width : List.of(375, 720, 1440)) {
      page.setViewportSize(width, 900);
      checkWidth(page, view + " at " + width);
    }
  }

  private static void checkWidth(Page page, String where) {
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .as(where)
        .isEqualTo(true);
  }
}
