package io.surfacescan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Servers of its own, with a script in the place of `./surfacescan`.
class ServerTest {
  @TempDir Path reports;

  private Server started(String script) throws IOException, InterruptedException {
    Files.createDirectories(LoadFlags.HOME);
    var program = LoadFlags.HOME.resolve("surfacescan");
    Files.writeString(program, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return Server.start(Path.of("some", "data"), reports);
  }

  @Test
  void start_waitsForTheAddress_andCloseEndsTheServer() throws Exception {
    var server =
        started("echo \"$*\"; sleep 0.2; echo '  http://127.0.0.1:4711/stats'; exec sleep 60");
    server.close();

    assertThat(server.address()).isEqualTo(URI.create("http://127.0.0.1:4711"));
    assertThat(server.own().orElseThrow().isAlive()).isFalse();
    try (var folders = Files.list(reports)) {
      assertThat(folders.toList())
          .singleElement()
          .satisfies(folder ->
              assertThat(folder.resolve("server.log"))
                  .content()
                  .startsWith(
                      "serve --host=127.0.0.1 --port=0 --data=some/data --state-dir="
                          + folder.resolve("state")));
    }
  }

  @Test
  void start_aServerThatEnds_isNothingToTest() {
    assertThatThrownBy(() -> started("echo 'error: no such file: x' >&2; exit 2"))
        .isInstanceOf(Server.NothingToTest.class)
        .hasMessage("the server did not start; it says:\nerror: no such file: x");
  }
}
