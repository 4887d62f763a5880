package io.surfacescan.importers.json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What tells that a file was changed or replaced.
///
/// @param key the file itself, where the file system has such a thing
public record Fingerprint(long size, FileTime modified, @Nullable Object key) {
  public static Fingerprint of(Path path) throws IOException {
    return of(Files.readAttributes(path, BasicFileAttributes.class));
  }

  public static Fingerprint of(BasicFileAttributes attributes) {
    return new Fingerprint(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
  }

  // What Java makes of a record for these two it links anew at each start.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fingerprint that
        && size == that.size
        && modified.equals(that.modified)
        && Objects.equals(key, that.key);
  }

  @Override
  public int hashCode() {
    return Objects.hash(size, modified, key);
  }
}
