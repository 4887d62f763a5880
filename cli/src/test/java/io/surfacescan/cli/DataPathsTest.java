package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `--data` takes, and paths that stand without it.
class DataPathsTest {
  @TempDir Path folder;
  private String vms = "";
  private String rules = "";

  @BeforeEach
  void setUp() throws IOException {
    vms =
        file(
            "vms.json",
            """
            {"vms": [{"vm_id": "a", "name": "", "tags": ["s"]}, {"vm_id": "b", "name": "", "tags": ["d"]}]}
            """);
    rules =
        file(
            "rules.json",
            """
            {"fw_rules": [{"fw_id": "f", "source_tag": "s", "dest_tag": "d"}]}
            """);
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  @Test
  void data_takesWhatAShellExpandsTo_andThenVms() {
    assertThat(new Trial().run("attack", "--data", vms, rules, "b").out()).isEqualTo("a\n");
    assertThat(new Trial().run("attack", "--data=" + vms, rules, "b").out()).isEqualTo("a\n");
    assertThat(new Trial().run("attack", "b", "--data", vms, "--data", rules).out())
        .isEqualTo("a\n");
    assertThat(new Trial().run("attack", "--data", vms, rules, "--", "b").out()).isEqualTo("a\n");
  }

  @Test
  void data_takesStandardInputBehindAPath() {
    String text =
        "{\"fw_rules\": [{\"fw_id\": \"f\", \"source_tag\": \"s\", \"dest_tag\": \"d\"}]}";
    assertThat(new Trial().in(text).run("attack", "--data", vms, "-", "b").out()).isEqualTo("a\n");
  }

  @Test
  void data_refusesAnArgumentThatIsAFileAndAVm() throws IOException {
    String both = folder.resolve("both").toString();
    file("both", "{\"vms\": [{\"vm_id\": \"" + both + "\", \"name\": \"\", \"tags\": []}]}");
    var ran = new Trial().run("attack", "--data", vms, rules, both, "b");
    assertThat(ran.out()).isEmpty();
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .endsWith(
            "error: `"
                + both
                + "` behind --data is a file here and names a VM too; write -- before it for the"
                + " VM, or --data before it for the file\n");
    assertThat(new Trial().run("attack", "--data", vms, "--data", rules, "--data", both, "b").out())
        .isEqualTo("a\n");
  }

  @Test
  void data_saysWhatItTookIfAnArgumentIsMissing() {
    var ran = new Trial().run("attack", "--data", vms, rules);
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .isEqualTo(
            "error: Missing required parameter: 'VM'; `"
                + rules
                + "` was taken as a path of --data, write -- before it if it is a VM; see"
                + " `surfacescan help attack`\n");
  }

  @Test
  void data_isNotPresetBesideWhatIsGiven() {
    var trial = new Trial().variable("SURFACESCAN_DATADIR", folder.resolve("gone").toString());
    assertThat(trial.run("attack", "--data", vms, rules, "b").out()).isEqualTo("a\n");
    assertThat(trial.run("vms", vms, rules).exit()).isZero();
    assertThat(trial.run("vms").err()).contains("gone: there is no such file or directory");
  }

  @Test
  void data_isParsedTwiceWithAConfigurationFile_andTakenOnce() throws IOException {
    String config = file("config.properties", "quiet = true\n");
    var ran = new Trial().run("attack", "--config", config, "--data", vms, rules, "b");
    assertThat(ran.out()).isEqualTo("a\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"validate", "report", "rules", "vms"})
  void aPathAsArgument_isTheEnvironment(String verb) {
    var flag = new Trial().run(verb, "--data", vms, rules);
    assertThat(flag.exit()).isZero();
    assertThat(new Trial().run(verb, vms, rules)).isEqualTo(flag);
    assertThat(new Trial().run(verb, folder.toString()).exit()).isZero();
  }

  @Test
  void aPathAsArgument_isServed() {
    assertThat(new Trial().run("serve", vms, rules).served().getFirst().input().paths())
        .containsExactly(vms, rules);
  }

  @Test
  void anArgumentThatIsNoPath_isRefused() {
    var ran = new Trial().run("validate", "nowhere");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .isEqualTo(
            "error: 'nowhere' is no file or folder here, and nothing else is taken as argument; see"
                + " `surfacescan help validate`\n");
    assertThat(new Trial().run("validate", rules, "--data", vms).err())
        .isEqualTo(
            "error: '"
                + rules
                + "' is a path beside --data; name all paths with --data; see"
                + " `surfacescan help validate`\n");
  }

  @Test
  void aFileInThePlaceOfAVm_isNamed() {
    var ran = new Trial().run("attack", "b", rules, "--data", folder.toString());
    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.err())
        .isEqualTo(
            "error: no VM has the id or name `"
                + rules
                + "`; it is a file or folder here; name the environment with --data "
                + rules
                + "\n");
  }

  @Test
  void aFileInThePlaceOfAVm_isNamed_whereNothingElseNamesTheEnvironment() {
    // The tests run in the folder of the module, which has no data.
    var ran = new Trial().run("attack", "b", rules);
    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.err())
        .isEqualTo(
            "error: data: there is no such file or folder here; name the environment with --data "
                + rules
                + "\n");
  }
}
