package io.surfacescan.cli;

import io.surfacescan.importers.ReadProgress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/// What the user wants served, where, and how much is to be told.
///
/// @param data files and directories, or `-`; at least one
/// @param host the address to listen on
/// @param port 0 for any free one
/// @param allowedHosts names besides localhost that requests may be addressed to
/// @param timeLimit how long the answer to one question may be worked on
/// @param longThreads how many questions that may take long are worked on at a time, if said
/// @param longWaiting how many more of them may wait
/// @param quiet whether to tell errors only
/// @param debug whether to tell every load and request, and stack traces
/// @param progress hears how far the first load has come
public record ServeSettings(
    List<String> data,
    String host,
    int port,
    List<String> allowedHosts,
    Duration timeLimit,
    OptionalInt longThreads,
    int longWaiting,
    boolean quiet,
    boolean debug,
    ReadProgress progress) {
  public ServeSettings {
    data = List.copyOf(data);
    allowedHosts = List.copyOf(allowedHosts);
  }
}
