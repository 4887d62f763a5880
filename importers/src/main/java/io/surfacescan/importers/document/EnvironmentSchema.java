package io.surfacescan.importers.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/// The JSON Schema (draft 2020-12) of an environment document: what can be checked of one document
/// by its structure. That ids are unique and keys not repeated is for the reader.
public final class EnvironmentSchema {
  private static final String RESOURCE = "environment.schema.json";

  private EnvironmentSchema() {}

  /// The schema as UTF-8 with a line end.
  public static byte[] bytes() {
    try (var in =
        Objects.requireNonNull(EnvironmentSchema.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
