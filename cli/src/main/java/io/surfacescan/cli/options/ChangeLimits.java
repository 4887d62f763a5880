package io.surfacescan.cli.options;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The flags that say how much of a comparison is shown.
public final class ChangeLimits {
  private static final int VMS_USUAL = 20;
  private static final int ENTRIES_USUAL = 100;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "At most N of the VMs that changed most, and N ids or rules in a list; counts are exact"
              + " anyway. Default: 20 VMs, 100 in a list.")
  @Nullable Integer limit;

  @Option(
      names = "--worst",
      hidden = true,
      paramLabel = "N",
      description = "As --limit, for the VMs that changed most alone.")
  @Nullable Integer worst;

  public void check(CommandSpec spec) {
    check(spec, "--limit", limit);
    check(spec, "--worst", worst);
  }

  private static void check(CommandSpec spec, String flag, @Nullable Integer value) {
    if (value != null && value < 0) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '" + flag + "': " + value + " is below 0");
    }
  }

  /// How many of the VMs that changed most to show.
  ///
  /// @param unlessGiven what holds without a flag, if anything is said there
  public int vms(OptionalInt unlessGiven) {
    return worst != null ? worst : limit != null ? limit : unlessGiven.orElse(VMS_USUAL);
  }

  /// How many ids or rules a list may have.
  ///
  /// @param unlessGiven as in [#vms]
  public int entries(OptionalInt unlessGiven) {
    return limit != null ? limit : unlessGiven.orElse(ENTRIES_USUAL);
  }
}
