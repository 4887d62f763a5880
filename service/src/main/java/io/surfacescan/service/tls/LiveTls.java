package io.surfacescan.service.tls;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// HTTPS with an identity that may be replaced while connections come in: each handshake is made
/// with one identity as a whole.
///
/// Vert.x can renew what a server was opened with, but drops connections that come meanwhile.
public final class LiveTls {
  private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

  /// With a key of each connection's own, and no block chaining (RFC 9325, section 4.2).
  private static final List<String> CIPHERS =
      List.of(
          "TLS_AES_256_GCM_SHA384",
          "TLS_AES_128_GCM_SHA256",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

  /// What handshakes are made with; those under way may still need the one before.
  private record Identities(long number, TlsIdentity current, @Nullable TlsIdentity before) {}

  private volatile Identities identities;

  public LiveTls(TlsIdentity first) {
    identities = new Identities(0, first, null);
  }

  /// From now on handshakes are made with this one.
  public void renew(TlsIdentity identity) {
    var old = identities;
    identities = new Identities(old.number + 1, identity, old.current);
  }

  /// Whether the other side of a connection is believed as things are now. A client that was here
  /// before may come again without showing its certificate, whose authority may be gone.
  public boolean believes(SSLSession session) {
    var clients = identities.current.clients();
    if (clients.isEmpty()) {
      return true;
    }
    try {
      clients.get().checkClientTrusted(chain(session), "UNKNOWN");
      return true;
    } catch (CertificateException | SSLPeerUnverifiedException e) {
      return false;
    }
  }

  private static X509Certificate[] chain(SSLSession session) throws SSLPeerUnverifiedException {
    return java.util.Arrays.stream(session.getPeerCertificates())
        .map(X509Certificate.class::cast)
        .toArray(X509Certificate[]::new);
  }

  /// Has Java end a connection whose client begins another handshake on it, which costs the service
  /// far more than the client. Java reads this when it first makes use of TLS, so it has to be said
  /// before; neither a context nor an engine can say it. Among the options of the launcher it would
  /// be forgotten by whoever starts the archive otherwise.
  public static void refuseRenegotiation() {
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
  }

  /// The same options, with HTTPS.
  public HttpServerOptions in(HttpServerOptions options) {
    options
        .setSsl(true)
        .setKeyCertOptions(KeyCertOptions.wrap(new Keys()))
        // Alone it would choose HTTP/2, which is off.
        .setUseAlpn(false)
        .setEnabledSecureTransportProtocols(PROTOCOLS);
    CIPHERS.forEach(options::addEnabledCipherSuite);
    if (identities.current.clients().isPresent()) {
      options.setTrustOptions(TrustOptions.wrap(new Clients())).setClientAuth(ClientAuth.REQUIRED);
    }
    return options;
  }

  /// Names keys `NUMBER.NAME`, so that a handshake gets the certificate and the key of one
  /// identity.
  private final class Keys extends X509ExtendedKeyManager {
    @Override
    public @Nullable String chooseEngineServerAlias(
        String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
      var known = identities;
      return named(
          known.number, known.current.keys().chooseEngineServerAlias(keyType, issuers, engine));
    }

    @Override
    public @Nullable String chooseServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      var known = identities;
      return named(known.number, known.current.keys().chooseServerAlias(keyType, issuers, socket));
    }

    private @Nullable String named(long number, @Nullable String alias) {
      return alias == null ? null : number + "." + alias;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
      return manager(alias).getCertificateChain(bare(alias));
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
      return manager(alias).getPrivateKey(bare(alias));
    }

    private X509ExtendedKeyManager manager(String alias) {
      var known = identities;
      boolean isCurrent = alias.startsWith(known.number + ".");
      return (isCurrent || known.before == null ? known.current : known.before).keys();
    }

    private static String bare(String alias) {
      return alias.substring(alias.indexOf('.') + 1);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
      String alias = chooseServerAlias(keyType, issuers, null);
      return alias == null ? null : new String[] {alias};
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }
  }

  /// Believes the clients that the current identity does.
  private final class Clients extends X509ExtendedTrustManager {
    private X509ExtendedTrustManager current() {
      return identities.current.clients().orElseThrow();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      current().checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      current().checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      current().checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return current().getAcceptedIssuers();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("only clients connect here");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw new CertificateException("only clients connect here");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("only clients connect here");
    }
  }
}
