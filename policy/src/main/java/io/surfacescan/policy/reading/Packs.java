package io.surfacescan.policy.reading;

import io.surfacescan.policy.Policy;
import io.surfacescan.policy.PolicyRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/// The policies that ship with the program, named `pack:NAME`.
public final class Packs {
  public static final String PREFIX = "pack:";

  /// The one that holds unless another is asked for.
  public static final String BASELINE = "baseline";

  public static final List<String> NAMES = List.of(BASELINE, "hygiene");

  private Packs() {}

  /// The text of a pack; empty if there is none of this name.
  public static Optional<byte[]> text(String name) {
    if (!NAMES.contains(name)) {
      return Optional.empty();
    }
    try (var in = Packs.class.getResourceAsStream("packs/" + name + ".yaml")) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The policy; empty if there is none of this name.
  public static Optional<Policy> named(String name) {
    return text(name)
        .map(bytes -> {
          try {
            return PolicyReader.read(PREFIX + name, bytes);
          } catch (PolicyRefused e) {
            throw new IllegalStateException(e.getMessage(), e);
          }
        });
  }
}
