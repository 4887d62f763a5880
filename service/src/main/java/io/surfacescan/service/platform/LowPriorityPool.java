package io.surfacescan.service.platform;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.util.Locale;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jboss.logging.Logger;

/// Threads for work that must not keep requests waiting: on Linux, where they run at a low priority
/// (nice 10), an event loop that has something to do takes the processor from them at once.
/// Elsewhere they are usual threads.
///
/// Java's own thread priorities do nothing on Linux unless the process is root's.
public final class LowPriorityPool {
  private static final Logger LOG = Logger.getLogger(LowPriorityPool.class);

  private static final int NICE = 10;

  private LowPriorityPool() {}

  /// One thread per processor; parallel work that is started on them stays on them.
  ///
  /// @param name what they do, a part of their names
  public static ForkJoinPool pool(String name) {
    return new ForkJoinPool(
        Runtime.getRuntime().availableProcessors(), pool -> new Worker(pool, name), null, false);
  }

  private static final class Worker extends ForkJoinWorkerThread {
    Worker(ForkJoinPool pool, String name) {
      super(pool);
      setName("surfacescan-" + name + "-" + getPoolIndex());
      setDaemon(true);
    }

    @Override
    protected void onStart() {
      super.onStart();
      yieldToOthers();
    }
  }

  /// On Linux, `setpriority` of process 0 is about the calling thread alone.
  @SuppressWarnings("restricted")
  private static void yieldToOthers() {
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux")) {
      return;
    }
    try {
      var linker = Linker.nativeLinker();
      var setPriority =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("setpriority"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT));
      if ((int) setPriority.invokeExact(0, 0, NICE) != 0) {
        warn("it was refused");
      }
    } catch (Throwable e) {
      warn(e.toString());
    }
  }

  private static void warn(String why) {
    LOG.warnf(
        "Reloads and long questions may slow other requests down: a thread could not lower its"
            + " priority: %s",
        why);
  }
}
