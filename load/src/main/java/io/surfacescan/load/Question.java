package io.surfacescan.load;

/// What a request asks for. Its name is that of the route, and of the row in the report.
enum Question {
  ATTACK("attack"),
  STATS("stats");

  private final String route;

  Question(String route) {
    this.route = route;
  }

  String route() {
    return route;
  }

  /// Whether the body is an answer to it, and whole.
  boolean isAnsweredBy(byte[] body) {
    return switch (this) {
      case ATTACK -> IdArray.isWhole(body);
      case STATS -> body.length > 1 && body[0] == '{' && body[body.length - 1] == '}';
    };
  }

  @Override
  public String toString() {
    return route;
  }
}
