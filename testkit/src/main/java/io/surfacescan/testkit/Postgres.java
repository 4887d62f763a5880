package io.surfacescan.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/// A real PostgreSQL on the loopback address, with empty tables of its own. It needs nothing but a
/// shell and works in containers too; if it is root who starts it, whom PostgreSQL refuses, it runs
/// as the user who owns nothing.
///
/// A shell beside it starts and stops it as it is told over its standard input, and when that is
/// closed, it ends the server and removes its files. So nothing is left behind, not even by tests
/// that were killed.
public final class Postgres implements AutoCloseable {
  /// Which PostgreSQL.
  public enum Version {
    NEWEST,
    /// The oldest that is promised to do.
    OLDEST
  }

  private static final String USER = "surfacescan";
  private static final String PASSWORD = "correct-horse";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final int ROOT = 0;
  private static final int NOBODY = 65_534;
  private static final int EXECUTABLE = 0b001_000_000;

  private static final String GUARD =
      """
      trap '' HUP INT TERM
      folder=$1
      shift
      server=
      stop() {
        [ -z "$server" ] || kill "-$1" "$server"
        [ -z "$server" ] || wait "$server"
        server=
      }
      while read -r order; do
        case $order in
          start) "$@" </dev/null >>"$folder/log" 2>&1 & server=$! ;;
          *) stop "$order" ;;
        esac
        echo done
      done
      stop QUIT
      rm -rf "$folder"
      """;

  private final Path folder;
  private final int port;
  private final Process guard;
  private final Writer orders;
  private final BufferedReader answers;
  private boolean running;

  private Postgres(Path folder) throws IOException {
    this.folder = folder;
    port = FreePort.find();
    var command = new ArrayList<>(List.of("sh", "-c", GUARD, "guard", folder.toString()));
    command.addAll(server());
    guard = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    orders = guard.outputWriter();
    answers = guard.inputReader();
  }

  private List<String> server() throws IOException {
    return ordinary(
        "postgres",
        "-D",
        data().toString(),
        "-p",
        Integer.toString(port),
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        "unix_socket_directories=",
        // Whatever happens to the server, the machine goes on.
        "-c",
        "fsync=off");
  }

  /// Whether there is one for this machine.
  public static boolean isThere() {
    return archive(Version.NEWEST) != null;
  }

  /// The oldest is there for fewer machines.
  public static boolean isOldestThere() {
    return archive(Version.OLDEST) != null;
  }

  /// Starts a new one.
  public static Postgres start() throws IOException {
    return start(Version.NEWEST);
  }

  /// Where its files are while it runs.
  Path folder() {
    return folder;
  }

  /// Starts a new one of that version.
  public static Postgres start(Version version) throws IOException {
    var postgres = new Postgres(Files.createTempDirectory("surfacescan-postgres-"));
    try {
      postgres.unpack(version);
      postgres.makeTables();
      postgres.startAgain();
      return postgres;
    } catch (IOException | RuntimeException | Error e) {
      try (postgres) {
        throw e;
      }
    }
  }

  private static @Nullable InputStream archive(Version version) {
    String folder = "/postgres/" + (version == Version.NEWEST ? "newest/" : "oldest/");
    return switch (System.getProperty("os.name") + " " + System.getProperty("os.arch")) {
      case "Linux amd64" ->
          Postgres.class.getResourceAsStream(folder + "postgres-linux-x86_64.txz");
      case "Linux aarch64" ->
          Postgres.class.getResourceAsStream(folder + "postgres-linux-arm_64.txz");
      default -> null;
    };
  }

  private void unpack(Version version) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    var archive =
        Objects.requireNonNull(
            archive(version), () -> "there is no PostgreSQL for this machine: " + version);
    try (var entries = new TarArchiveInputStream(new XZInputStream(archive))) {
      for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        unpack(entry, entries, programs().resolve(entry.getName()));
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path path)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
    } else if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (!path.toString().endsWith(".a")) {
      Files.createDirectories(Objects.requireNonNull(path.getParent()));
      Files.copy(content, path);
      if ((entry.getMode() & EXECUTABLE) != 0) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  private void makeTables() throws IOException {
    Files.createDirectory(data());
    if (isRoot()) {
      Files.setAttribute(data(), "unix:uid", NOBODY);
    }
    var password = Files.writeString(folder.resolve("password"), PASSWORD);
    var log = ProcessBuilder.Redirect.appendTo(log().toFile());
    var making =
        new ProcessBuilder(
                ordinary(
                    "initdb",
                    "--pgdata=" + data(),
                    "--username=" + USER,
                    "--auth=scram-sha-256",
                    "--pwfile=" + password,
                    "--encoding=UTF8",
                    "--locale=C",
                    "--wal-segsize=1",
                    "--no-sync"))
            .redirectOutput(log)
            .redirectError(log)
            .start();
    if (await(making) != 0) {
      throw new IOException("initdb failed: " + Files.readString(log()));
    }
  }

  /// The command of one of its programs.
  private List<String> ordinary(String program, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
    }
    command.add(programs().resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private boolean isRoot() throws IOException {
    return Files.getAttribute(folder, "unix:uid").equals(ROOT);
  }

  private Path programs() {
    return folder.resolve("programs");
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Path log() {
    return folder.resolve("log");
  }

  /// For the driver, with user and password.
  public String url() {
    return url(port);
  }

  /// The same by another port, such as that of a [CuttableProxy].
  public String url(int otherPort) {
    return "jdbc:postgresql://127.0.0.1:%d/postgres?user=%s&password=%s"
        .formatted(otherPort, USER, PASSWORD);
  }

  public int port() {
    return port;
  }

  /// Ends it as an operator does: its clients are cut, what they committed is kept.
  public void stop() throws IOException {
    order("INT");
    running = false;
  }

  /// Ends it at once, so that it must recover when it starts again.
  public void crash() throws IOException {
    order("QUIT");
    running = false;
  }

  /// Starts it after [#stop()] or [#crash()], with the same tables at the same port.
  public void startAgain() throws IOException {
    if (running) {
      return;
    }
    order("start");
    running = true;
    var deadline = Instant.now().plus(PATIENCE);
    while (!isReady()) {
      if (Instant.now().isAfter(deadline)) {
        throw new IOException("PostgreSQL does not start: " + Files.readString(log()));
      }
    }
  }

  private boolean isReady() throws IOException {
    var state = data().resolve("postmaster.pid");
    pause();
    return Files.exists(state) && Files.readString(state).strip().endsWith("ready");
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void order(String order) throws IOException {
    orders.write(order + "\n");
    orders.flush();
    if (answers.readLine() == null) {
      throw new IOException("the shell that guards PostgreSQL is gone");
    }
  }

  private static int await(Process process) throws IOException {
    try {
      if (process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      process.destroyForcibly();
      throw new IOException("does not end: " + process.info());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Ends it and forgets all that it kept.
  @Override
  public void close() throws IOException {
    orders.close();
    await(guard);
  }
}
