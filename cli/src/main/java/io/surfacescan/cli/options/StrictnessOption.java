package io.surfacescan.cli.options;

import io.surfacescan.importers.ReadOptions;
import picocli.CommandLine.Option;

/// The flag that says how strictly an environment is read.
public final class StrictnessOption {
  @Option(
      names = "--ignore-unknown-keys",
      description =
          "Read VMs and rules without the keys that would change what they mean, such as action,"
              + " disabled or ports, and warn of them; without it they are errors.")
  boolean ignoreUnknownKeys;

  public ReadOptions options() {
    return new ReadOptions(ignoreUnknownKeys);
  }
}
