package io.surfacescan.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the measurements were made on, and of which sources.
final class Machine {
  private Machine() {}

  /// Processors, memory, operating system and Java in one line. Figures of two machines are never
  /// put into one table.
  static String described() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return String.format(
        Locale.ROOT,
        "%d × %s, %.0f GiB of memory, %s %s %s, %s %s",
        system.getAvailableProcessors(),
        processor(),
        system.getTotalMemorySize() / (double) (1 << 30),
        system.getName(),
        system.getVersion().replaceFirst("-.*", ""),
        system.getArch(),
        System.getProperty("java.vm.name"),
        System.getProperty("java.runtime.version"));
  }

  private static String processor() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse("unnamed processor");
    } catch (IOException e) {
      return "unnamed processor";
    }
  }

  /// The short name of the commit, with `-dirty` if sources differ from it.
  static String commit() {
    String head = git("rev-parse", "--short=10", "HEAD");
    if (head.isEmpty()) {
      return "unknown";
    }
    boolean clean = git("status", "--porcelain", "--", ".", ":!docs", ":!*.md").isEmpty();
    return clean ? head : head + "-dirty";
  }

  private static String git(String... arguments) {
    try {
      var command = new ArrayList<>(List.of("git"));
      command.addAll(List.of(arguments));
      var git = new ProcessBuilder(command).redirectErrorStream(false).start();
      git.getErrorStream().close();
      String printed = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return git.waitFor() == 0 ? printed.strip() : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
