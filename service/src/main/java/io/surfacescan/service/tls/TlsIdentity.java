package io.surfacescan.service.tls;

import io.surfacescan.service.platform.FileRefused;
import io.surfacescan.service.platform.SecretFile;
import io.surfacescan.settings.TlsFiles;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jboss.logging.Logger;

/// What the service proves itself with, and which clients it believes: TLS files as they were read
/// at one time, known to fit each other.
public final class TlsIdentity {
  private static final Logger LOG = Logger.getLogger(TlsIdentity.class);

  private final X509ExtendedKeyManager keys;
  private final Optional<X509ExtendedTrustManager> clients;
  private final X509Certificate certificate;

  private TlsIdentity(
      X509ExtendedKeyManager keys,
      Optional<X509ExtendedTrustManager> clients,
      X509Certificate certificate) {
    this.keys = keys;
    this.clients = clients;
    this.certificate = certificate;
  }

  /// Reads the files. Whatever a handshake would fail of is found now.
  public static TlsIdentity read(TlsFiles files, Vertx vertx) throws FileRefused {
    byte[] chain = new SecretFile(files.certificate()).read("a certificate");
    var certificate = certificates(files.certificate(), chain).getFirst();
    byte[] key = new SecretFile(files.key()).read("the key of a certificate");
    var keys = keys(chain, key, files, vertx);
    checkFit(certificate.getPublicKey(), privateKey(keys, files), files);
    Optional<X509ExtendedTrustManager> clients = Optional.empty();
    if (files.clientAuthority().isPresent()) {
      clients = Optional.of(believed(files.clientAuthority().get(), vertx));
    }
    checkDates(files.certificate(), certificate);
    new SecretFile(files.key()).checkPermissions();
    return new TlsIdentity(keys, clients, certificate);
  }

  private static X509ExtendedTrustManager believed(Path file, Vertx vertx) throws FileRefused {
    byte[] bytes = new SecretFile(file).read("certificates of authorities");
    certificates(file, bytes);
    try {
      return only(
          X509ExtendedTrustManager.class,
          new PemTrustOptions()
              .addCertValue(Buffer.buffer(bytes))
              .getTrustManagerFactory(vertx)
              .getTrustManagers());
    } catch (Exception e) {
      // What Vert.x throws is not more exact.
      LOG.debugf(e, "%s cannot be used", file);
      throw noCertificate(file);
    }
  }

  private static <T> T only(Class<T> kind, Object[] managers) {
    return Arrays.stream(managers)
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst()
        .orElseThrow();
  }

  private static List<X509Certificate> certificates(Path file, byte[] pem) throws FileRefused {
    try {
      var found = new ArrayList<X509Certificate>();
      for (var one :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))) {
        found.add((X509Certificate) one);
      }
      if (!found.isEmpty()) {
        return found;
      }
    } catch (CertificateException e) {
      LOG.debugf(e, "%s cannot be read", file);
    }
    throw noCertificate(file);
  }

  private static FileRefused noCertificate(Path file) {
    return new SecretFile(file)
        .refused("it holds no certificate; write it in PEM, with BEGIN CERTIFICATE");
  }

  private static X509ExtendedKeyManager keys(byte[] chain, byte[] key, TlsFiles files, Vertx vertx)
      throws FileRefused {
    try {
      return only(
          X509ExtendedKeyManager.class,
          new PemKeyCertOptions()
              .setCertValue(Buffer.buffer(chain))
              .setKeyValue(Buffer.buffer(key))
              .getKeyManagerFactory(vertx)
              .getKeyManagers());
    } catch (Exception e) {
      // What Vert.x throws is not more exact, and its message may hold what stands in the file.
      LOG.debugf("%s cannot be read: %s", files.key(), e.getClass());
      throw noKey(files);
    }
  }

  private static FileRefused noKey(TlsFiles files) {
    return new SecretFile(files.key())
        .refused(
            "it holds no key that fits "
                + files.certificate()
                + "; write it in PEM, with BEGIN PRIVATE KEY and without a password");
  }

  private static PrivateKey privateKey(X509ExtendedKeyManager keys, TlsFiles files)
      throws FileRefused {
    for (String type : List.of("RSA", "EC", "EdDSA")) {
      var aliases = keys.getServerAliases(type, null);
      if (aliases != null) {
        return Objects.requireNonNull(keys.getPrivateKey(aliases[0]));
      }
    }
    throw noKey(files);
  }

  private static void checkFit(PublicKey open, PrivateKey secret, TlsFiles files)
      throws FileRefused {
    try {
      String algorithm =
          switch (secret.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
          };
      var signature = Signature.getInstance(algorithm);
      signature.initSign(secret);
      byte[] signed = signature.sign();
      signature.initVerify(open);
      if (signature.verify(signed)) {
        return;
      }
    } catch (GeneralSecurityException e) {
      LOG.debugf("%s does not fit: %s", files.key(), e.getClass());
    }
    throw new SecretFile(files.key())
        .refused("it is not the key of " + files.certificate() + "; name two that fit");
  }

  private static void checkDates(Path file, X509Certificate certificate) {
    try {
      certificate.checkValidity();
    } catch (CertificateExpiredException e) {
      LOG.warnf("%s: it expired on %s; renew it", file, certificate.getNotAfter().toInstant());
    } catch (CertificateNotYetValidException e) {
      LOG.warnf("%s: it holds from %s on", file, certificate.getNotBefore().toInstant());
    }
  }

  public X509Certificate certificate() {
    return certificate;
  }

  X509ExtendedKeyManager keys() {
    return keys;
  }

  /// Which clients are believed, if they show certificates.
  Optional<X509ExtendedTrustManager> clients() {
    return clients;
  }
}
