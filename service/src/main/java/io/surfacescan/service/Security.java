package io.surfacescan.service;

import java.nio.file.Path;
import java.util.Optional;

/// What stands between the port and an answer.
///
/// @param tokens the file of the API tokens that are taken; without one, nobody is asked who they
///   are
/// @param openMetrics whether `/metrics` is answered without a token
public record Security(Optional<Path> tokens, boolean openMetrics) {
  public static final Security NONE = new Security(Optional.empty(), false);
}
