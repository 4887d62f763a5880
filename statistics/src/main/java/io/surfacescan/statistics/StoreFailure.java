package io.surfacescan.statistics;

/// A store could not be read or written. The message says why, and is fit for logs and answers.
public final class StoreFailure extends Exception {
  private static final long serialVersionUID = 1;

  StoreFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
