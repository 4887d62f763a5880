package io.surfacescan.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// The server under test: one that runs, or one of its own for as long as the test takes.
record Server(URI address, Optional<Process> own) implements AutoCloseable {
  private static final int ANSWER_MS = 120_000;
  private static final int PAGE_MOST = 1000;
  private static final Pattern ADDRESS = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+)/");
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Starts `./surfacescan serve` on a free port, and waits until it serves.
  ///
  /// @param reports where it gets a folder for its log and what it counts
  static Server start(Path data, Path reports) throws IOException, InterruptedException {
    var folder = Files.createTempDirectory(reports, "server-");
    var log = folder.resolve("server.log");
    System.err.println("starting a server; its log is " + log);
    var process =
        new ProcessBuilder(
                LoadFlags.HOME.resolve("surfacescan").toString(),
                "serve",
                "--host=127.0.0.1",
                "--port=0",
                "--data=" + data,
                "--state-dir=" + folder.resolve("state"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    long end = System.nanoTime() + Duration.ofMinutes(10).toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      var address = ADDRESS.matcher(Files.readString(log));
      if (address.find()) {
        return new Server(URI.create(address.group(1)), Optional.of(process));
      }
      Thread.sleep(50);
    }
    throw new NothingToTest("the server did not start; it says:\n" + Files.readString(log).strip());
  }

  /// The first VMs that it serves, percent-encoded; at least one.
  List<String> vmIds(int most) throws NothingToTest {
    var ids = new ArrayList<String>();
    String page = "/vms?limit=" + Math.min(PAGE_MOST, most);
    while (!page.isEmpty() && ids.size() < most) {
      try {
        var answer = address.resolve(page).toURL().openConnection();
        answer.setReadTimeout(ANSWER_MS);
        for (var vm : JSON.readTree(answer.getInputStream())) {
          ids.add(URLEncoder.encode(vm.path("vm_id").asText(), StandardCharsets.UTF_8));
        }
        var next = NEXT.matcher(Objects.requireNonNullElse(answer.getHeaderField("Link"), ""));
        page = next.find() ? next.group(1) : "";
      } catch (IOException e) {
        throw new NothingToTest("no surfacescan answers at " + address + ": " + e);
      }
    }
    if (ids.isEmpty()) {
      throw new NothingToTest(address + " serves no VMs to ask about");
    }
    return ids.subList(0, Math.min(most, ids.size()));
  }

  /// What it has counted and timed since it was started, by route.
  String routes() {
    try (var body = address.resolve("/stats").toURL().openStream()) {
      return JSON.readTree(body).path("routes").toString();
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    own.ifPresent(process -> {
      process.destroy();
      process.onExit().join();
    });
  }

  /// Why there is nothing to test, for the user.
  static final class NothingToTest extends IOException {
    private static final long serialVersionUID = 1L;

    NothingToTest(String why) {
      super(why);
    }
  }
}
