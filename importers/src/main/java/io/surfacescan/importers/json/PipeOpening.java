package io.surfacescan.importers.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Opens a named pipe or a device, and waits for a program that writes to it no longer than it may:
/// the system lets a reader wait without end, and nothing interrupts that.
///
/// @param patience for the writer
public record PipeOpening(Path path, Duration patience) {
  /// Long enough for a person to start the writer.
  public static final Duration PATIENCE_USUAL = Duration.ofMinutes(1);

  /// No program opened the pipe to write.
  static final class NoWriter extends IOException {
    private static final long serialVersionUID = 1;

    private NoWriter(Duration patience) {
      super("no program wrote to the pipe within " + patience.toSeconds() + " seconds");
    }
  }

  public InputStream open() throws IOException {
    var opening = new CompletableFuture<InputStream>();
    Thread.ofPlatform().name("surfacescan-pipe").daemon().start(() -> open(opening));
    try {
      return opening.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (opening.completeExceptionally(new NoWriter(patience))) {
        freeReader();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      opening.completeExceptionally(new IOException("interrupted", e));
      freeReader();
    } catch (ExecutionException e) {
      // Thrown below.
    }
    return result(opening);
  }

  private void open(CompletableFuture<InputStream> opening) {
    try {
      var in = Files.newInputStream(path);
      if (!opening.complete(in)) {
        in.close();
      }
    } catch (IOException e) {
      opening.completeExceptionally(e);
    }
  }

  /// A writer that comes and goes ends the wait of the thread that opens the pipe. To open it for
  /// both never waits.
  private void freeReader() {
    try (var both = new RandomAccessFile(path.toFile(), "rw")) {
      both.getFD();
    } catch (IOException e) {
      // The thread waits on, and does not keep the program from ending.
    }
  }

  private static InputStream result(CompletableFuture<InputStream> opening) throws IOException {
    try {
      return opening.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
