package io.surfacescan.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.surfacescan.app.PageWorlds.LATER;
import static io.surfacescan.app.PageWorlds.MARKUP;
import static io.surfacescan.app.PageWorlds.SERVICES;
import static io.surfacescan.app.PageWorlds.TIERS;
import static io.surfacescan.app.PageWorlds.VMS_OF_A_SERVICE;
import static io.surfacescan.app.PageWorlds.all;
import static io.surfacescan.app.PageWorlds.encoded;
import static io.surfacescan.app.PageWorlds.hostile;
import static io.surfacescan.app.PageWorlds.link;
import static io.surfacescan.app.PageWorlds.odd;
import static io.surfacescan.app.PageWorlds.open;
import static io.surfacescan.app.PageWorlds.panel;
import static io.surfacescan.app.PageWorlds.settle;
import static io.surfacescan.app.PageWorlds.tab;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The page where not all is well: nothing there, slow, refused, changed meanwhile, hostile, or
/// large. It is served behind a prefix, so that every address has one.
interface PageStates {
  @Test
  default void hostileTexts_areText() throws IOException {
    var page = open(odd() + "vm?vm_id=" + encoded(MARKUP));
    assertThat(page.locator("h1")).containsText("\\u202egpj.exe");
    assertThat(page.locator("h1")).containsText(MARKUP);
    assertThat(page.locator("main img")).hasCount(0);
    assertThat(page.getByRole(AriaRole.CELL).first()).containsText("long-long-");
    assertThat(page.getByRole(AriaRole.CELL).first()).containsText("arn:a/b?c=d&e#f");
    page.getByRole(AriaRole.CELL).first().getByRole(AriaRole.LINK).click();
    assertThat(page.locator("h1")).containsText("arn:a/b?c=d&e#f");
    assertThat((Integer) page.evaluate("document.querySelector('h1').textContent.length"))
        .isLessThan(400);

    page = open(odd() + "path?from=" + encoded("arn:a/b?c=d&e#f") + "&to=" + encoded(MARKUP));
    assertThat(page.locator("p.answer")).containsText("YES in 1 hop");
    assertThat(page.locator(".rule").first()).containsText(MARKUP);
    assertThat(page.locator("main img")).hasCount(0);
  }

  @Test
  default void anUnknownVm_hasTheNearestNames() throws IOException {
    // The search for near ones ends after some milliseconds, so that none may be found here.
    String near =
        "{\"title\":\"There is no such VM\",\"detail\":\"None.\",\"nearest_vms\":[{\"vm_id\":\"alone\",\"name\":null}]}";
    var page = tab();
    page.route(
        "**/vm?vm_id=aloned",
        route -> {
          if (route.request().isNavigationRequest()) {
            route.resume();
          } else {
            route.fulfill(new Route.FulfillOptions().setStatus(404).setBody(near));
          }
        });
    page.navigate(odd() + "vm?vm_id=aloned");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("There is no such VM");
    page.getByRole(AriaRole.ALERT).getByRole(AriaRole.LINK).first().click();
    assertThat(page.locator("h1")).containsText("alone");
    assertThat(page.locator(".empty").first()).containsText("It carries no tag");
  }

  @Test
  default void aFullQueue_isWaitedFor_andAnErrorNamesItsCall() throws IOException {
    var page = tab();
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
    page.navigate(odd() + "vm?vm_id=target");

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

  @Test
  default void whatIsSlow_hasASkeleton_andOthersAreThere() throws IOException {
    var page = tab();
    var held = new ArrayList<Route>();
    page.route("**/chokepoints?*", held::add);
    page.navigate(odd() + "vm?vm_id=target");
    assertThat(page.locator(".closing .skeleton")).isVisible();
    assertThat(page.locator("scan-picture .card").first()).isVisible();
    held.forEach(Route::resume);
    assertThat(page.locator(".closing .ranks li").first()).isVisible();
  }

  @Test
  default void theBudgetOfThePicture_holds_andOtherGroupsOpenInPlace() throws IOException {
    var page = open(odd() + "vm?vm_id=target");
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
    assertThat(page).hasURL(Pattern.compile("open=2"));
    settle(page);
    assertThat(page.locator("scan-picture .card.hop2 .title").allTextContents())
        .isNotEqualTo(before);
    assertThat(sum(page.locator("scan-picture .card:not(.vm)"))).isEqualTo(all);
    page.goBack();
    settle(page);
    assertThat(page.locator("scan-picture .card.hop2 .title").allTextContents()).isEqualTo(before);
  }

  @Test
  default void pages_leadThroughTheWholeList_andBack() throws IOException {
    var page = open(odd() + "vm?vm_id=target");
    var pager = page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Pages"));
    assertThat(pager).containsText("1 to 25 of 1,920");
    pager.getByText("Next").click();
    assertThat(pager).containsText("26 to 50 of 1,920");
    settle(page);
    String first = page.getByRole(AriaRole.CELL).first().textContent();
    page.reload();
    settle(page);
    assertThat(page.getByRole(AriaRole.CELL).first()).hasText(first);
    pager.getByText("First").click();
    assertThat(pager).containsText("1 to 25");
  }

  @Test
  default void whatChangedMeanwhile_isSaid_andShown() throws IOException {
    var page = open(odd() + "vm?vm_id=later");
    var beside =
        Files.writeString(
            all().folder.resolve("beside"),
            hostile().replace(LATER + "[]", LATER + "[\"target\"]"));
    Files.move(
        beside,
        all().data.resolve("hostile.json"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
    var reloaded =
        page.request()
            .post(
                odd() + "reload",
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
    link(page, "Changes").click();
    settle(page);
    assertThat(panel(page, "VMs, tags and rules")).containsText("VMs with other tags: 1");
    var surfaces = panel(page, "Attack surfaces");
    assertThat(surfaces).containsText("1 VM worse");
    assertThat(surfaces.getByRole(AriaRole.ROW)).hasCount(2);
    assertThat(surfaces.getByRole(AriaRole.ROW).nth(1)).containsText("▲ 1,920 more");
    surfaces.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("After")).click();
    assertThat(surfaces.locator("th[aria-sort]")).containsText("After");
    surfaces.getByText("later").first().click();
    assertThat(page.locator(".verdict .big")).hasText("1,920");
    page.goBack();
    assertThat(surfaces.locator("th[aria-sort]")).containsText("After");
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

  private static long sum(Locator cards) {
    return cards.locator(".amount").allTextContents().stream()
        .mapToLong(amount -> Long.parseLong(amount.replace(",", "")))
        .sum();
  }

  private static String versionOf(String reload) {
    return reload.replaceFirst(".*\"version\":\"(\\w+)\".*", "$1");
  }

  @Test
  default void withoutAPolicy_thePageSaysHowToHaveOne() throws IOException {
    var page = open(odd() + "findings");
    assertThat(page.locator(".empty")).containsText("--policy");
  }
}
