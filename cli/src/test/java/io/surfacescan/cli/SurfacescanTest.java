package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SurfacescanTest {
  /// laptop -> bastion (ssh) -> web, db; db is entered by two rules. The printer is isolated.
  private static final String OFFICE =
      """
      {"vms": [
        {"vm_id": "laptop", "name": "laptop", "tags": ["staff"]},
        {"vm_id": "bastion", "name": "bastion", "tags": ["ssh", "jump"]},
        {"vm_id": "web \\"1\\", é", "name": "web", "tags": ["web"]},
        {"vm_id": "db", "name": "db", "tags": ["db", "web"]},
        {"vm_id": "printer", "name": "printer", "tags": ["paper"]}],
       "fw_rules": [
        {"fw_id": "fw-1", "source_tag": "staff", "dest_tag": "ssh"},
        {"fw_id": "fw-2", "source_tag": "jump", "dest_tag": "web"},
        {"fw_id": "fw-3", "source_tag": "jump", "dest_tag": "db"}]}
      """;

  private static final String ODD =
      """
      {"vms": [{"vm_id": "a", "tags": ["t"]}], "fw_rules": []}
      """;

  @TempDir Path folder;

  private String office() {
    return file("office.json", OFFICE);
  }

  private String file(String name, String content) {
    try {
      return Files.writeString(folder.resolve(name), content).toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void attack_listsOneIdALine() {
    var ran = new Trial().run("attack", "--data", office(), "bastion");

    assertThat(ran).isEqualTo(new Trial.Outcome(0, "laptop\n", "", List.of()));
  }

  @Test
  void attack_readsStandardInput() {
    assertThat(new Trial().in(OFFICE).run("attack", "--data", "-", "bastion").out())
        .isEqualTo("laptop\n");
  }

  @Test
  void attack_mergesSeveralPaths() {
    String vms =
        file("a.json", "{\"vms\": [{\"vm_id\": \"a\", \"name\": \"\", \"tags\": [\"s\"]}]}");
    String more =
        file(
            "b.json",
            "{\"vms\": [{\"vm_id\": \"b\", \"name\": \"\", \"tags\": [\"d\"]}], \"fw_rules\":"
                + " [{\"fw_id\": \"f\", \"source_tag\": \"s\", \"dest_tag\": \"d\"}]}");

    assertThat(new Trial().run("attack", "--data", vms, "--data", more, "b").out())
        .isEqualTo("a\n");
  }

  @Test
  void attack_asJson_hasNothingAroundItInAPipe() {
    assertThat(new Trial().run("attack", "--data", office(), "-o", "json", "bastion").out())
        .isEqualTo("[\"laptop\"]");
    assertThat(new Trial().run("attack", "--data", office(), "-o", "json", "printer").out())
        .isEqualTo("[]");
  }

  @Test
  void attack_asJson_endsTheLineOnATerminal() {
    var ran = new Trial().onTerminal().run("attack", "--data", office(), "-o", "json", "bastion");

    assertThat(ran.out()).isEqualTo("[\"laptop\"]\n");
  }

  @Test
  void attack_boundedByHops_leavesOutWhoIsFarther() {
    assertThat(new Trial().run("attack", "--data", office(), "--max-hops=1", "db").out())
        .isEqualTo("bastion\n");
  }

  @Test
  void attack_onSeveralVms_namesEach() {
    String[] asked = {"attack", "--data", office(), "bastion", "printer", "-o"};

    assertThat(new Trial().run(with(asked, "text")).out())
        .isEqualTo("bastion: 1 attacker\nlaptop\n\nprinter: no attackers\n");
    assertThat(new Trial().run(with(asked, "json")).out())
        .isEqualTo(
            "[{\"vm_id\":\"bastion\",\"name\":\"bastion\",\"attackers\":[\"laptop\"]},"
                + "{\"vm_id\":\"printer\",\"name\":\"printer\",\"attackers\":[]}]");
    assertThat(new Trial().run(with(asked, "ndjson")).out())
        .isEqualTo(
            """
            {"vm_id":"bastion","name":"bastion","attackers":["laptop"]}
            {"vm_id":"printer","name":"printer","attackers":[]}
            """);
    assertThat(new Trial().run(with(asked, "csv")).out())
        .isEqualTo("target_vm_id,vm_id\nbastion,laptop\n");
  }

  private static String[] with(String[] args, String last) {
    var all = Arrays.copyOf(args, args.length + 1);
    all[args.length] = last;
    return all;
  }

  @Test
  void attack_why_namesTheFirstRuleAndTheHops() {
    var lines = new Trial().run("attack", "--data", office(), "--why", "db").out().lines();

    assertThat(lines)
        .containsExactlyInAnyOrder(
            "laptop: 2 hops, first by fw-1 (staff -> ssh)",
            "bastion: 1 hop, by fw-2 (jump -> web)");
  }

  @Test
  void attack_whyForSeveralVms_isRefused() {
    var ran = new Trial().run("attack", "--data", office(), "--why", "db", "bastion");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .isEqualTo(
            "error: --why explains one VM at a time, not 2; see `surfacescan help attack`\n");
  }

  @Test
  void attack_onAnUnknownVm_namesTheNearest() {
    var ran = new Trial().run("attack", "--data", office(), "bastoin", "nothing-like-it");

    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .isEqualTo(
            "error: no VM has the id or name `bastoin`; did you mean `bastion`?\n"
                + "error: no VM has the id or name `nothing-like-it`;"
                + " nothing like it is in the environment\n");
  }

  @Test
  void attack_afterTwoDashes_takesAnyId() {
    String data =
        file(
            "dashes.json",
            "{\"vms\": [{\"vm_id\": \"--why\", \"name\": \"\", \"tags\": [\"t\"]},"
                + " {\"vm_id\": \"@b\", \"name\": \"\", \"tags\": [\"t\"]}],"
                + " \"fw_rules\": [{\"fw_id\": \"f\", \"source_tag\": \"t\", \"dest_tag\": \"t\"}]}");

    assertThat(new Trial().run("attack", "--data", data, "--", "--why").out()).isEqualTo("@b\n");
    assertThat(new Trial().run("attack", "--data", data, "@b").out()).isEqualTo("--why\n");
  }

  @Test
  void attack_onBadInput_saysWhereAndWhatToDo() {
    String bad = file("bad.json", "{\"vms\": [{\"vm_id\": 7, \"tags\": []}]}");
    var ran = new Trial().run("attack", "--data", bad, "7");

    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("error: " + bad + ":1:20: ").contains("; ").endsWith("\n");
    assertThat(ran.err().lines()).hasSize(1);
  }

  @Test
  void attack_onAMissingPath_isAnError() {
    String missing = folder.resolve("missing.json").toString();
    var ran = new Trial().run("attack", "--data", missing, "x");

    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.err()).startsWith("error: " + missing + ": ");
  }

  @Test
  void attack_onOddInput_warnsOnceUnlessQuiet() {
    String odd = file("odd.json", ODD);

    assertThat(new Trial().run("attack", "--data", odd, "a").err())
        .isEqualTo(
            "warning: the input has 1 warning (1 missing-name); `surfacescan validate` lists it\n");
    assertThat(new Trial().run("attack", "--data", odd, "--quiet", "a").err()).isEmpty();
    assertThat(new Trial().run("--quiet", "attack", "--data", odd, "a").err()).isEmpty();
  }

  @Test
  void validate_countsWhatIsThere() {
    assertThat(new Trial().run("validate", "--data", office()).out())
        .isEqualTo("valid: 5 VMs, 3 rules, 6 tags, 0 errors, 0 warnings\n");
  }

  @ParameterizedTest
  @CsvSource({"warnings, 1", "missing-name, 1", "'phantom-tag,missing-name', 1", "phantom-tag, 0"})
  void validate_failsOnWhatItIsToldTo(String kinds, int exit) {
    String odd = file("odd.json", ODD);
    var ran = new Trial().run("validate", "--data", odd, "--fail-on", kinds);

    assertThat(ran.exit()).isEqualTo(exit);
    assertThat(ran.out()).endsWith("valid: 1 VM, 0 rules, 1 tag, 0 errors, 1 warning\n");
  }

  @Test
  void validate_onBadInput_listsErrorsAsData() {
    String bad = file("bad.json", "{\"vms\": [{\"vm_id\": 7, \"tags\": []}]}");
    var ran = new Trial().run("validate", "--data", bad, "--fail-on", "warnings");

    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.out()).startsWith("error: " + bad + ":1:20: ").contains("\ninvalid: 1 error, ");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void serve_handsOnWhatTheUserWants() {
    String data = office();
    var ran =
        new Trial()
            .run("serve", "--data", data, "--port", "9", "--allowed-host", "a,b", "--host", "::1");

    var served = ran.served().getFirst();
    assertThat(served.input().paths()).containsExactly(data);
    assertThat(served.listen().host()).isEqualTo("::1");
    assertThat(served.listen().port()).isEqualTo(9);
    assertThat(served.listen().allowedHosts()).containsExactly("a", "b");
  }

  @Test
  void serve_takesOriginsAsBrowsersSendThem_andRatesFromOne() {
    String data = office();
    String[] wanted = {
      "serve", "--data", data, "--allowed-origin", "https://a.example,http://[::1]:3000"
    };
    var served = new Trial().run(wanted).served().getFirst();
    assertThat(served.security().allowedOrigins())
        .containsExactly("https://a.example", "http://[::1]:3000");
    assertThat(served.answerLimits().requestsPerSecond()).isEmpty();
    for (String wrong : List.of("*", "null", "a.example", "https://a.example/", "https://a/b")) {
      var refused = new Trial().run("serve", "--data", data, "--allowed-origin", wrong);
      assertThat(refused.exit()).as(wrong).isEqualTo(2);
      assertThat(refused.err()).contains("'" + wrong + "' is not an origin");
    }
    var limited = new Trial().run("serve", "--data", data, "--rate-limit", "20");
    assertThat(limited.served().getFirst().answerLimits().requestsPerSecond()).hasValue(20);
    assertThat(new Trial().run("serve", "--data", data, "--rate-limit", "0").exit()).isEqualTo(2);
  }

  @Test
  void serve_byDefault_isOnLoopback() {
    var served = new Trial().run("serve", "--data", office()).served().getFirst();

    assertThat(served.listen().host()).isEqualTo("127.0.0.1");
    assertThat(served.listen().port()).isEqualTo(8001);
    assertThat(served.listen().allowedHosts()).isEmpty();
    assertThat(served.push().statsd()).isEmpty();
  }

  @Test
  void serve_keepsStatisticsWhereStateIsKept() {
    assertThat(new Trial().run("serve", "--data", office()).served().getFirst().stores().folder())
        .isEmpty();
    assertThat(stateDirectory(new Trial().variable("HOME", "/h/a")))
        .isEqualTo(Path.of("/h/a/.local/state/surfacescan"));
    assertThat(
            stateDirectory(
                new Trial().variable("HOME", "/h/a").variable("XDG_STATE_HOME", "/state")))
        .isEqualTo(Path.of("/state/surfacescan"));
    assertThat(
            stateDirectory(
                new Trial().variable("HOME", "/h/a").variable("XDG_STATE_HOME", "relative")))
        .as("the specification has relative ones ignored")
        .isEqualTo(Path.of("/h/a/.local/state/surfacescan"));
    assertThat(stateDirectory(new Trial().variable("SURFACESCAN_STATE_DIR", "/s/state")))
        .isEqualTo(Path.of("/s/state"));
  }

  private Path stateDirectory(Trial trial) {
    return trial
        .run("serve", "--data", office())
        .served()
        .getFirst()
        .stores()
        .folder()
        .orElseThrow();
  }

  @Test
  void serve_sharesStatisticsWhereItIsTold() {
    var served =
        new Trial()
            .variable("SURFACESCAN_STATS_URL", "jdbc:postgresql://db:5433/stats?user=u")
            .run("serve", "--data", office(), "--state-dir", "/s/state", "--instance", "a")
            .served()
            .getFirst();
    assertThat(served.stores().sharedUrl()).hasValue("jdbc:postgresql://db:5433/stats?user=u");
    assertThat(served.stores().name()).isEqualTo("a");
    assertThat(new Trial().run("serve", "--data", office(), "--stats-url", STATS_URL).err())
        .startsWith("error: '--stats-url' needs a directory in which")
        .doesNotContain("secret");
  }

  private static final String STATS_URL = "jdbc:postgresql://db/stats?user=u&password=secret";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "db",
        "jdbc:postgresql:stats?password=secret",
        "jdbc:postgresql://db?password=secret",
        "jdbc:mysql://db/stats?password=secret",
        "postgresql://u:secret@db/stats",
        "jdbc:postgresql://db/stats?password=secret100%",
      })
  void serve_statsUrl_isOneOfPostgresql_andNeverShown(String url) {
    var ran = new Trial().run("serve", "--data", office(), "--state-dir", "/s", "--stats-url", url);

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.served()).isEmpty();
    assertThat(ran.err())
        .startsWith("error: Invalid value for option '--stats-url': ")
        .doesNotContain("secret");
  }

  @Test
  void serve_pushesMetricsToWhereItIsTold() {
    var served =
        new Trial()
            .variable("SURFACESCAN_STATSD", "statsd.example:8125")
            .run("serve", "--data", office())
            .served()
            .getFirst();

    assertThat(served.push().statsd())
        .hasValue(InetSocketAddress.createUnresolved("statsd.example", 8125));
    assertThat(
            new Trial()
                .run("serve", "--data", office(), "--statsd", "[::1]:9")
                .served()
                .getFirst()
                .push()
                .statsd())
        .hasValue(InetSocketAddress.createUnresolved("[::1]", 9));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "host", "host:", ":8125", "host:0", "host:65536", "a b:1", "::1:8125"})
  void serve_statsd_needsAHostAndAPort(String address) {
    var ran = new Trial().run("serve", "--data", office(), "--statsd", address);

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.served()).isEmpty();
    assertThat(ran.err())
        .startsWith(
            "error: Invalid value for option '--statsd': '" + address + "' is not HOST:PORT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "login.example",
        "ftp://h/realm",
        "https://",
        "https://h:99999",
        "https://a b"
      })
  void serve_oidcIssuer_needsAUrl(String address) {
    var ran =
        new Trial()
            .run("serve", "--data", office(), "--oidc-audience", "us", "--oidc-issuer", address);

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.served()).isEmpty();
    assertThat(ran.err())
        .startsWith(
            "error: Invalid value for option '--oidc-issuer': '"
                + address
                + "' is not a URL like https://login.example/realm");
  }

  @Test
  void flag_winsOverVariableOverConfiguration() {
    String data = office();
    String config = file("c.properties", "# ours\n\nport = 1\nhost: 10.0.0.1\n");
    var trial =
        new Trial()
            .variable("SURFACESCAN_CONFIG", config)
            .variable("SURFACESCAN_INSECURE", "true")
            .variable("SURFACESCAN_PORT", "2")
            .variable("SURFACESCAN_DATADIR", data);

    var served = trial.run("serve", "--port", "3").served().getFirst();
    assertThat(served.input().paths()).containsExactly(data);
    assertThat(served.listen().host()).isEqualTo("10.0.0.1");
    assertThat(served.listen().port()).isEqualTo(3);
    assertThat(trial.run("serve").served().getFirst().listen().port()).isEqualTo(2);
    assertThat(
            new Trial()
                .run("serve", "--data", data, "--config", config, "--insecure")
                .served()
                .getFirst()
                .listen()
                .port())
        .isEqualTo(1);
  }

  @Test
  void flag_data_winsOverTheVariableAltogether() {
    var trial = new Trial().variable("SURFACESCAN_DATADIR", "elsewhere");

    assertThat(trial.run("serve", "--data", office()).served().getFirst().input().paths())
        .containsExactly(office());
  }

  @Test
  void variable_isTakenAsItStands() {
    var trial = new Trial().variable("SURFACESCAN_DATADIR", "${sys:user.home}/x${y}");

    assertThat(trial.run("serve").served().getFirst().input().paths())
        .containsExactly("${sys:user.home}/x${y}");
  }

  @Test
  void variable_thatIsEmpty_isNone() {
    var trial = new Trial().variable("SURFACESCAN_PORT", "");

    assertThat(trial.run("serve", "--data", office()).served().getFirst().listen().port())
        .isEqualTo(8001);
  }

  @Test
  void variable_withABadValue_isNamed() {
    var ran =
        new Trial()
            .variable("SURFACESCAN_MAX_HOPS", "many")
            .run("attack", "--data", office(), "db");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .isEqualTo(
            "error: Invalid value for option '--max-hops': 'many' is not a whole number of at most"
                + " 2147483647 (from SURFACESCAN_MAX_HOPS); see `surfacescan help attack`\n");
  }

  @Test
  void configuration_atTheUsualPlace_isRead() throws IOException {
    Files.createDirectories(folder.resolve("surfacescan"));
    file("surfacescan/config.properties", "port = 17\n");
    var trial = new Trial().variable("XDG_CONFIG_HOME", folder.toString());

    assertThat(trial.run("serve", "--data", office()).served().getFirst().listen().port())
        .isEqualTo(17);
  }

  @Test
  void configuration_inTheHomeFolder_isReadWithoutXdg() throws IOException {
    Files.createDirectories(folder.resolve(".config/surfacescan"));
    file(".config/surfacescan/config.properties", "port = 18\n");
    var trial = new Trial().variable("HOME", folder.toString());

    assertThat(trial.run("serve", "--data", office()).served().getFirst().listen().port())
        .isEqualTo(18);
  }

  @Test
  void configuration_withAnUnknownKey_refusesToStart() {
    String config = file("c.properties", "max-hops = 1\n\nprot = 1\nfrobnicate = yes\n");
    var ran = new Trial().run("serve", "--data", office(), "--config", config);

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.served()).isEmpty();
    assertThat(ran.err().lines().toList())
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .isEqualTo("error: " + config + ":3: unknown key `prot`; did you mean `port`?"),
            second ->
                assertThat(second)
                    .startsWith(
                        "error: "
                            + config
                            + ":4: unknown key `frobnicate`; known are access-log,"));
  }

  @Test
  void configuration_namedButMissing_refusesToStart() {
    String missing = folder.resolve("none.properties").toString();
    var ran = new Trial().run("serve", "--data", office(), "--config", missing);

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).startsWith("error: " + missing + ": there is no such file; ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "attak x | error: unknown verb `attak`; did you mean `attack`?",
        "frobnicate | error: unknown verb `frobnicate`; there are serve, ",
        "attack | error: Missing required parameter: 'VM'; see `surfacescan help attack`",
        "attack x --max-hop 1 | error: Unknown option: '--max-hop'; did you mean --max-hops?; see",
        "attack x --max-hops 0 | error: Invalid value for option '--max-hops': 0 is below 1; see",
        "attack x -o xml | error: Invalid value for option '--output': 'xml' is not one of json, ndj",
        "serve --port 65536 | error: Invalid value for option '--port': 65536 is not between 0 and",
        "help attak | error: unknown verb `attak`; did you mean `attack`?",
        "validate --fail-on x | error: Invalid value for option '--fail-on': 'x' is not one of warn",
        "--frob | error: unknown flag --frob; see `surfacescan help`",
        "-v | error: unknown flag -v; --version shows the version, --debug the stack trace of an error; see",
        "attack -f json x | error: Unknown option: '-f'; a format is named by -o, such as -o json; see",
        "attack --format=json x | error: Unknown option: '--format=json'; a format is named by -o, such",
      })
  void wrongUse_exitsWithTwoAndOneLine(String line, String message) {
    var ran = new Trial().run(line.split(" "));

    assertThat(ran.err()).startsWith(message);
    assertThat(ran.err().lines()).hasSize(1);
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void nothing_showsTheHelpAsAnError() {
    var ran = new Trial().run();

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("Usage: surfacescan ");
  }

  @ParameterizedTest
  @CsvSource({"help", "--help", "-h"})
  void help_isData(String word) {
    var ran = new Trial().run(word);

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).startsWith("Usage: surfacescan ").contains("  attack ", "  validate ");
    assertThat(ran.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"serve", "attack", "path", "validate", "completion", "help"})
  void help_ofAVerb_isTheSameByBothWays(String verb) {
    var asked = new Trial().run("help", verb);

    assertThat(asked.out()).startsWith("Usage: surfacescan " + verb);
    assertThat(new Trial().run(verb, "--help")).isEqualTo(asked);
  }

  @Test
  void version_isTheBuildsOwn() {
    assertThat(new Trial().run("--version").out())
        .matches("surfacescan \\d+\\.\\d+.*\nJava 25.*\n");
    assertThat(new Trial().run("version")).isEqualTo(new Trial().run("--version"));
  }

  @Test
  void color_isForTerminals() {
    String[] args = {"attack", "--data", office(), "x"};

    assertThat(new Trial().run(args).err()).startsWith("error: ");
    assertThat(new Trial().onTerminal().run(args).err()).startsWith("\u001B[31;1merror:\u001B[m ");
    assertThat(new Trial().onTerminal().variable("NO_COLOR", "1").run(args).err())
        .startsWith("error: ");
    assertThat(new Trial().run("--color=always", "attack", "--data", office(), "x").err())
        .startsWith("\u001B[31;1m");
    assertThat(new Trial().onTerminal().run("attack", "--color=never", "x").err())
        .startsWith("error: ");
  }

  @Test
  void controlCharacters_ofAnArgument_doNotReachTheTerminal() {
    var ran = new Trial().run("attack", "--data", office(), "\u001B[2Jx\n");

    assertThat(ran.err()).startsWith("error: no VM has the id or name `\\u001b[2Jx\\n`; ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attack --fr\u001B[2Job x",
        "at\u001B[2Jtak",
        "--fr\u001B[2Job",
        "attack x --max-hops 1\u001B[2J",
        "attack x -o j\u001B[2Json",
        "attack x --config no\u001B[2Jne",
        "attack x --data no\u001B[2Jne",
        "serve --host h\u001B[2Jost",
        "what-if x --data d\u001B[2J --remove-rule y",
        "generate --shape \u001B[2J",
        "completion \u001B[2Jsh",
        "diff a\u001B[2J b --fail-on \u001B[2J",
        "token \u001B[2J --scope \u001B[2J",
      })
  void controlCharacters_ofWrongUse_doNotReachTheTerminal(String line) {
    var ran = new Trial().run(line.split(" "));

    assertThat(ran.exit()).isIn(2, 3);
    assertThat(ran.err()).startsWith("error: ").contains("\\u001b[2J").doesNotContain("\u001B");
  }

  @Test
  void controlCharacters_ofPresetsAndStackTraces_doNotReachTheTerminal() {
    var preset =
        new Trial().variable("SURFACESCAN_MAX_HOPS", "1\u001B[2J\n\u00ad").run("attack", "x");
    assertThat(preset.err())
        .startsWith("error: Invalid value for option '--max-hops': '1\\u001b[2J\\n\\u00ad' is not ")
        .hasLineCount(1);

    String config = file("c.properties", "a\\u001b[2J = 1\n");
    var keyed = new Trial().run("attack", "x", "--config", config, "--debug");
    assertThat(keyed.err())
        .startsWith("error: " + config + ":1: unknown key `a\\u001b[2J`; ")
        .contains("\n  at io.surfacescan.cli.")
        .doesNotContain("\u001B");
  }

  @Test
  void configuration_thatIsNoPlainFile_isRefusedUnread() throws Exception {
    var pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    var large = Files.write(folder.resolve("large"), new byte[(1 << 20) + 1]);

    assertThat(new Trial().run("attack", "x", "--config", pipe.toString()))
        .isEqualTo(
            refused(
                pipe
                    + ": it is a pipe or a device, not a file; name a file of settings with --config"));
    assertThat(new Trial().variable("SURFACESCAN_CONFIG", "/dev/zero").run("attack", "x"))
        .isEqualTo(
            refused(
                "/dev/zero: it is a pipe or a device, not a file; name a file of settings with --config"));
    assertThat(new Trial().run("attack", "x", "--config", large.toString()))
        .isEqualTo(
            refused(large + ": it has over 1048576 bytes; name a file of settings with --config"));
  }

  @Test
  void pathsThatAreNotUtf8_areCalledSo() {
    String fault =
        "the path is not UTF-8, so that Java cannot open it;"
            + " rename it, or name the folder that it is in";

    assertThat(new Trial().run("attack", "x", "--config", "c\ufffd"))
        .isEqualTo(refused("c\ufffd: " + fault));
    assertThat(new Trial().run("attack", "x", "--data", "d\ufffd.json").err())
        .isEqualTo("error: d\ufffd.json: " + fault + "\n");
  }

  private static Trial.Outcome refused(String message) {
    return new Trial.Outcome(2, "", "error: " + message + "\n", List.of());
  }

  @Test
  void closedPipe_isANormalEnd() {
    var ran = new Trial().out(failing("Broken pipe")).run("attack", "--data", office(), "db");

    assertThat(ran.exit()).isZero();
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void closedPipe_inTheMiddleOfJson_isANormalEnd() {
    var out = failing("Broken pipe");

    assertThat(new Trial().out(out).run("path", "--data", office(), "-o", "json", "db", "laptop"))
        .isEqualTo(new Trial.Outcome(0, "", "", List.of()));
  }

  @Test
  void fullDisk_isAnError() {
    var ran =
        new Trial().out(failing("No space left on device")).run("attack", "--data", office(), "db");

    assertThat(ran.exit()).isEqualTo(5);
    assertThat(ran.err())
        .isEqualTo("error: standard output: No space left on device; the answer is incomplete\n");
  }

  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(message);
      }
    };
  }

  @Test
  void debug_showsTheStackOfAnError() {
    assertThat(new Trial().run("attack", "--debug", "--data", office(), "x").err())
        .contains("\n  at io.surfacescan.cli.");
    assertThat(new Trial().run("attack", "--data", office(), "x").err()).doesNotContain("\tat ");
  }
}
