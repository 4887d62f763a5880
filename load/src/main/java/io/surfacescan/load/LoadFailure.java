package io.surfacescan.load;

/// Why there is no load test, in one line for its user.
final class LoadFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String why;

  LoadFailure(String why) {
    super(why);
    this.why = why;
  }

  String why() {
    return why;
  }
}
