package io.surfacescan.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page as somebody uses it: the packaged program on the sample environment, in a browser.
///
/// What a screen reader is given of each screen stands in `src/test/resources/page`; to renew it
/// after a wanted change, run the test with `-Dsurfacescan.golden=renew`.
class PageIT {
  private static final String TARGET = "vm-b126aa";

  private static final Map<String, String> VIEWS =
      ordered(
          "overview", "",
          "vms-of-a-tag", "?tag=customer-db&sort=id",
          "vm", "vm?vm_id=" + TARGET,
          "vm-out", "vm?vm_id=vm-99487f&direction=out",
          "vm-picked", "vm?vm_id=" + TARGET + "&pick=1%3Aapp-prod",
          "vm-lit", "vm?vm_id=" + TARGET + "&lit=vm-c170d5&table=groups",
          "vm-of-a-service", "vm?vm_id=" + TARGET + "&service=tcp%2F22&certain=true",
          "vm-without-attackers", "vm?vm_id=vm-99487f",
          "path", "path?from=vm-1625bd&to=" + TARGET,
          "path-routes", "path?from=vm-720e37&to=vm-88a7e5&route=2",
          "no-path", "path?from=" + TARGET + "&to=vm-1625bd",
          "what-if", "what-if?remove_rule=fw-724b693&vm_id=" + TARGET,
          "what-if-of-nothing", "what-if",
          "rules", "rules?tag=prod&sort=only",
          "unused-rules", "rules?unused=true",
          "changes", "changes");

  /// Those that differ in what they consist of.
  private static final List<String> KINDS_OF_VIEW =
      List.of(
          "vms-of-a-tag",
          "vm",
          "vm-lit",
          "vm-out",
          "vm-without-attackers",
          "path-routes",
          "no-path",
          "what-if",
          "rules",
          "changes");

  private static final List<String> COLOURS = List.of("color-contrast", "link-in-text-block");

  /// Follows a link within the page.
  private static final String FOLLOW =
      "to => { const link = document.createElement('a'); link.href = to;"
          + " document.body.append(link); link.click(); link.remove(); }";

  @TempDir static Path folder;
  private static ServedProgram served;
  private static PageBrowser browser;
  private static String base;

