package io.surfacescan.cli.serve;

import io.surfacescan.cli.terminal.ProcessContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What this machine is called.
final class HostName {
  /// Linux tells it without asking a name server, which may take seconds.
  private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

  private HostName() {}

  static String of(ProcessContext around) {
    return around.variable("HOSTNAME").orElseGet(HostName::asked);
  }

  private static String asked() {
    try {
      return Files.readString(KERNEL).strip();
    } catch (IOException e) {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException unknown) {
        return "localhost";
      }
    }
  }
}
