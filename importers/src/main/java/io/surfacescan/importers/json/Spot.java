package io.surfacescan.importers.json;

/// A byte offset in one source, in the order of the input; [Places] turns it into line and column.
///
/// @param source the number of the source among all sources, from 0
/// @param offset in uncompressed bytes, a byte-order mark included; [#WHOLE] for the source as a
///   whole
public record Spot(int source, long offset) implements Comparable<Spot> {
  static final long WHOLE = -1;

  public static Spot whole(int source) {
    return new Spot(source, WHOLE);
  }

  @Override
  public int compareTo(Spot other) {
    return source != other.source
        ? Integer.compare(source, other.source)
        : Long.compare(offset, other.offset);
  }
}
