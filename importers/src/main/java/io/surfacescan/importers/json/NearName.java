package io.surfacescan.importers.json;

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
        int edits = edits(wanted.toString(), entry.getFileName().toString());
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

  /// The Levenshtein distance.
  public static int edits(String left, String right) {
    int[] previous = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int[] current = new int[right.length() + 1];
      current[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int replaced = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[right.length()];
  }
}
