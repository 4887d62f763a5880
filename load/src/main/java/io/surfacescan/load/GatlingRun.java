package io.surfacescan.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One run of Gatling in a process of its own, because it ends its process when it is done.
final class GatlingRun {
  private static final int DONE = 0;
  private static final int LIMIT_BROKEN = 2;

  private GatlingRun() {}

  /// Runs the plan in the folder, and leaves the report there.
  ///
  /// @return whether every limit of the plan was kept
  static boolean of(RunFolder folder) throws IOException, InterruptedException {
    try (var gatling = Child.start(command(folder), folder.gatlingLog())) {
      int exit = gatling.await();
      folder.takeReport();
      if ((exit != DONE && exit != LIMIT_BROKEN) || !Files.exists(folder.index())) {
        throw new LoadFailure("Gatling made no report; " + folder.gatlingLog() + " says why");
      }
      return exit == DONE;
    }
  }

  private static List<String> command(RunFolder folder) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Gatling reaches into strings, and its Netty and reflection into what newer Javas warn about.
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add(UnkeptPreferences.flag());
    command.add(folder.flag());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(GatlingProcess.class.getName());
    return command;
  }
}
