package io.surfacescan.importers.json;

/// A byte offset in one source, in the order of the input; [Places] turns it into line and column.
///
/// @param source the number of the source among all sources, from 0
/// @param offset in uncompressed bytes, a byte-order mark included; [#WHOLE] for the source as a
///   whole
public record SourceOffset(int source, long offset) implements Comparable<SourceOffset> {
  static final long WHOLE = -1;

  public static SourceOffset whole(int source) {
    return new SourceOffset(source, WHOLE);
  }

  @Override
  public int compareTo(SourceOffset other) {
    return source != other.source
        ? Integer.compare(source, other.source)
        : Long.compare(offset, other.offset);
  }
}
