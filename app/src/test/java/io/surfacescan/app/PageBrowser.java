package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The system's Chromium, without a window. What a page writes to the console as an error fails its
/// test, and so does what its policy forbids.
final class PageBrowser implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  /// Reports what the policy of a page forbids, before any script of the page runs.
  private static final String REPORT =
      "addEventListener('securitypolicyviolation', found =>"
          + " console.error('policy: ' + found.violatedDirective + ' ' + found.blockedURI))";

  private final Playwright playwright;
  private final Browser browser;
  private final BrowserContext context;
  private final List<String> faults = new ArrayList<>();

  private PageBrowser(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
    this.context = context();
  }

  /// Starts one, or skips the tests where none can be had.
  static PageBrowser start() throws IOException, InterruptedException {
    var command = command();
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    var playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    var options =
        new BrowserType.LaunchOptions()
            .setExecutablePath(Path.of(command))
            .setArgs(
                List.of(
                    // As root there is no sandbox; no other host is asked for anything.
                    "--no-sandbox",
                    "--disable-gpu",
                    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"));
    return new PageBrowser(playwright, playwright.chromium().launch(options));
  }

  private static String command() throws IOException, InterruptedException {
    var search =
        new ProcessBuilder(Repository.root().resolve("scripts/get-chromium").toString()).start();
    String found = new String(search.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String why = new String(search.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeTrue(search.waitFor() == 0, why.strip());
    return found.strip();
  }

  private BrowserContext context() {
    var context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(1440, 1000)
                .setColorScheme(ColorScheme.LIGHT)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setLocale("en-GB")
                .setTimezoneId("UTC")
                .setPermissions(List.of("clipboard-read", "clipboard-write")));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    context.addInitScript(REPORT);
    return context;
  }

  /// A new tab. What the browser has of files stays from tab to tab.
  Page tab() {
    var page = context.newPage();
    page.onConsoleMessage(message -> {
      // A browser reports each answer that is an error; the page shows those itself.
      if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
        faults.add(page.url() + ": " + message.text());
      }
    });
    page.onPageError(error -> faults.add(page.url() + ": " + error));
    return page;
  }

  /// Closes all tabs, and fails if a page had an error since the last time.
  void check() {
    context.pages().forEach(Page::close);
    var found = List.copyOf(faults);
    faults.clear();
    assertThat(found).isEmpty();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
