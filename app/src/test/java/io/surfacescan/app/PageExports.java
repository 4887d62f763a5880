package io.surfacescan.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.surfacescan.app.PageWorlds.all;
import static io.surfacescan.app.PageWorlds.export;
import static io.surfacescan.app.PageWorlds.open;
import static io.surfacescan.app.PageWorlds.settle;
import static io.surfacescan.app.PageWorlds.tab;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// The page on an export of AWS, with the internet, services and real rules, for those who send a
/// token.
interface PageExports {
  String DATABASE = "eni-orders-db-a";

  /// Opens a view in a tab that has the token.
  private static Page guarded(String view) throws IOException {
    var page = tab();
    page.addInitScript("sessionStorage.setItem('surfacescan.token', '" + all().token + "')");
    return open(page, export() + view);
  }

  @Test
  default void aToken_isAskedFor_andStaysOutOfTheAddress() throws IOException {
    var page = tab();
    page.navigate(export() + "vm?vm_id=" + DATABASE);
    var dialog = page.locator("#token");
    assertThat(dialog).isVisible();
    dialog.getByLabel("Token").fill("wrong");
    dialog.getByText("Use it").click();
    assertThat(dialog).containsText("The token is not taken here");
    dialog.getByLabel("Token").fill(all().token);
    dialog.getByText("Use it").click();
    assertThat(page.locator(".verdict .big")).hasText("32");
    page.reload();
    assertThat(page.locator(".verdict .big")).hasText("32");
    assertThat(page.url()).doesNotContain(all().token);
  }

  @Test
  default void theInternet_hasAColumnOfItsOwn_andARealRuleIsWhatToClose() throws IOException {
    var page = guarded("vm?vm_id=" + DATABASE);
    assertThat(page.locator(".verdict .words")).containsText("from the internet in 2 hops");
    assertThat(page.locator(".card.outside")).containsText("the internet");
    assertThat(page.locator(".ribbon.outside")).not().hasCount(0);
    var best = page.locator(".closing .ranks li").first();
    assertThat(best).containsText("acl-default-vpc-prod/egress/100");
    assertThat(best).containsText("describe-network-acls.json:24");

    best.getByText("What if").click();
    assertThat(page.locator(".beforeafter").first()).containsText("32 attackers before");
    assertThat(page.locator(".beforeafter").first()).containsText("15 after");
  }

  @Test
  default void aPath_namesRealRulesWithTheirPlaces() throws IOException {
    var page = guarded("path?from=internet&to=" + DATABASE);
    assertThat(page.locator("p.answer")).containsText("YES in 2 hops");
    var second = page.locator(".hops > li").nth(1);
    assertThat(second).containsText("inbound rules of security groups");
    assertThat(second).containsText("sgr-69212488671b");
    assertThat(second).containsText("describe-security-group-rules.json:196");
    assertThat(second).containsText("tcp/5432");
  }

  @Test
  default void aRealRuleThatGoes_putsTheInternetFartherAway() throws IOException {
    var page = guarded("what-if?remove_rule=sgr-f05e29baeee6&vm_id=" + DATABASE);
    assertThat(page.locator(".compared"))
        .containsText("From the internet: 2 hops before, 4 hops after");

    page = guarded("what-if?narrow_rule=sgr-f05e29baeee6%3D203.0.113.0%2F24&vm_id=" + DATABASE);
    assertThat(page.locator(".compared"))
        .containsText("From the internet: 2 hops before, 4 hops after");
  }

  @Test
  default void search_findsServices_asAFilterOfAllViews() throws IOException {
    var page = guarded("");
    page.keyboard().press("/");
    page.keyboard().type("service:5432");
    page.getByRole(AriaRole.OPTION).first().click();
    assertThat(page.locator(".filters > summary")).containsText("tcp/5432");
    settle(page);
    assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Most exposed")))
        .containsText("orders-db-a");
  }

  @Test
  default void cards_canBeAccountsOrKinds_andTheInternetStaysApart() throws IOException {
    var page = guarded("vm?vm_id=" + DATABASE + "&by=scope");
    assertThat(page.locator(".card.outside")).containsText("the internet");
    assertThat(page.locator("scan-picture .card:not(.vm):not(.outside)").first()).containsText("/");
    page.getByLabel("Group by").selectOption("kind");
    settle(page);
    assertThat(page.locator("[data-card='1.kind:vm']")).isVisible();
    assertThat(page.locator(".card.outside")).hasCount(1);
  }

  @Test
  default void whatBlocks_isExplained_gateByGate() throws IOException {
    var page = guarded("path?from=" + DATABASE + "&to=internet-out");
    assertThat(page.locator("p.answer")).containsText("NO");
    page.getByText("Explain what blocks it directly").click();
    assertThat(page.locator(".explained")).containsText("network ACL acl-prod-data");
  }

  @Test
  default void aPolicyThatDoesNotFit_saysWhy() throws IOException {
    var page = guarded("findings");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("no-such-tag");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("GET /check answered 422");
  }
}
