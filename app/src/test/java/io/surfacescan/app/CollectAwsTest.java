package io.surfacescan.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.surfacescan.cli.Surfacescan;
import io.surfacescan.cli.terminal.ProcessContext;
import io.surfacescan.importers.Importers;
import io.surfacescan.testkit.DirectPairs;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `scripts/collect/aws` with the real AWS CLI, which asks a stand-in of AWS over loopback.
///
/// The account has two regions. In `eu-west-1` the internet reaches `i-web` on tcp/443 and the
/// office (a prefix list) on tcp/22 too; from there tcp/5432 of `i-db` is open. A balancer takes
/// tcp/80 from anywhere and asks `i-app` on tcp/8080. Only `i-web` and the balancer may send.
/// Instances, interfaces and the prefix list come in two pages. `eu-north-1` is empty.
class CollectAwsTest {
  @TempDir static Path tools;
  private static Optional<Process> client = Optional.empty();

  @TempDir Path folder;
  private AwsStandIn aws;

  /// Writes a command `aws` that asks the stand-in. Where it can, it keeps the client loaded: a
  /// start takes half a second, and the script makes some sixty calls.
  @BeforeAll
  static void findClient() throws IOException, InterruptedException {
    var search =
        new ProcessBuilder(Repository.root().resolve("scripts/get-aws").toString())
            .redirectErrorStream(true)
            .start();
    String command = new String(search.getInputStream().readAllBytes(), UTF_8).strip();
    assumeTrue(search.waitFor() == 0, command);
    var loading = new ProcessBuilder(command);
    var environment = loading.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_"));
    environment.put(
        "PYTHONPATH", Path.of("src/test/resources/aws/client").toAbsolutePath().toString());
    var loaded = loading.redirectError(tools.resolve("client.log").toFile()).start();
    client = Optional.of(loaded);
    var said = new BufferedReader(new InputStreamReader(loaded.getInputStream(), UTF_8)).readLine();
    Path program = tools.resolve("aws");
    Files.writeString(
        program,
        said != null && said.matches("\\d+")
            ? """
            #!/bin/bash
            exec 3<>/dev/tcp/127.0.0.1/%s 4>&1 5>&2
            printf '%%s\\0' "$$" --endpoint-url "$STAND_IN" "$@" '' >&3
            read -r code <&3
            exit "$code"
            """
                .formatted(said)
            : """
            #!/bin/sh
            exec '%s' --endpoint-url "$STAND_IN" "$@"
            """
                .formatted(command));
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  @AfterAll
  static void stopClient() {
    client.ifPresent(Process::destroy);
  }

  @BeforeEach
  void startAws() throws IOException {
    aws = new AwsStandIn();
  }

  @AfterEach
  void stopAws() {
    aws.close();
  }

  private record Outcome(int exit, String log) {}

  private Outcome collect(String... arguments) throws IOException, InterruptedException {
    var script = Repository.root().resolve("scripts/collect/aws").toString();
    var process = new ProcessBuilder(script);
    process.command().addAll(List.of(arguments));
    var environment = process.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_"));
    environment.put("HOME", folder.toString());
    environment.put("PATH", tools + ":" + environment.get("PATH"));
    environment.put("STAND_IN", aws.url());
    environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    environment.put("AWS_SECRET_ACCESS_KEY", "not a secret");
    environment.put("AWS_DEFAULT_REGION", "eu-west-1");
    environment.put("no_proxy", "127.0.0.1");
    Path log = folder.resolve("log");
    Files.deleteIfExists(log);
    process
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return new Outcome(process.start().waitFor(), Files.readString(log));
  }

  private static String answer(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var around =
        new ProcessContext(
            InputStream.nullInputStream(), out, false, err, false, Map.of(), Optional.empty());
    int exit = Surfacescan.run(around, (_, _) -> 1, arguments);
    assertThat(exit).as(err.toString(UTF_8)).isZero();
    return out.toString(UTF_8);
  }

  @Test
  void script_exportsAllPagesOfAllRegions_andTheExportAnswers() throws Exception {
    aws.refuseOnce("eu-west-1 ec2 DescribeSubnets", "RequestLimitExceeded");
    aws.refuse("eu-north-1 ec2 DescribeVpcBlockPublicAccessOptions", "InvalidAction");
    Path export = folder.resolve("export");
    Files.createDirectories(export);
    Files.writeString(export.resolve("old.json"), "{}");

    var ran = collect(export.toString());

    // What the loaded client says of itself, should a call not get through to it.
    String client = Files.readString(tools.resolve("client.log"));
    assertThat(ran.exit()).as(ran.log() + client).isZero();
    assertThat(ran.log())
        .contains("reading 111122223333 eu-north-1\n", "reading 111122223333 eu-west-1\n")
        .contains("left out, not known here: aws ec2 describe-vpc-block-public-access-options")
        .endsWith("wrote " + export + "\n");
    assertThat(export.resolve("COMPLETE")).exists();
    assertThat(export.resolve("old.json")).doesNotExist();
    assertThat(folder.resolve(".export.before/old.json")).exists();
    assertThat(aws.asked())
        .contains("ec2:DescribeInstances 2", "ec2:GetManagedPrefixListEntries 2");
    var actions = new TreeSet<>(aws.asked());
    actions.removeIf(action -> action.contains(" "));
    assertThat(actions).isEqualTo(actionsOfThePolicy());
    String data = export.toString();
    assertThat(answer("validate", "--data", data))
        .startsWith(
            """
            export of aws, with all layers:
              region 111122223333/eu-north-1: 0 VMs
              region 111122223333/eu-west-1: 4 VMs
            """);
    assertThat(answer("attack", "i-db", "--data", data)).isEqualTo("i-web\n");
    assertThat(answer("attack", "i-app", "--data", data).lines())
        .containsExactlyInAnyOrder("i-web", "eni-front");
    assertThat(answer("path", "internet", "i-db", "--why", "--data", data))
        .contains("sgr-web-443", "sgr-db-5432");
    var imported = Importers.read(List.of(data), InputStream.nullInputStream(), (_, _) -> {});
    assertThat(imported.problems().errors()).isEmpty();
    assertThat(imported.problems().warnings()).isEmpty();
    var environment = imported.environment();
    int office = environment.findVm("8.8.4.0/24").orElseThrow();
    assertThat(environment.vmDetails(office).addresses())
        .containsExactly("8.8.4.0/24", "9.9.9.0/24");
    var pairs = new TreeMap<String, String>();
    DirectPairs.of(environment)
        .atMost()
        .forEach((pair, services) -> pairs.put(pair, services.toString()));
    assertThat(pairs)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "internet -> eni-front", "tcp/80",
                "internet -> i-web", "tcp/443",
                "8.8.4.0/24 -> eni-front", "tcp/80",
                "8.8.4.0/24 -> i-web", "tcp/22, tcp/443",
                "eni-front -> i-app", "tcp/8080",
                "i-web -> eni-front", "tcp/80",
                "i-web -> i-db", "tcp/5432",
                "i-web -> internet-out", "all"));
  }

  /// The actions that the documentation's policy allows.
  private static Set<String> actionsOfThePolicy() throws IOException {
    String page = Files.readString(Repository.root().resolve("docs/import/aws.md"));
    var actions = new TreeSet<String>();
    var found = Pattern.compile("\"((?:ec2|elasticloadbalancing|sts):\\w+)\"").matcher(page);
    while (found.find()) {
      actions.add(found.group(1));
    }
    return actions;
  }

  @Test
  void script_withoutAPermission_failsAndLeavesWhatWasThere() throws Exception {
    aws.refuse("eu-north-1 ec2 DescribeNetworkInterfaces", "UnauthorizedOperation");
    Path export = folder.resolve("export");
    Files.createDirectories(export);
    Files.writeString(export.resolve("old.json"), "{}");

    var ran = collect("--regions", "eu-north-1", export.toString());

    assertThat(ran.exit()).as(ran.log()).isNotZero();
    assertThat(ran.log())
        .contains("(UnauthorizedOperation) when calling the DescribeNetworkInterfaces operation")
        .contains("error: not read to the end: eu-north-1\n")
        .endsWith(
            "error: "
                + export
                + " was not written; an export without one of its files looks safer than it is\n");
    try (var left = Files.list(folder)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("export", "log");
    }
    try (var left = Files.list(export)) {
      assertThat(left).containsExactly(export.resolve("old.json"));
    }
  }
}
