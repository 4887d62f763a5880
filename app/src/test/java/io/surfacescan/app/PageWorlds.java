package io.surfacescan.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Objects.requireNonNull;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One browser and three services for all tests of the page: the sample environment with a policy;
/// behind a prefix of all paths, what is hostile, large or empty, without a policy; and an export
/// of AWS, only for those who send a token, with a policy that does not fit it.
final class PageWorlds {
  /// A VM of the sample.
  static final String TARGET = "vm-b126aa";

  static final String MARKUP = "<img src=x onerror=\"console.error('run')\">&amp;";
  static final String BIDI = "\u202Egpj.exe";
  static final String LONG = "long-".repeat(13_000);

  /// Two groups of many VMs, then rings of others: more groups than a column has cards.
  static final int TIERS = 4;

  static final int SERVICES = 40;
  static final int VMS_OF_A_SERVICE = 12;

  static final String LATER = "\"later\", \"tags\": ";

  private static final String POLICY =
      """
      rules:
        - id: office-db
          title: The office must not reach the customer database
          severity: critical
          reason: Nobody works on it from a desk.
          forbid: {from: "tag:office", to: "tag:customer-db"}
        - id: few-attackers
          title: Nothing has more than 40 attackers
          severity: medium
          limit: {of: any, attackers: 40}
        - id: staging-payments
          title: Monitoring does not reach laptops
          severity: low
          forbid: {from: "tag:monitoring", to: "tag:office"}
      """;

  private static final String OTHER_POLICY =
      """
      rules:
        - {id: none, title: None, severity: low, forbid: {from: "tag:no-such-tag", to: "internet"}}
      """;

  private static @Nullable PageWorlds worlds;

  final Path folder;

  /// What the second service reads.
  final Path data;

  final PageBrowser browser;

  /// What the third service answers.
  final String token;

  private final ServedProgram sample;
  private final ServedProgram odd;
  private final ServedProgram export;

  private PageWorlds(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    data = Files.createDirectory(folder.resolve("data"));
    Files.writeString(data.resolve("hostile.json"), hostile());
    Files.writeString(data.resolve("large.json"), large());
    var made = new ProcessBuilder(PackagedProgram.command(List.of("token", "page"))).start();
    sample = serve("--data", "data", "--policy", policy("policy.yaml", POLICY));
    odd = serve("--data", data.toString(), "--base-path", "/a/b");
    var lines =
        new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    token = lines.getFirst();
    var tokens = Files.writeString(folder.resolve("tokens"), lines.getLast() + "\n").toString();
    export =
        serve(
            "--data",
            "samples/aws",
            "--tokens",
            tokens,
            "--policy",
            policy("other.yaml", OTHER_POLICY));
    browser = PageBrowser.start();
  }

  private String policy(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private ServedProgram serve(String... words) throws IOException {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--port", "0"));
    return ServedProgram.start(folder, Repository.root(), all.toArray(String[]::new));
  }

  static String hostile() {
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

  static void start(Path folder) throws IOException, InterruptedException {
    worlds = new PageWorlds(folder);
  }

  static PageWorlds all() {
    return requireNonNull(worlds);
  }

  static void stop() {
    if (worlds != null) {
      worlds.browser.close();
      List.of(worlds.sample, worlds.odd, worlds.export).forEach(ServedProgram::close);
      worlds = null;
    }
  }

  static String sample() throws IOException {
    return "http://127.0.0.1:" + all().sample.port() + "/";
  }

  static String odd() throws IOException {
    return "http://127.0.0.1:" + all().odd.port() + "/a/b/";
  }

  static String export() throws IOException {
    return "http://127.0.0.1:" + all().export.port() + "/";
  }

  /// A tab that has nothing of other tabs, but for what the browser keeps of files.
  static Page tab() {
    return all().browser.tab();
  }

  /// Opens an address in a tab of its own, and waits until all is there.
  static Page open(String address) {
    return open(tab(), address);
  }

  static Page open(Page page, String address) {
    page.navigate(address);
    settle(page);
    return page;
  }

  /// Waits until all calls of the page are answered and shown.
  static void settle(Page page) {
    assertThat(page.locator("body:not([data-busy]) main h1").first()).isAttached();
  }

  static Locator panel(Page page, String title) {
    return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(title));
  }

  static Locator link(Page page, String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8);
  }
}
