package io.surfacescan.cli.verbs;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Failure;
import io.surfacescan.cli.terminal.Flags;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.snapshot.CacheFolder;
import io.surfacescan.text.Counted;
import io.surfacescan.text.TerminalText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

final class CacheVerb implements Verb {
  private static final long KILOBYTE = 1 << 10;

  private final CommandSpec spec =
      Flags.verb(
          this,
          "cache",
          "Show what is kept of inputs that were read, or remove it.",
          "",
          "Snapshots are kept in $$XDG_CACHE_HOME/surfacescan, or ~/.cache/surfacescan. They save time and decide nothing: they can be removed at any time.",
          "",
          "Example: surfacescan cache --clear");

  private final OptionSpec clear = Flags.toggle("Remove all snapshots.", "--clear").build();

  CacheVerb() {
    spec.addOption(clear);
  }

  @Override
  public CommandSpec described() {
    return spec;
  }

  @Override
  public Exit run(Invocation run) throws IOException {
    var place = run.around().cacheFolder();
    if (place.isEmpty()) {
      throw new Failure(
          Exit.INPUT, "there is no folder for snapshots; set XDG_CACHE_HOME or HOME to one");
    }
    var folder = new CacheFolder(place.get());
    String name = TerminalText.plain(place.get().toString());
    var distrust = folder.distrust();
    if (distrust.isPresent()) {
      throw new Failure(Exit.INPUT, name + ": the folder is not used: " + distrust.get());
    }
    CacheFolder.Content content;
    try {
      content = Flags.isOn(clear) ? folder.clear() : folder.content();
    } catch (IOException e) {
      throw new Failure(
          Exit.INPUT, name + ": the folder cannot be used; see its permissions (" + e + ")");
    }
    var out = new PrintStream(run.out(), false, StandardCharsets.UTF_8);
    out.printf(
        "%s: %s%s, %,d KB%n",
        name,
        Flags.isOn(clear) ? "removed " : "",
        Counted.of(content.snapshots(), "snapshot"),
        (content.bytes() + KILOBYTE - 1) / KILOBYTE);
    out.flush();
    return Exit.DONE;
  }
}
