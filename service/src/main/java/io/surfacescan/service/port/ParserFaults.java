package io.surfacescan.service.port;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.surfacescan.service.exchange.Refusal;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/// Requests that cannot be read as HTTP, or could be read in two ways.
final class ParserFaults {
  /// An id of 64 KiB, each byte of it percent-encoded, and room for the other parameters.
  static final int REQUEST_LINE_BYTES = 200 * 1024;

  static final int HEADER_BYTES = 16 * 1024;

  private ParserFaults() {}

  /// Whether others on the way here might have understood other headers, or a request that ends
  /// elsewhere: Netty takes a body of any coding but `chunked` for none.
  static boolean isAmbiguous(MultiMap headers) {
    String coding = headers.get(HttpHeaders.TRANSFER_ENCODING);
    return (coding != null && !coding.strip().equalsIgnoreCase("chunked")) || headers.contains("");
  }

  /// What the client gets.
  ///
  /// @param cause what the parser said, if it did
  static Refusal refusal(@Nullable Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return new Refusal(
          Refusal.Kind.URI_TOO_LONG,
          "The first line of a request may have " + REQUEST_LINE_BYTES + " bytes at most.");
    }
    if (cause instanceof TooLongHttpHeaderException || cause instanceof TooLongFrameException) {
      return new Refusal(
          Refusal.Kind.HEADERS_TOO_LARGE,
          "The headers of a request may have " + HEADER_BYTES + " bytes at most.");
    }
    return new Refusal(Refusal.Kind.MALFORMED_REQUEST, "This is not a valid HTTP/1.1 request.");
  }
}
