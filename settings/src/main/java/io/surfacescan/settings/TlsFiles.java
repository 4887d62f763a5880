package io.surfacescan.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The PEM files of HTTPS.
///
/// @param certificate the server's, followed by those up to its authority
/// @param key of the certificate
/// @param clientAuthority certificates of the authorities whose clients may connect; without it
///   clients show none
public record TlsFiles(Path certificate, Path key, Optional<Path> clientAuthority) {
  public static final Flag<Path> CERTIFICATE =
      Flag.path(
          "--tls-cert",
          "FILE",
          "Speak HTTPS with this certificate, in PEM, its authorities below it. It may be renewed"
              + " while serving, as the other files of TLS.");

  public static final Flag<Path> KEY =
      Flag.path("--tls-key", "FILE", "The key of the certificate.");

  public static final Flag<Path> CLIENT_AUTHORITY =
      Flag.path(
          "--tls-client-ca",
          "FILE",
          "Let only those connect who show a certificate of one of these authorities, in PEM.");

  static final List<Flag<?>> FLAGS = List.of(CERTIFICATE, KEY, CLIENT_AUTHORITY);

  static Optional<TlsFiles> of(Given given) {
    var certificate = given.find(CERTIFICATE);
    var key = given.find(KEY);
    var clientAuthority = given.find(CLIENT_AUTHORITY);
    if (certificate.isPresent() && key.isPresent()) {
      return Optional.of(new TlsFiles(certificate.get(), key.get(), clientAuthority));
    }
    if (certificate.isPresent() || key.isPresent() || clientAuthority.isPresent()) {
      throw new InvalidSetting("HTTPS needs both --tls-cert and --tls-key; name the files");
    }
    return Optional.empty();
  }

  public List<Path> all() {
    return Stream.concat(Stream.of(certificate, key), clientAuthority.stream()).toList();
  }
}
