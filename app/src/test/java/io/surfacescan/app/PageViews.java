package io.surfacescan.app;

import static io.surfacescan.app.PageWorlds.TARGET;
import static io.surfacescan.app.PageWorlds.open;
import static io.surfacescan.app.PageWorlds.sample;
import static io.surfacescan.app.PageWorlds.settle;
import static io.surfacescan.app.PageWorlds.tab;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    var walking = open(sample());
    var anew = tab();
    for (var view : VIEWS.entrySet()) {
      String name = view.getKey();
      // Once within a page that was elsewhere before, once loaded as a whole.
      walking.evaluate(FOLLOW, sample() + view.getValue());
      settle(walking);
      String seen = seen(walking);
      assertThat(seen(open(anew, sample() + view.getValue()))).as(name).isEqualTo(seen);
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

  /// A phone, and a usual screen at twice the size, need no scrolling sideways.
  private static void checkWidths(Page page, String view) {
    for (int width : List.of(375, 720, 1440)) {
      page.setViewportSize(width, 900);
      assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .as(view + " at " + width)
          .isEqualTo(true);
    }
  }
}
