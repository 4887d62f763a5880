package io.surfacescan.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.surfacescan.app.PageWorlds.TARGET;
import static io.surfacescan.app.PageWorlds.open;
import static io.surfacescan.app.PageWorlds.sample;
import static io.surfacescan.app.PageWorlds.settle;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// The page by its keys alone.
interface PageKeys {
  @Test
  default void keysAlone_leadFromTheSearchToTheRuleToClose() throws IOException {
    var page = open(sample());
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
  default void everyScreen_isUsedByKeysAlone() throws IOException {
    var page = open(sample());
    follow(page, "Path");
    enter(page, "From", "vm-1625bd");
    enter(page, "To", TARGET);
    page.keyboard().press("Enter");
    assertThat(page.locator("p.answer")).containsText("YES in 6 hops");
    follow(page, "Explain this hop");
    assertThat(page.locator(".explained")).containsText("vpn");
    follow(page, "What-if");
    enter(page, "What", "fw-68937c6");
    page.keyboard().press("Enter");
    settle(page);
    enter(page, "A VM to look at", TARGET);
    page.keyboard().press("Enter");
    assertThat(page.locator(".beforeafter").first()).containsText("7 after");
    follow(page, "Rules");
    page.keyboard().press("t");
    assertThat(page.locator(".scroll:focus")).hasCount(1);
    // The first of its columns is the next stop.
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");
    assertThat(page.locator("th[aria-sort]")).containsText("Rule");
    follow(page, "Findings");
    settle(page);
    page.keyboard().press("Tab");
    page.keyboard().press("Tab");
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");
    assertThat(page.locator("p.answer")).containsText("YES");
    follow(page, "Changes");
    assertThat(page.locator("main")).containsText("the first environment that was loaded");
    page.keyboard().press("?");
    assertThat(page.locator("#keys")).isVisible();
    page.keyboard().press("Escape");
    var filters = page.locator(".filters > summary");
    filters.focus();
    page.keyboard().press("Enter");
    enter(page, "Only these services", "ssh");
    page.keyboard().press("Enter");
    assertThat(filters).containsText("ssh");
  }

  /// Goes to a link as Tab would, and follows it.
  private static void follow(Page page, String name) {
    var link =
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    link.first().focus();
    page.keyboard().press("Enter");
    settle(page);
  }

  private static void enter(Page page, String label, String text) {
    page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).focus();
    page.keyboard().type(text);
  }
}
