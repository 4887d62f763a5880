package io.surfacescan.service.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.surfacescan.service.log.Event;
import io.surfacescan.service.log.EventLog;
import io.surfacescan.service.log.LogField;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Who had the service do something, and who was let in: always logged, without a token, a body or
/// an answer.
public class Audit {
  private static final Duration LOGGED_AGAIN_AFTER = Duration.ofHours(1);

  /// Beyond that the rarest are forgotten and logged again, so that they cannot fill the memory.
  private static final int USES_MOST = 10_000;

  private record Use(String event, String user, String address) {}

  private final EventLog log;
  private final Cache<Use, Boolean> logged;

  public Audit(EventLog log) {
    this(log, System::nanoTime);
  }

  public Audit(EventLog log, LongSupplier nanoClock) {
    this.log = log;
    this.logged =
        Caffeine.newBuilder()
            .maximumSize(USES_MOST)
            .expireAfterWrite(LOGGED_AGAIN_AFTER)
            .ticker(nanoClock::getAsLong)
            .executor(Runnable::run)
            .build();
  }

  /// A load after the first.
  ///
  /// @param asker who or what wanted it
  /// @param outcome what became of it: served, unchanged, refused, given-up or failed
  /// @param before the version served before, null if there was none
  /// @param after the version served now, likewise
  /// @param problems how many the input had if it was refused, else null
  public void reload(
      Event asker,
      String outcome,
      @Nullable String before,
      @Nullable String after,
      @Nullable Long problems) {
    log.audit(
        event("reload")
            .and(asker)
            .and(
                new LogField("outcome", outcome),
                new LogField("version_before", before),
                new LogField("version_after", after),
                new LogField("problems", problems)));
  }

  public void whatIf(Event who, int edits) {
    log.audit(event("what-if").and(who).and(new LogField("edits", edits)));
  }

  /// A token was taken: logged when it comes from an address for the first time in an hour.
  ///
  /// @param request the facts of the request
  public void tokenUsed(Event request, String user, String address) {
    if (isNews("token-used", user, address)) {
      log.audit(event("token-used").and(request));
    }
  }

  /// A token was not enough for a route; logged as often as its use.
  ///
  /// @param request the facts of the request
  /// @param scope the one that was needed
  public void scopeMissing(Event request, String user, String address, String scope, String route) {
    if (isNews("scope-missing", user, address)) {
      log.audit(
          event("scope-missing")
              .and(request)
              .and(new LogField("scope", scope), new LogField("route", route)));
    }
  }

  public void tokenRefused(Event request) {
    log.audit(event("token-refused").and(request));
  }

  private boolean isNews(String event, String user, String address) {
    return logged.asMap().putIfAbsent(new Use(event, user, address), true) == null;
  }

  /// The file of tokens was read again, with so many.
  ///
  /// @param added names of tokens that are new, likewise of those removed and changed
  public void tokensChanged(
      Path file, int count, List<String> added, List<String> removed, List<String> changed) {
    log.audit(
        event("tokens-changed")
            .and(
                new LogField("file", file.toString()),
                new LogField("count", count),
                new LogField("added", added),
                new LogField("removed", removed),
                new LogField("changed", changed)));
  }

  public void certificateRenewed(Path file, X509Certificate certificate) {
    log.audit(
        event("certificate-renewed")
            .and(
                new LogField("file", file.toString()),
                new LogField("subject", certificate.getSubjectX500Principal().getName()),
                new LogField("serial", certificate.getSerialNumber().toString(16)),
                new LogField("ends", certificate.getNotAfter().toInstant().toString())));
  }

  private static Event event(String name) {
    return Event.of(new LogField("event", name));
  }
}
