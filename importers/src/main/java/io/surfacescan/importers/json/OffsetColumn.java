package io.surfacescan.importers.json;

import java.util.Arrays;
import java.util.BitSet;

/// Where each VM (or rule) stands, by its index: one long each while an input is read, so that a
/// duplicate can name both places.
public final class OffsetColumn {
  private long[] offsets = new long[16];
  private int size;

  /// Runs of neighbours from one source: the first index of each run, and its source.
  private int[] runStarts = new int[1];

  private int[] runSources = new int[1];
  private int runs;

  public int size() {
    return size;
  }

  public void add(int source, long offset) {
    if (runs == 0 || runSources[runs - 1] != source) {
      startRun(source);
    }
    makeRoom(1);
    offsets[size++] = offset;
  }

  /// Adds all of the others but those left out.
  public void addAll(OffsetColumn others, BitSet leftOut) {
    for (int run = 0; run < others.runs; run++) {
      int end = run + 1 < others.runs ? others.runStarts[run + 1] : others.size;
      addRun(others, others.runStarts[run], end, leftOut);
    }
  }

  private void addRun(OffsetColumn others, int from, int to, BitSet leftOut) {
    int source = others.get(from).source();
    if (runs == 0 || runSources[runs - 1] != source) {
      startRun(source);
    }
    makeRoom(to - from);
    for (int i = from; i < to; i++) {
      if (!leftOut.get(i)) {
        offsets[size++] = others.offsets[i];
      }
    }
  }

  public SourceOffset get(int index) {
    int run = Arrays.binarySearch(runStarts, 0, runs, index);
    if (run < 0) {
      run = -run - 2;
    }
    // A run whose every element was left out starts where the next one does.
    while (run + 1 < runs && runStarts[run + 1] == index) {
      run++;
    }
    return new SourceOffset(runSources[run], offsets[index]);
  }

  private void startRun(int source) {
    if (runs == runStarts.length) {
      runStarts = Arrays.copyOf(runStarts, runs * 2);
      runSources = Arrays.copyOf(runSources, runs * 2);
    }
    runStarts[runs] = size;
    runSources[runs++] = source;
  }

  private void makeRoom(int more) {
    long wanted = (long) size + more;
    if (wanted > offsets.length) {
      long grown = Math.max(wanted, offsets.length + (offsets.length >> 1));
      offsets = Arrays.copyOf(offsets, (int) Math.min(grown, Integer.MAX_VALUE - 8));
    }
  }
}
