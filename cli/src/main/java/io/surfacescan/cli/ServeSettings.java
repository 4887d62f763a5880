package io.surfacescan.cli;

import java.util.List;

/// What the user wants served, and where.
///
/// @param data files and directories, or `-`
/// @param host the address to listen on
/// @param port 0 for any free one
/// @param allowedHosts names besides localhost that requests may be addressed to
public record ServeSettings(List<String> data, String host, int port, List<String> allowedHosts) {
  public ServeSettings {
    data = List.copyOf(data);
    allowedHosts = List.copyOf(allowedHosts);
  }
}
