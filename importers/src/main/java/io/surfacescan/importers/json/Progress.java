package io.surfacescan.importers.json;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// Adds up what all threads read, and passes it on now and then.
public final class Progress {
  private static final long STEP_BYTES = 1 << 20;

  /// Hears how many bytes were read, of how many in total; -1 while nobody knows.
  @FunctionalInterface
  public interface Listener {
    void read(long bytes, long total);
  }

  private final Listener listener;
  private final long total;
  private long bytes;
  private long told;

  public Progress(Listener listener, List<Source> sources) {
    this.listener = listener;
    long sum = 0;
    for (Source source : sources) {
      if (source instanceof Source.Stream) {
        sum = -1;
      } else if (source instanceof Source.File file && sum >= 0) {
        sum += file.fingerprint().size();
      }
    }
    total = sum;
  }

  /// The same bytes, counted as they are read.
  InputStream counting(InputStream in) {
    return new Counting(in);
  }

  /// A file that is read once more counts once.
  private synchronized void add(int count) {
    bytes += count;
    long shown = total < 0 ? bytes : Math.min(bytes, total);
    if (shown - told >= STEP_BYTES || (shown == total && told < total)) {
      told = shown;
      listener.read(shown, total);
    }
  }

  /// Says that nothing more is read. What stands between pieces, or behind a fault, never was.
  public synchronized void end() {
    long all = total < 0 ? bytes : total;
    if (total < 0 || told < total) {
      told = all;
      listener.read(all, all);
    }
  }

  private final class Counting extends InputStream {
    private final InputStream in;

    Counting(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      int next = in.read();
      add(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int count = in.read(bytes, from, length);
      add(Math.max(0, count));
      return count;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
