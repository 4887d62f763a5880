package io.surfacescan.service.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The PEM files that HTTPS is spoken with.
///
/// @param certificate the server's, followed by those up to its authority
/// @param key of the certificate
/// @param clientAuthority certificates of the authorities whose clients may connect; without it
///   clients show none
public record TlsFiles(Path certificate, Path key, Optional<Path> clientAuthority) {
  public List<Path> all() {
    return Stream.concat(Stream.of(certificate, key), clientAuthority.stream()).toList();
  }
}
