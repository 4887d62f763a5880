package io.surfacescan.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.surfacescan.app.PageWorlds.TARGET;
import static io.surfacescan.app.PageWorlds.link;
import static io.surfacescan.app.PageWorlds.open;
import static io.surfacescan.app.PageWorlds.panel;
import static io.surfacescan.app.PageWorlds.sample;
import static io.surfacescan.app.PageWorlds.settle;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What somebody does on the screens, on the sample environment.
interface PageJourneys {
  @Test
  default void fromTheFirstLook_toTheRuleToClose_andWhatThatChanges() throws IOException {
    var page = open(sample());
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
  default void search_findsVmsTagsAndRules() throws IOException {
    var page = open(sample());
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

    // Before anything was found: Enter waits for the best, and takes none for less text.
    page.keyboard().press("Escape");
    page.keyboard().press("Escape");
    page.keyboard().press("/");
    page.keyboard().type("prod-");
    assertThat(found.first()).isVisible();
    page.keyboard().type("payments-db-1");
    page.keyboard().press("Enter");
    assertThat(page.locator("h1")).containsText("prod-payments-db-1");
  }

  @Test
  default void picture_showsEveryGroup_andLightsAPath() throws IOException {
    var page = open(sample() + "vm?by=tag&vm_id=" + TARGET);
    var cards = page.locator("scan-picture .card:not(.vm)");
    long vms = 0;
    for (String amount : cards.locator(".amount").allTextContents()) {
      vms += Long.parseLong(amount.replace(",", ""));
    }
    assertThat(vms).as("the cards together").isEqualTo(33);

    page.locator("[data-card='1:app-prod']").click();
    assertThat(panel(page, "app-prod")).containsText("fw-68937c6");
    assertThat(page.locator("[data-card='1:app-prod']")).hasAttribute("aria-pressed", "true");
    assertThat(page.locator("[data-card='2:ops']")).hasClass(Pattern.compile("\\bdim\\b"));
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
  default void path_saysWhatStopsIt_hopByHop() throws IOException {
    var page = open(sample() + "path?from=vm-1625bd&to=" + TARGET);
    assertThat(page.locator("p.answer")).containsText("YES in 6 hops");
    assertThat(page.locator(".hops > li")).hasCount(7);
    assertThat(page.locator(".close").first()).containsText("no path is left");

    page.getByText("The other way").click();
    assertThat(page.locator("p.answer")).containsText("NO");
    assertThat(page.locator(".reasons")).containsText("No VM can attack laptop-reception");
  }

  @Test
  default void copies_areTheViewInOtherForms() throws IOException {
    var page = open(sample() + "vm?vm_id=" + TARGET + "&service=ssh");
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
        .startsWith("curl '" + sample() + "surface?vm_id=vm-b126aa&service=ssh");
    assertThat(copies.get("JSON")).startsWith("{\"vm_id\":\"vm-b126aa\"");
    assertThat(copies.get("Mermaid")).startsWith("flowchart");
    assertThat(copies.get("SVG"))
        .startsWith("<svg")
        .doesNotContain("class=", "<!--")
        .contains("prod-app-1");
  }

  @Test
  default void tables_areSavedWhole() throws IOException {
    var page = open(sample() + "vm?vm_id=" + TARGET);
    var saved = page.waitForDownload(() -> panel(page, "Attackers").getByText("CSV").click());

    assertThat(saved.suggestedFilename()).isEqualTo("attackers.csv");
    assertThat(Files.readAllLines(saved.path())).hasSize(34);
  }

  @Test
  default void cards_areWhatWasAskedFor() throws IOException {
    var page = open(sample() + "vm?vm_id=" + TARGET);
    var cards = page.locator("scan-picture .card:not(.vm)");
    assertThat(cards).hasCount(33);
    page.getByLabel("Group by").selectOption("tag-start");
    assertThat(page.locator("[data-card='1.tag-start:app']")).containsText("app");
    assertThat(page.locator("scan-picture")).not().containsText("prod-app-4");
    assertThat(page).hasURL(Pattern.compile("by=tag-start"));
    page.locator("[data-card='1.tag-start:app']").click();
    panel(page, "app").getByText("List them").click();
    settle(page);
    assertThat(page.locator("#list")).hasText("Attackers");
    assertThat(panel(page, "Attackers").getByRole(AriaRole.ROW)).hasCount(5);
    page.goBack();
    page.goBack();
    page.goBack();
    settle(page);
    assertThat(cards).hasCount(33);
  }

  @Test
  default void rules_leadToWhatClosingOneChanges() throws IOException {
    var page = open(sample());
    link(page, "Rules").click();
    settle(page);
    var rows = panel(page, "What each lets through").getByRole(AriaRole.ROW);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Only by it")).click();
    settle(page);
    assertThat(page).hasURL(Pattern.compile("sort=only"));
    // 7 offices and 16 others that carry prod; nothing else lets them.
    var first = rows.nth(1);
    String best = first.locator("code").first().textContent();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("To tag")).click();
    settle(page);
    assertThat(rows.nth(1)).containsText("app-prod");
    page.goBack();
    settle(page);
    assertThat(first).containsText(best);
    first.getByText("What if").click();
    settle(page);
    assertThat(panel(page, "Before and after")).containsText("Rules closed: " + best);
    page.goBack();
    link(page, "customer-db").first().click();
    settle(page);
    assertThat(page.locator(".chip.on")).containsText("customer-db");
    assertThat(rows).hasCount(3);
    link(page, "VMs with this tag").click();
    settle(page);
    assertThat(panel(page, "VMs").getByRole(AriaRole.ROW)).hasCount(3);
  }

  @Test
  default void findings_leadToThePathThatBreaksTheRule() throws IOException {
    var page = open(sample());
    link(page, "Findings").click();
    settle(page);
    assertThat(page.locator("p.answer")).containsText("BROKEN");
    assertThat(page.locator("p.answer")).containsText("2 rules of 3 are broken");
    // The worst come first.
    assertThat(page.locator(".panel h2")).hasText(new String[] {"critical", "medium"});
    var critical = panel(page, "critical");
    assertThat(critical).containsText("The office must not reach the customer database");
    critical.locator(".way-in").first().click();
    settle(page);
    // An operator sits in the office too.
    assertThat(page.locator("p.answer")).containsText("YES in 2 hops");
    page.getByText("Explain this hop").nth(1).click();
    assertThat(page.locator(".explained")).containsText("can attack prod-customer-db-");
    page.goBack();
    assertThat(page.locator(".explained")).hasCount(0);
    page.goBack();
    settle(page);
    critical.getByText("What if").first().click();
    assertThat(panel(page, "Before and after")).containsText("attacks between two VMs before");
  }

  @Test
  default void histogram_listsItsVms() throws IOException {
    var page = open(sample());
    panel(page, "Attackers of a VM").getByText("10 to 99").click();
    settle(page);
    assertThat(panel(page, "VMs").locator(".pager")).containsText("of 36");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Direct")).click();
    settle(page);
    // 41 of 59 others reach the name server directly.
    assertThat(panel(page, "VMs").getByRole(AriaRole.ROW).nth(1)).containsText("dns-1");
  }
}
