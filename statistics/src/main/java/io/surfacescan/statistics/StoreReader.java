package io.surfacescan.statistics;

/// A connection for questions, which are answered one at a time.
final class StoreReader implements AutoCloseable {
  private final Store store;

  StoreReader(Store store) {
    this.store = store;
  }

  synchronized RangeStatistics answer(RangeReader reader) throws StoreFailure, UnanswerableRange {
    try {
      return store.inTransaction(connection -> {
        try {
          return reader.read(connection, store.kind());
        } catch (UnanswerableRange e) {
          throw new StoreFailure(store.name() + ": " + e.getMessage(), e);
        }
      });
    } catch (StoreFailure e) {
      if (e.getCause() instanceof UnanswerableRange unanswerable) {
        throw unanswerable;
      }
      throw e;
    }
  }

  @Override
  public synchronized void close() {
    store.close();
  }
}
