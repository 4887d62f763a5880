package io.surfacescan.service.platform;

import java.lang.reflect.Proxy;
import org.jboss.logging.Logger;

/// What to do on the operating system's signals.
///
/// `sun.misc.Signal` is the only way to hear them in Java, supported in `jdk.unsupported` for lack
/// of another; it is reached by name because the compiler warns of it in a way that nothing
/// suppresses.
public final class OsSignals {
  private static final Logger LOG = Logger.getLogger(OsSignals.class);

  private OsSignals() {}

  /// Runs the action, on a thread of its own, each time the process gets the signal. Where the
  /// platform has no such signal, or the Java machine was told to leave it alone, nothing happens.
  ///
  /// @param name without SIG
  public static void on(String name, Runnable action) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var listener = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              OsSignals.class.getClassLoader(),
              new Class<?>[] {listener},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, listener)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      LOG.debugf(e, "SIG%s is not heard here", name);
    }
  }
}
