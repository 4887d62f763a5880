package io.surfacescan.statistics;

/// A connection for questions, which are answered one at a time.
final class StoreReader implements AutoCloseable {
  private final Store store;

  StoreReader(Store store) {
    this.store = store;
  }

  synchronized RangeStatistics answer(RangeReader reader) throws StoreFailure, UnanswerableRange {
    return store.inTransaction(connection -> reader.read(connection, store.kind()));
  }

  @Override
  public synchronized void close() {
    store.close();
  }
}
