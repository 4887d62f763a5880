package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.cli.Surfacescan;
import io.surfacescan.cli.terminal.ProcessContext;
import io.surfacescan.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What packages are made of fits the program; `scripts/release` makes and tries them.
class PackagesTest {
  private static final Path ROOT = Repository.root();

  @Test
  void service_startsWithItsSettings() throws IOException {
    String unit = text("deploy/linux/surfacescan.service");
    var start =
        found(unit, "(?m)^ExecStart=/usr/bin/surfacescan (.*)$")
            .replaceAll("/etc/surfacescan", "deploy/linux");
    assertThat(start)
        .isEqualTo("serve --config deploy/linux/serve.properties --state-dir /var/lib/surfacescan");

    var data = ROOT.resolve("data").toString();
    var config = Files.createTempFile("serve", ".properties");
    try {
      Files.writeString(
          config,
          text("deploy/linux/serve.properties").replace("/usr/share/surfacescan/data", data));
      var served =
          served(start.replace("deploy/linux/serve.properties", config.toString()).split(" "));

      assertThat(served.listen().host()).isEqualTo("127.0.0.1");
      assertThat(served.listen().port()).isEqualTo(8001);
      assertThat(served.input().paths()).containsExactly(data);
      assertThat(served.toString()).contains("/var/lib/surfacescan");
    } finally {
      Files.delete(config);
    }
    assertThat(unit)
        .contains(
            "\nStateDirectory=surfacescan\n", "\nUser=surfacescan\n", "\nNoNewPrivileges=yes\n");
  }

  private static Settings served(String... args) {
    var err = new ByteArrayOutputStream();
    var around =
        new ProcessContext(
            InputStream.nullInputStream(), err, false, err, false, Map.of(), Optional.empty());
    var served = new ArrayList<Settings>();
    int exit =
        Surfacescan.run(
            around,
            (settings, _) -> {
              served.add(settings);
              return 0;
            },
            args);
    assertThat(exit).as(err.toString(StandardCharsets.UTF_8)).isZero();
    return served.getFirst();
  }

  @Test
  void imageOfARelease_isSetAsThatOfTheSources() throws IOException {
    var settings = Pattern.compile("(?ms)^(USER 10001\n.*^HEALTHCHECK .*?)^ENTRYPOINT");

    assertThat(found(text("deploy/linux/Dockerfile"), settings.pattern()))
        .isEqualTo(found(text("Dockerfile"), settings.pattern()));
  }

  /// A word that stays would reach users.
  @Test
  void wordsToBeFilledIn_areFilledInByTheScripts() throws IOException, InterruptedException {
    var word = Pattern.compile("@[A-Z0-9_]+@");
    var scripts = new StringBuilder();
    try (Stream<Path> files = Files.list(ROOT.resolve("scripts/releasing"))) {
      for (Path file : files.toList()) {
        scripts.append(Files.readString(file));
      }
    }
    var words = new TreeSet<String>();
    for (String file : Repository.files()) {
      if (file.startsWith("deploy/")) {
        word.matcher(text(file)).results().map(MatchResult::group).forEach(words::add);
      }
    }

    assertThat(words)
        .contains("@VERSION@", "@URL@", "@TARBALL_SHA256@")
        .allMatch(found -> Pattern.compile("s[/|]" + found + "[/|]").matcher(scripts).find());
  }

  private static String text(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }

  private static String found(String text, String pattern) {
    var found = Pattern.compile(pattern).matcher(text);
    assertThat(found.find()).as(pattern).isTrue();
    return found.group(1);
  }
}
