package io.surfacescan.cli.serve;

import java.nio.file.Path;
import java.util.Optional;

/// The PEM files that HTTPS is spoken with.
///
/// @param clientAuthority the authorities whose clients may connect, if clients show a certificate
public record TlsFiles(Path certificate, Path key, Optional<Path> clientAuthority) {}
