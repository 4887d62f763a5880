package io.surfacescan.policy.reading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/// The JSON Schema (draft 2020-12) of a policy: what can be checked of it by its structure. That
/// ids differ, that services exist and that days are in the calendar is for the reader.
public final class PolicySchema {
  private static final String RESOURCE = "policy.schema.json";

  private PolicySchema() {}

  /// The schema as UTF-8 with a line end.
  public static byte[] bytes() {
    try (var in =
        Objects.requireNonNull(PolicySchema.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
