package io.surfacescan.races;

/// Two peers gave different answers: the race is void.
final class Disagreement extends Exception {
  private static final long serialVersionUID = 1;

  Disagreement(String message) {
    super(message);
  }
}
