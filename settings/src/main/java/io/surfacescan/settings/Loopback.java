package io.surfacescan.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// The addresses that only this machine reaches.
final class Loopback {
  private Loopback() {}

  /// Whether every address that the host stands for is one; not if it stands for none.
  ///
  /// @param host an address, with brackets or without, or a name, which is looked up
  static boolean isOnly(String host) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
