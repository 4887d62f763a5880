package io.surfacescan.model;

/// Where in the input something stands.
///
/// @param file as the user named it, or as it stands in the named directory
/// @param line from 1; 0 if the place is the file as a whole
/// @param column from 1, in code points; 0 if the place is the file as a whole
public record Place(String file, int line, int column) {
  /// A file or directory as a whole.
  public static Place of(String file) {
    return new Place(file, 0, 0);
  }

  /// `file:line:column`, or the file alone.
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
