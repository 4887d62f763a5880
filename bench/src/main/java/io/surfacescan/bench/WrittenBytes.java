package io.surfacescan.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// How many bytes answers came to, which JMH reports per second.
@State(Scope.Thread)
@AuxCounters
public class WrittenBytes {
  public long bytes;
}
