package io.surfacescan.statistics;

/// The question cannot be answered as it was asked; the message says why and what to ask instead.
public final class UnanswerableRange extends Exception {
  private static final long serialVersionUID = 1;

  UnanswerableRange(String message) {
    super(message);
  }
}
