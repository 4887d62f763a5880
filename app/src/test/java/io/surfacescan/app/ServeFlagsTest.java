package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.settings.Flag;
import io.surfacescan.settings.Settings;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The table of flags in the docs says what the settings say.
class ServeFlagsTest {
  private static final String HEAD =
      "| flag | without it | bounds | what it does |\n|---|---|---|---|\n";

  @Test
  void docs_haveARowForEachFlag() {
    String table =
        Settings.FLAGS.stream().map(ServeFlagsTest::row).sorted().collect(Collectors.joining());

    assertThat(Repository.root().resolve("docs/cli.md")).content().contains(HEAD + table + "\n");
  }

  private static String row(Flag<?> flag) {
    String named = flag.label().isEmpty() ? flag.name() : flag.name() + " " + flag.label();
    String otherwise =
        flag.otherwise().isEmpty()
            ? flag.usual().map(Object::toString).orElse("")
            : flag.otherwise();
    return "| `%s` | %s | %s | %s |\n".formatted(named, otherwise, bounds(flag), flag.help());
  }

  private static String bounds(Flag<?> flag) {
    if (flag.least() == Integer.MIN_VALUE) {
      return "";
    }
    return flag.most() == Integer.MAX_VALUE
        ? "from " + flag.least()
        : flag.least() + " to " + flag.most();
  }
}
