package io.surfacescan.importers;

/// How work is divided among threads.
///
/// @param threads how many read at once
/// @param pieceBytesMin a document is not cut into pieces smaller than this
public record Partitioning(int threads, long pieceBytesMin) {
  private static final long WORTH_A_THREAD_BYTES = 4 << 20;

  public static Partitioning among(int threads) {
    return new Partitioning(threads, WORTH_A_THREAD_BYTES);
  }

  /// Into how many pieces a document goes: one for each thread that its share of all bytes keeps
  /// busy, and the first, smaller one.
  int pieces(long bytes, long bytesOfAll) {
    double share = (double) bytes / Math.max(1, bytesOfAll);
    long busy = Math.round(share * threads);
    long pieces = busy > 1 ? busy + 1 : 1;
    return (int) Math.max(1, Math.min(pieces, bytes / pieceBytesMin));
  }
}
