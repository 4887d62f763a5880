package io.surfacescan.settings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What this machine is called.
final class HostName {
  /// Linux knows it without asking a name server, which may take seconds.
  private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

  private HostName() {}

  static String of(Given given) {
    return given.variable("HOSTNAME").orElseGet(HostName::fromSystem);
  }

  private static String fromSystem() {
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
