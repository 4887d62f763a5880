package io.surfacescan.load;

/// The shape of an attack surface in JSON: an array of strings without white space.
///
/// One pass without a copy: a JSON parser would cost the client more than the answer costs the
/// server, and on a shared machine the load test would measure the parser.
final class IdArray {
  private IdArray() {}

  static boolean isWhole(byte[] body) {
    int last = body.length - 1;
    if (last < 1 || body[0] != '[' || body[last] != ']') {
      return false;
    }
    if (last == 1) {
      return true;
    }
    int at = 1;
    while (true) {
      at = afterString(body, at);
      if (at < 0 || at == last) {
        return at == last;
      }
      if (body[at] != ',') {
        return false;
      }
      at++;
    }
  }

  /// Where the string that begins here is over, or -1.
  private static int afterString(byte[] body, int from) {
    if (body[from] != '"') {
      return -1;
    }
    for (int i = from + 1; i < body.length - 1; i++) {
      if (body[i] == '"') {
        return i + 1;
      }
      if (body[i] == '\\') {
        i++;
      }
    }
    return -1;
  }
}
