package io.surfacescan.service.port;

import io.surfacescan.service.audit.Audit;
import io.surfacescan.service.platform.FileRefused;
import io.surfacescan.service.platform.FileWatch;
import io.surfacescan.service.tls.LiveTls;
import io.surfacescan.service.tls.TlsIdentity;
import io.surfacescan.settings.TlsFiles;
import io.vertx.core.Vertx;
import org.jboss.logging.Logger;

/// TLS with its files as they are, and as they are after each change: new connections see the new
/// files, those that are open go on as they are.
public final class TlsRenewal implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(TlsRenewal.class);

  private final Vertx vertx;
  private final TlsFiles files;
  private final Audit audit;
  private final LiveTls live;
  private final FileWatch watch;

  private TlsRenewal(Vertx vertx, TlsFiles files, Audit audit) throws FileRefused {
    this.vertx = vertx;
    this.files = files;
    this.audit = audit;
    this.watch = new FileWatch(files.all(), this::renew);
    this.live = new LiveTls(TlsIdentity.read(files, vertx));
  }

  static TlsRenewal start(Vertx vertx, TlsFiles files, Audit audit) throws FileRefused {
    var renewal = new TlsRenewal(vertx, files, audit);
    renewal.watch.start();
    return renewal;
  }

  LiveTls live() {
    return live;
  }

  private void renew() {
    try {
      var renewed = TlsIdentity.read(files, vertx);
      live.renew(renewed);
      audit.certificateRenewed(files.certificate(), renewed.certificate());
    } catch (FileRefused e) {
      LOG.errorf("%s (TLS goes on with the files from before)", e.getMessage());
    }
  }

  @Override
  public void close() {
    watch.close();
  }
}
