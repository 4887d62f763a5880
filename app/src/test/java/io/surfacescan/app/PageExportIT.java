package io.surfacescan.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page on an export of AWS: with the internet, services and real rules.
class PageExportIT {
  private static final String DATABASE = "eni-orders-db-a";

  @TempDir static Path folder;
  private static ServedProgram served;
  private static PageBrowser browser;
  private static String base;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    browser = PageBrowser.start();
    served = ServedProgram.start(folder, Repository.root(), "--data", "samples/aws", "--port", "0");
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

  private static Page open(String view) {
    var page = browser.tab();
    page.navigate(base + view);
    PageIT.settle(page);
    return page;
  }

  @Test
  void theInternet_hasAColumnOfItsOwn_andARealRuleIsWhatToClose() {
    var page = open("vm?vm_id=" + DATABASE);
    assertThat(page.locator(".verdict .words")).containsText("from the internet in 2 hops");
    assertThat(page.locator(".card.outside")).containsText("the internet");
    assertThat(page.locator(".ribbon.outside")).not().hasCount(0);
    var best = page.locator(".closing .ranks li").first();
    assertThat(best).containsText("sgr-371381442329");
    assertThat(best).containsText("describe-security-group-rules.json:98");

    best.getByText("What if").click();
    assertThat(page.locator(".beforeafter").first()).containsText("32 attackers before");
    assertThat(page.locator(".beforeafter").first()).containsText("26 after");
  }

  @Test
  void aPath_namesRealRulesWithTheirPlaces() {
    var page = open("path?from=internet&to=" + DATABASE);
    assertThat(page.locator("p.answer")).containsText("YES in 2 hops");
    var second = page.locator(".hops > li").nth(1);
    assertThat(second).containsText("inbound rules of security groups");
    assertThat(second).containsText("sgr-69212488671b");
    assertThat(second).containsText("describe-security-group-rules.json:196");
    assertThat(second).containsText("tcp/5432");
  }

  @Test
  void aRealRuleThatGoes_putsTheInternetFartherAway() {
    var page = open("what-if?remove_rule=sgr-f05e29baeee6&vm_id=" + DATABASE);
    assertThat(page.locator(".compared"))
        .containsText("From the internet: 2 hops before, 4 hops after");

    page = open("what-if?narrow_rule=sgr-f05e29baeee6%3D203.0.113.0%2F24&vm_id=" + DATABASE);
    assertThat(page.locator(".compared"))
        .containsText("From the internet: 2 hops before, 4 hops after");
  }

  @Test
  void search_findsServices_asAFilterOfAllViews() {
    var page = open("");
    page.keyboard().press("/");
    page.keyboard().type("service:5432");
    page.getByRole(AriaRole.OPTION).first().click();
    assertThat(page.locator(".filters > summary")).containsText("tcp/5432");
    PageIT.settle(page);
    assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Most exposed")))
        .containsText("orders-db-a");
  }
}
