package io.surfacescan.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page where not all is well: nothing there, slow, refused, changed meanwhile, hostile, or
/// large. It is served behind a prefix, so that every address has one.
class PageStatesIT {
  private static final String MARKUP = "<img src=x onerror=\"console.error('run')\">&amp;";
  private static final String BIDI = "\u202Egpj.exe";
  private static final String LONG = "long-".repeat(13_000);

  /// Two groups of many VMs, then rings of others: more groups than a column has cards.
  private static final int TIERS = 4;

  private static final int SERVICES = 40;
  private static final int VMS_OF_A_SERVICE = 12;

  private static final String LATER = "\"later\", \"tags\": ";

  @TempDir static Path folder;
  private static Path data;
  private static ServedProgram served;
  private static PageBrowser browser;
  private static String base;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    browser = PageBrowser.start();
    data = Files.createDirectory(folder.resolve("data"));
    Files.writeString(data.resolve("hostile.json"), hostile());
    Files.writeString(data.resolve("large.json"), large());
    served =
        ServedProgram.start(
            folder,
            Repository.root(),
            "--data",
            data.toString(),
            "--port",
            "0",
            "--base-path",
            "/a/b");
    base = "http://127.0.0.1:" + served.port() + "/a/b/";
  }

  private static String hostile() {
    return """
    {"vms": [{"vm_id": "%1$s", "name": "%2$s", "tags": ["%1$s"]},
             {"vm_id": "arn:a/b?c=d&e#f", "name": "%3$s", "tags": ["%2$s"]},
             {"vm_id": "alone", "name": "alone", "tags": []},
             {"vm_id": "later", "name": "later", "tags": []}],
     "fw_rules": [{"fw_id": "%1$s", "source_tag": "%2$s", "dest_tag": "%1$s"}]}
    """
        .formatted(MARKUP.replace("\"", "\\\""), BIDI, LONG);
  }

  private static String large() {
    var vms = new ArrayList<String>();
    var rules = new ArrayList<String>();
    for (int tier = 0; tier < TIERS; tier++) {
      for (int service = 0; service < SERVICES; service++) {
        String tag = "tier-" + tier + "-service-" + service;
        for (int vm = 0; vm < VMS_OF_A_SERVICE; vm++) {
          vms.add("{\"vm_id\":\"%s-%d\",\"name\":null,\"tags\":[\"%s\"]}".formatted(tag, vm, tag));
        }
        for (int other = 0; tier > 0 && other < 3; other++) {
          String to = "tier-" + (tier - 1) + "-service-" + (service * 7 + other * 11) % SERVICES;
          rules.add(rule(tag, to));
        }
        if (tier == 0) {
          rules.add(rule(tag, "target"));
        }
      }
    }
    vms.add("{\"vm_id\":\"target\",\"name\":\"target\",\"tags\":[\"target\"]}");
    return "{\"vms\":["
        + String.join(",", vms)
        + "],\"fw_rules\":["
        + String.join(",", rules)
        + "]}";
  }

  private static String rule(String from, String to) {
    return "{\"fw_id\":\"%s-to-%s\",\"source_tag\":\"%s\",\"dest_tag\":\"%s\"}"
        .formatted(from, to, from, to);
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

  private static Page open(String view) {
    var page = browser.tab();
    page.navigate(base + view);
    PageIT.settle(page);
    return page;
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8);
  }

  @Test
  void hostileTexts_areText() {
    var page = open("vm?vm_id=" + encoded(MARKUP));
    assertThat(page.locator("h1")).containsText("\\u202egpj.exe");
    assertThat(page.locator("h1")).containsText(MARKUP);
    assertThat(page.locator("main img")).hasCount(0);
    assertThat(page.getByRole(AriaRole.CELL).first()).containsText("long-long-");
    assertThat(page.getByRole(AriaRole.CELL).first()).containsText("arn:a/b?c=d&e#f");
    page.getByRole(AriaRole.CELL).first().getByRole(AriaRole.LINK).click();
    assertThat(page.locator("h1")).containsText("arn:a/b?c=d&e#f");
    assertThat((Integer) page.evaluate("document.querySelector('h1').textContent.length"))
        .isLessThan(400);

    page = open("path?from=" + encoded("arn:a/b?c=d&e#f") + "&to=" + encoded(MARKUP));
    assertThat(page.locator("p.answer")).containsText("YES in 1 hop");
    assertThat(page.locator(".rule").first()).containsText(MARKUP);
    assertThat(page.locator("main img")).hasCount(0);
  }

  @Test
  void anUnknownVm_hasTheNearestNames() {
    // The search for near ones ends after some milliseconds, so that none may be found here.
    String near =
        "{\"title\":\"There is no such VM\",\"detail\":\"None.\",\"nearest_vms\":[{\"vm_id\":\"alone\",\"name\":null}]}";
    var page = browser.tab();
    page.route(
        "**/vm?vm_id=aloned",
        route -> {
          if (route.request().isNavigationRequest()) {
            route.resume();
          } else {
            route.fulfill(new Route.FulfillOptions().setStatus(404).setBody(near));
          }
        });
    page.navigate(base + "vm?vm_id=aloned");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("There is no such VM");
    page.getByRole(AriaRole.ALERT).getByRole(AriaRole.LINK).first().click();
    assertThat(page.locator("h1")).containsText("alone");
    assertThat(page.locator(".empty").first()).containsText("It carries no tag");
  }

  @Test
  void aFullQueue_isWaitedFor_andAnErrorNamesItsCall() {
    var page = browser.tab();
    var refused = new ArrayList<String>();
    page.route(
        "**/chokepoints?*",
        route -> {
          if (refused.isEmpty()) {
            refused.add(route.request().url());
            refuse(route, 503, "The queue for long questions is full");
          } else {
            route.resume();
          }
        });
    page.route("**/surface?*", route -> refuse(route, 500, "This failed"));
    page.navigate(base + "vm?vm_id=target");

    var picture =
        page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("How they get in"));
    assertThat(picture.getByRole(AriaRole.ALERT)).containsText("GET /surface answered 500");
    // It is asked again by itself after the second that the service names.
    assertThat(page.locator(".closing .ranks li").first()).isVisible();
    assertThat(refused).hasSize(1);
    page.unroute("**/surface?*");
    picture.getByText("Try again").click();
    assertThat(page.locator("scan-picture .card").first()).isVisible();
  }

  private static void refuse(Route route, int status, String title) {
    route.fulfill(
        new Route.FulfillOptions()
            .setStatus(status)
            .setHeaders(Map.of("Retry-After", status == 503 ? "1" : "0"))
            .setContentType("application/problem+json")
            .setBody(
                "{\"type\":\"urn:surfacescan:problem:busy\",\"title\":\""
                    + title
                    + "\",\"detail\":\""
                    + title
                    + ".\"}"));
  }

  @Test
  void whatIsSlow_hasASkeleton_andOthersAreThere() {
    var page = browser.tab();
    var held = new ArrayList<Route>();
    page.route("**/chokepoints?*", held::add);
    page.navigate(base + "vm?vm_id=target");
    assertThat(page.locator(".closing .skeleton")).isVisible();
    assertThat(page.locator("scan-picture .card").first()).isVisible();
    held.forEach(Route::resume);
    assertThat(page.locator(".closing .ranks li").first()).isVisible();
  }

  @Test
  void theBudgetOfThePicture_holds_andOtherGroupsOpenInPlace() {
    var page = open("vm?vm_id=target");
    int all = TIERS * SERVICES * VMS_OF_A_SERVICE;
    assertThat(page.locator(".verdict .big")).hasText("%,d".formatted(all));
    var cards = page.locator("scan-picture .card:not(.vm)");
    assertThat(cards.count()).isEqualTo(TIERS * 11);
    assertThat(page.locator("scan-picture .ribbon").count()).isBetween(20, 150);
    assertThat(sum(cards)).isEqualTo(all);

    var more = page.locator("[data-card='more-2']");
    assertThat(more).containsText("+ 30 more");
    var before = page.locator("scan-picture .card.hop2 .title").allTextContents();
    more.click();
    assertThat(page).hasURL(java.util.regex.Pattern.compile("open=2"));
    PageIT.settle(page);
    assertThat(page.locator("scan-picture .card.hop2 .title").allTextContents())
        .isNotEqualTo(before);
    assertThat(sum(page.locator("scan-picture .card:not(.vm)"))).isEqualTo(all);
    page.goBack();
    PageIT.settle(page);
    assertThat(page.locator("scan-picture .card.hop2 .title").allTextContents()).isEqualTo(before);
  }

  private static long sum(Locator cards) {
    return cards.locator(".amount").allTextContents().stream()
        .mapToLong(amount -> Long.parseLong(amount.replace(",", "")))
        .sum();
  }

  @Test
  void pages_leadThroughTheWholeList_andBack() {
    var page = open("vm?vm_id=target");
    var pager = page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Pages"));
    assertThat(pager).containsText("1 to 25 of 1,920");
    pager.getByText("Next").click();
    assertThat(pager).containsText("26 to 50 of 1,920");
    PageIT.settle(page);
    String first = page.getByRole(AriaRole.CELL).first().textContent();
    page.reload();
    PageIT.settle(page);
    assertThat(page.getByRole(AriaRole.CELL).first()).hasText(first);
    pager.getByText("First").click();
    assertThat(pager).containsText("1 to 25");
  }

  @Test
  void whatChangedMeanwhile_isSaid_andShown() throws IOException {
    var page = open("vm?vm_id=later");
    var beside =
        Files.writeString(
            folder.resolve("beside"), hostile().replace(LATER + "[]", LATER + "[\"target\"]"));
    Files.move(
        beside,
        data.resolve("hostile.json"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
    var reloaded =
        page.request()
            .post(
                base + "reload",
                RequestOptions.create()
                    .setHeader("Content-Type", "application/json")
                    .setData("{}"));
    assertThat(reloaded.status()).as(reloaded.text()).isEqualTo(200);
    assertThat(reloaded.headers())
        .containsEntry("x-environment-version", versionOf(reloaded.text()));
    page.evaluate("dispatchEvent(new Event('focus'))");

    assertThat(page.locator(".notices"))
        .containsText("The environment has changed while you looked");
    assertThat(page.locator(".verdict .big")).hasText("0");
    page.getByText("Show it as it is now").click();
    assertThat(page.locator(".verdict .big")).hasText("1,920");
    assertThat(page.locator(".notices .notice")).hasCount(0);
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Changes")).click();
    assertThat(page.locator("main")).containsText("VMs with other tags");
    assertThat(page.locator("main")).containsText("later");
  }

  private static String versionOf(String reload) {
    return reload.replaceFirst(".*\"version\":\"(\\w+)\".*", "$1");
  }

  @Test
  void aToken_isAskedFor_andStaysOutOfTheAddress() throws Exception {
    var made = new ProcessBuilder(PackagedProgram.command(List.of("token", "page"))).start();
    var lines =
        new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    var tokens = Files.writeString(folder.resolve("tokens"), lines.getLast() + "\n");
    try (var guarded =
        ServedProgram.start(
            folder,
            Repository.root(),
            "--data",
            "data",
            "--port",
            "0",
            "--tokens",
            tokens.toString())) {
      var page = browser.tab();
      page.navigate("http://127.0.0.1:" + guarded.port() + "/vm?vm_id=vm-b126aa");
      var dialog = page.locator("#token");
      assertThat(dialog).isVisible();
      dialog.getByLabel("Token").fill("wrong");
      dialog.getByText("Use it").click();
      assertThat(dialog).containsText("The token is not taken here");
      dialog.getByLabel("Token").fill(lines.getFirst());
      dialog.getByText("Use it").click();
      assertThat(page.locator(".verdict .big")).hasText("33");
      page.reload();
      assertThat(page.locator(".verdict .big")).hasText("33");
      assertThat(page.url()).doesNotContain(lines.getFirst());
    }
  }
}
