package io.surfacescan.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The examples of `docs/policies.md` for pipelines, and the files that hosts take, run as scripts.
///
/// In place of the program a script notes what it was started with. Then the program does that in
/// this process, so that an example takes some milliseconds.
class PipelineExamplesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final String MANIFESTS = deployment("web") + deployment("db");

  private static final String POLICY =
      """
      rules:
        - id: web-db
          title: The web server must not reach the database
          severity: high
          forbid: {from: "name:web", to: "name:db"}
      """;

  private static final String CLOSED =
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: closed, namespace: shop}
      spec: {podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress]}
      """;

  @TempDir Path folder;
  private Path bin = Path.of("");

  private static String deployment(String name) {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: %s, namespace: shop, labels: {app: %s}}
    spec:
      selector: {matchLabels: {app: %s}}
      template:
        metadata: {labels: {app: %s}}
        spec: {containers: [{name: main, image: main}]}
    ---
    """
        .formatted(name, name, name, name);
  }

  @BeforeEach
  void write() throws IOException {
    bin = Files.createDirectory(folder.resolve("bin"));
    script(
        "surfacescan",
        """
        printf '%%s\\n' "$@" > "%s/arguments"
        case " $* " in *" --data - "*) cat > "%s/stdin" ;; esac
        """
            .formatted(folder, folder));
    Files.copy(bin.resolve("surfacescan"), folder.resolve("surfacescan"));
    assertThat(folder.resolve("surfacescan").toFile().setExecutable(true)).isTrue();
    for (String tool : List.of("kubectl", "helm")) {
      script(tool, "cat \"" + folder + "/manifests/all.yaml\"");
    }
    Files.writeString(folder.resolve("policy.yaml"), POLICY);
    Files.createDirectory(folder.resolve("manifests"));
    manifests(MANIFESTS);
  }

  private void manifests(String text) throws IOException {
    Files.writeString(folder.resolve("manifests/all.yaml"), text);
  }

  private void script(String name, String text) throws IOException {
    var file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + text + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /// Runs a command in a shell, with the script in place of the program.
  private void run(String shell, String command, Map<String, String> variables)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(shell, "-c", command).directory(folder.toFile());
    builder.environment().put("SURFACESCAN", bin.resolve("surfacescan").toString());
    builder.environment().put("PATH", bin + File.pathSeparator + System.getenv("PATH"));
    builder.environment().putAll(variables);
    var process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s%n%s", command, output).isZero();
  }

  /// What the program does that was started last, with names of files made absolute.
  private Trial.Outcome outcome() throws IOException {
    var arguments = new ArrayList<String>();
    for (String argument : Files.readAllLines(folder.resolve("arguments"))) {
      int equals = argument.indexOf('=');
      boolean isFile = List.of("manifests", "policy.yaml").contains(argument);
      arguments.add(
          isFile
              ? folder.resolve(argument).toString()
              : equals > 0
                  ? argument.substring(0, equals + 1)
                      + folder.resolve(argument.substring(equals + 1))
                  : argument);
    }
    arguments.add("--root=" + folder);
    var stdin = folder.resolve("stdin");
    var trial = new Trial();
    return (Files.exists(stdin) ? trial.in(Files.readString(stdin)) : trial)
        .run(arguments.toArray(String[]::new));
  }

  /// That the pipeline fails, and passes once a policy closes the database.
  private Trial.Outcome assertGates(String shell, String command, Map<String, String> variables)
      throws IOException, InterruptedException {
    manifests(MANIFESTS + CLOSED);
    run(shell, command, variables);
    var passed = outcome();
    assertThat(passed.exit()).as(passed.err()).isZero();
    manifests(MANIFESTS);
    run(shell, command, variables);
    var failed = outcome();
    assertThat(failed.exit()).as(failed.err()).isEqualTo(1);
    return failed;
  }

  private static Object yaml(String text) {
    return new Load(LoadSettings.builder().build()).loadFromString(text);
  }

  private static Object at(Object tree, Object... path) {
    Object found = tree;
    for (Object step : path) {
      found =
          switch (found) {
            case Map<?, ?> map -> map.get(step);
            case List<?> list when step instanceof Integer index -> list.get(index);
            case null, default -> fail(step + " of " + tree);
          };
    }
    return requireNonNull(found);
  }

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/policies.md"));
  }

  private static String block(String language, String within) throws IOException {
    var block =
        Pattern.compile(
                "```" + language + "\n((?:(?!```).)*?" + Pattern.quote(within) + ".*?)```",
                Pattern.DOTALL)
            .matcher(page());
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  @Test
  void githubAction_runsItsStep_andAnnotates() throws IOException, InterruptedException {
    Object action = yaml(Files.readString(ROOT.resolve("action.yml")));
    var inputs = new HashMap<String, String>();
    ((Map<?, ?>) at(action, "inputs"))
        .forEach((name, input) -> {
          if (((Map<?, ?>) requireNonNull(input)).get("default") instanceof String usual) {
            inputs.put("${{ inputs." + name + " }}", usual);
          }
        });
    Object example = yaml(block("yaml", "uses: OWNER/surfacescan"));
    ((Map<?, ?>) at(example, "steps", 1, "with"))
        .forEach((name, value) -> inputs.put("${{ inputs." + name + " }}", value.toString()));
    var step = (Map<?, ?>) at(action, "runs", "steps", 1);
    var variables = new LinkedHashMap<String, String>();
    ((Map<?, ?>) at(step, "env"))
        .forEach((name, value) ->
            variables.put(name.toString(), requireNonNull(inputs.get(value.toString()))));
    variables.put("GITHUB_ACTION_PATH", ROOT.toString());

    var failed = assertGates((String) at(step, "shell"), (String) at(step, "run"), variables);
    assertThat(failed.out()).startsWith("::error file=policy.yaml,line=2,col=5,title=web-db%3A ");
    assertThat(folder.resolve("surfacescan.sarif")).content().contains("\"ruleId\":\"web-db\"");
  }

  @Test
  void gitlabTemplate_runsItsScript_andKeepsReports() throws IOException, InterruptedException {
    Object template =
        at(
            yaml(Files.readString(ROOT.resolve("deploy/gitlab/surfacescan.gitlab-ci.yml"))),
            "surfacescan");
    var variables = new HashMap<String, String>();
    ((Map<?, ?>) at(template, "variables"))
        .forEach((name, value) -> variables.put(name.toString(), value.toString()));
    variables.put("SURFACESCAN_CHECK_POLICY", "policy.yaml");
    assertGates("sh", (String) at(template, "script", 0), variables);
    assertThat(folder.resolve((String) at(template, "artifacts", "reports", "junit")))
        .content()
        .contains("<failure");
    assertThat(folder.resolve((String) at(template, "artifacts", "paths", 0)))
        .content()
        .contains("\"ruleId\":\"web-db\"");
  }

  @Test
  void preCommitHook_runsItsEntry() throws IOException, InterruptedException {
    Object hook = at(yaml(Files.readString(ROOT.resolve(".pre-commit-hooks.yaml"))), 0);
    Object example = at(yaml(block("yaml", "surfacescan-check")), "repos", 0, "hooks", 0);
    assertThat(at(example, "id")).isEqualTo(at(hook, "id"));
    var entry = ROOT.resolve((String) at(hook, "entry"));
    assertThat(entry).isExecutable();
    var command = new StringBuilder("'" + entry + "'");
    ((List<?>) at(example, "args")).forEach(argument -> command.append(" '" + argument + "'"));
    assertThat(assertGates("sh", command.toString(), Map.of()).out()).contains("web-db");
  }

  @Test
  void renderedManifests_areCheckedFromStandardInput() throws IOException, InterruptedException {
    var commands = block("sh", "kubectl kustomize").lines().toList();
    assertThat(commands).hasSize(2);
    for (String command : commands) {
      assertThat(assertGates("sh", command, Map.of()).out()).contains("web-db");
    }
  }
}
