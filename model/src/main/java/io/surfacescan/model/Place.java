package io.surfacescan.model;

import java.util.Arrays;

/// Where in the input something stands.
///
/// @param file as the user named it, or as it stands in the named directory
/// @param line from 1; 0 if the place is the file as a whole
/// @param column from 1, in code points; 0 if the place is the file as a whole
public record Place(String file, int line, int column) implements Comparable<Place> {
  /// A file or directory as a whole.
  public static Place of(String file) {
    return new Place(file, 0, 0);
  }

  /// By line and column within one file; files in the code-point order of their names.
  @Override
  public int compareTo(Place other) {
    int byFile = compareCodePoints(file, other.file);
    if (byFile != 0) {
      return byFile;
    }
    return line != other.line
        ? Integer.compare(line, other.line)
        : Integer.compare(column, other.column);
  }

  private static int compareCodePoints(String left, String right) {
    return Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());
  }

  /// `file:line:column`, or the file alone.
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