  private static Map<String, String> ordered(String... words) {
    var map = new LinkedHashMap<String, String>();
    for (int i = 0; i < words.length; i += 2) {
      map.put(words[i], words[i + 1]);
    }
    return map;
  }

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    browser = PageBrowser.start();
    served = ServedProgram.start(folder, Repository.root(), "--data", "data", "--port", "0");
    base = "http://127.0.0.1:" + served.port() + "/";
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (served != null) {
      served.close();
    }
  }

  @AfterEach
  void nothingFailedInThePage() {
    browser.check();
  }

  private static Page open(Page page, String view) {
    page.navigate(base + view);
    settle(page);
    return page;
  }

  private static Page open(String view) {
    return open(browser.tab(), view);
  }

  /// Waits until all calls of the page are answered and shown.
  static void settle(Page page) {
    assertThat(page.locator("body:not([data-busy]) main h1").first()).isAttached();
  }

  private static Locator panel(Page page, String title) {
    return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(title));
  }

  @Test
  void fromTheFirstLook_toTheRuleToClose_andWhatThatChanges() {
    var page = open("");
    panel(page, "Most exposed").getByRole(AriaRole.LINK).getByText("prod-customer-db-1").click();

    assertThat(page.locator("h1")).containsText("prod-customer-db-1");
    assertThat(page.locator(".verdict")).containsText("33");
    assertThat(page.locator(".verdict")).containsText("8 directly");
    var best = panel(page, "Close one rule").getByRole(AriaRole.LISTITEM).first();
    assertThat(best).containsText("fw-68937c6");
    assertThat(best).containsText("26");
    best.getByText("What if").click();

    var result = panel(page, "Before and after");
    assertThat(result.locator(".beforeafter").first()).containsText("33 attackers before");
    assertThat(result.locator(".beforeafter").first()).containsText("7 after");
    page.goBack();
    assertThat(page.locator("h1")).containsText("prod-customer-db-1");
    page.goBack();
    assertThat(panel(page, "Most exposed")).isVisible();
    page.goForward();
    assertThat(page.locator(".verdict")).containsText("33");
  }

  @Test
  void search_findsVmsTagsAndRules() {
    var page = open("");
    page.keyboard().press("/");
    page.keyboard().type("customer-db");
    var found = page.getByRole(AriaRole.OPTION);
    assertThat(found.filter(new Locator.FilterOptions().setHasText("prod-customer-db-1")))
        .isVisible();
    assertThat(found.filter(new Locator.FilterOptions().setHasText("tag")).first()).isVisible();
    found.filter(new Locator.FilterOptions().setHasText("prod-customer-db-1")).click();
    assertThat(page.locator("h1")).containsText("prod-customer-db-1");

    page.keyboard().press("/");
    page.keyboard().type("nothing is called like this");
    assertThat(page.locator(".search .none")).containsText("Nothing is called");
  }

  @Test
  void picture_showsEveryGroup_andLightsAPath() {
    var page = open("vm?vm_id=" + TARGET);
    var cards = page.locator("scan-picture .card:not(.vm)");
    long vms = 0;
    for (String amount : cards.locator(".amount").allTextContents()) {
      vms += Long.parseLong(amount.replace(",", ""));
    }
    assertThat(vms).as("the cards together").isEqualTo(33);

    page.locator("[data-card='1:app-prod']").click();
    assertThat(panel(page, "app-prod")).containsText("fw-68937c6");
    assertThat(page.locator("[data-card='1:app-prod']")).hasAttribute("aria-pressed", "true");
    assertThat(page.locator("[data-card='2:ops']"))
        .hasClass(java.util.regex.Pattern.compile("\\bdim\\b"));
    page.keyboard().press("Escape");
    assertThat(page.locator(".card.dim")).hasCount(0);

    panel(page, "Attackers")
        .getByRole(AriaRole.ROW)
        .filter(new Locator.FilterOptions().setHasText("vm-99487f"))
        .getByText("Light")
        .click();
    assertThat(panel(page, "Lit path")).containsText("fw-efd8a31");
    assertThat(page.locator(".ribbon.hot")).hasCount(2);
  }

  @Test
  void path_saysWhatStopsIt_hopByHop() {
    var page = open("path?from=vm-1625bd&to=" + TARGET);
    assertThat(page.locator("p.answer")).containsText("YES in 6 hops");
    assertThat(page.locator(".hops > li")).hasCount(7);
    assertThat(page.locator(".close").first()).containsText("no path is left");

    page.getByText("The other way").click();
    assertThat(page.locator("p.answer")).containsText("NO");
    assertThat(page.locator(".reasons")).containsText("No VM can attack laptop-reception");
  }

  @Test
  void keysAlone_leadFromTheSearchToTheRuleToClose() {
    var page = open("");
    page.keyboard().press("/");
    page.keyboard().type(TARGET);
    assertThat(page.getByRole(AriaRole.OPTION).first()).isVisible();
    page.keyboard().press("ArrowDown");
    page.keyboard().press("Enter");
    assertThat(page.locator("h1")).containsText("prod-customer-db-1");
    settle(page);

    page.keyboard().press("ArrowRight");
    assertThat(page.locator("[data-card]:focus")).hasCount(1);
    page.keyboard().press("End");
    page.keyboard().press("ArrowRight");
    String card = page.locator("[data-card]:focus").getAttribute("data-card");
    page.keyboard().press("Enter");
    assertThat(page.locator("[data-card][aria-pressed=true]")).hasAttribute("data-card", card);
    page.keyboard().press("p");
    assertThat(page.locator("p.answer")).containsText("YES");
    page.goBack();
    settle(page);
    page.keyboard().press("d");
    assertThat(page.locator(".verdict")).containsText("it can attack");
    settle(page);
    page.keyboard().press("t");
    assertThat(page.locator(".scroll:focus")).hasCount(1);
    page.keyboard().press("w");
    assertThat(page.locator("h1")).hasText("What if");
    page.keyboard().press("?");
    assertThat(page.locator("#keys")).isVisible();
    page.keyboard().press("Escape");
    assertThat(page.locator("#keys")).isHidden();
  }

  @Test
  void copies_areTheViewInOtherForms() {
    var page = open("vm?vm_id=" + TARGET + "&service=ssh");
    var copies = new LinkedHashMap<String, String>();
    for (String form : List.of("Link", "Command", "curl", "JSON", "Mermaid", "SVG")) {
      page.getByText("Copy as").click();
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(form).setExact(true))
          .click();
      assertThat(page.locator(".said")).hasText(form + " copied");
      copies.put(form, String.valueOf(page.evaluate("navigator.clipboard.readText()")));
    }

    assertThat(copies.get("Link")).isEqualTo(page.url());
    assertThat(copies.get("Command")).startsWith("surfacescan surface vm-b126aa --service ssh");
    assertThat(copies.get("curl"))
        .startsWith("curl '" + base + "surface?vm_id=vm-b126aa&service=ssh");
    assertThat(copies.get("JSON")).startsWith("{\"vm_id\":\"vm-b126aa\"");
    assertThat(copies.get("Mermaid")).startsWith("flowchart");
    assertThat(copies.get("SVG"))
        .startsWith("<svg")
        .doesNotContain("class=", "<!--")
        .contains("app-prod");
  }

  @Test
  void tables_areSavedWhole() throws IOException {
    var page = open("vm?vm_id=" + TARGET);
    var saved = page.waitForDownload(() -> panel(page, "Attackers").getByText("CSV").click());

    assertThat(saved.suggestedFilename()).isEqualTo("attackers.csv");
    assertThat(Files.readAllLines(saved.path())).hasSize(34);
  }

  @Test
  void everyView_openedAnew_isTheSame_andAsWritten() throws IOException {
    var differing = new ArrayList<String>();
    var walking = open("");
    for (var view : VIEWS.entrySet()) {
      // Once within a page that was elsewhere before, once in a tab of its own.
      walking.evaluate(FOLLOW, base + view.getValue());
      settle(walking);
      String seen = seen(walking);
      String anew = seen(open(view.getValue()));
      assertThat(anew).as(view.getKey()).isEqualTo(seen);
      var golden =
          Repository.root().resolve("app/src/test/resources/page/" + view.getKey() + ".yaml");
      if ("renew".equals(System.getProperty("surfacescan.golden"))) {
        Files.createDirectories(golden.getParent());
        Files.writeString(golden, seen);
      } else if (!Files.readString(golden).equals(seen)) {
        differing.add(view.getKey());
        assertThat(seen).as(view.getKey()).isEqualTo(Files.readString(golden));
      }
    }
    assertThat(differing).isEmpty();
  }

  /// What a screen reader is given, but for what differs from run to run.
  private static String seen(Page page) {
    return page.locator("main")
            .ariaSnapshot()
            .replaceAll("Loaded [^\\n]*? ms", "Loaded …")
            .replaceAll(":\\d{2,5}/", ":…/")
        + "\n";
  }

  @Test
  void axe_findsNothing_inEitherScheme() {
    var page = browser.tab();
    for (String view : KINDS_OF_VIEW) {
      open(page, requireNonNull(VIEWS.get(view)));
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
      assertThat(found(new AxeBuilder(page))).as(view).isEmpty();
      // The other scheme has other colours, and all else alike.
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
      assertThat(found(new AxeBuilder(page).withRules(COLOURS))).as(view).isEmpty();
    }
  }

  private static List<String> found(AxeBuilder axe) {
    return axe.setLegacyMode(true).analyze().getViolations().stream()
        .map(one -> one.getId() + " " + one.getNodes().getFirst().getHtml())
        .toList();
  }

  @Test
  void aPhone_andTwiceTheSize_needNoScrollingSideways() {
    for (int width : List.of(375, 720)) {
      var page = browser.tab(width, 800, ColorScheme.LIGHT);
      for (String view : KINDS_OF_VIEW) {
        open(page, requireNonNull(VIEWS.get(view)));
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
            .as(view + " at " + width)
            .isEqualTo(true);
      }
    }
  }
}
