package io.surfacescan.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What is served.
///
/// @param paths files, directories, `-` for standard input; at least one
/// @param ignoreUnknownKeys whether keys that change the meaning of VMs and rules are only warned
///   of
/// @param format what all files are read as, by the name that the command line has for it; if
///   empty, the content of each shows it
/// @param terraformSource the folder of the files that a plan or a state of Terraform was made from
/// @param cache where what was read is kept
public record Input(
    List<String> paths,
    boolean ignoreUnknownKeys,
    Optional<String> format,
    Optional<Path> terraformSource,
    CacheSettings cache) {
  /// The path that means standard input.
  public static final String STDIN = "-";

  /// Without the files of Terraform, and nothing of it is kept.
  public Input(List<String> paths, boolean ignoreUnknownKeys, Optional<String> format) {
    this(paths, ignoreUnknownKeys, format, Optional.empty(), CacheSettings.NONE);
  }

  public Input {
    paths = List.copyOf(paths);
    if (paths.isEmpty()) {
      throw new InvalidSetting("no path to load");
    }
  }

  /// Whether the input can be read once only.
  public boolean readsStdin() {
    return paths.contains(STDIN);
  }
}
