package io.surfacescan.importers.json;

import io.surfacescan.text.EditDistance;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What a path that does not exist may have meant.
public final class NearName {
  private static final int EDITS_MAX = 2;
  private static final int ENTRIES_MAX = 10_000;

  private NearName() {}

  /// The entry of the same directory whose name is at most two edits away, if there is one; the
  /// nearest, and of equally near ones the first by name.
  public static Optional<Path> in(Path missing) {
    Path wanted = missing.getFileName();
    Path parent = missing.getParent();
    if (wanted == null) {
      return Optional.empty();
    }
    Path best = null;
    int bestEdits = Math.min(EDITS_MAX, wanted.toString().length() / 2) + 1;
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(parent == null ? Path.of("") : parent)) {
      int seen = 0;
      for (Path entry : entries) {
        if (++seen > ENTRIES_MAX) {
          break;
        }
        int edits = EditDistance.of(wanted.toString(), entry.getFileName().toString());
        if (edits < bestEdits
            || (edits == bestEdits && best != null && entry.compareTo(best) < 0)) {
          best = entry;
          bestEdits = edits;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Without a look at the directory there is no suggestion; the missing path is told anyway.
      return Optional.empty();
    }
    return Optional.ofNullable(best);
  }
}
