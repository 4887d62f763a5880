package io.surfacescan.service.platform;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.jboss.logging.Logger;

/// The files and connections that the system lets this process have open (`ulimit -n`).
///
/// Connections leave some of them free: without that, whoever opens enough of them keeps the
/// process from reading its input and from everything else that needs a file.
public final class OpenFiles {
  private static final Logger LOG = Logger.getLogger(OpenFiles.class);

  /// For the input, which is read by all processors, statistics and the pages of `/docs`.
  private static final int FREE = 64;

  private OpenFiles() {}

  /// How many connections there may be, beside what is open now.
  ///
  /// @param wanted as many at most
  public static int connectionsMost(int wanted) {
    if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix)) {
      return wanted;
    }
    long limit = unix.getMaxFileDescriptorCount();
    int most = connectionsMost(wanted, limit, unix.getOpenFileDescriptorCount());
    if (most < wanted) {
      LOG.warnf(
          "At most %d connections at a time, because this process may have %d files open; raise"
              + " that (ulimit -n) for %d",
          most, limit, wanted);
    }
    return most;
  }

  public static int connectionsMost(int wanted, long limit, long open) {
    return Math.clamp(limit - open - FREE, 1, wanted);
  }
}
