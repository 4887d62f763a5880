package io.surfacescan.service;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// A client on one connection that takes nothing from the heap once it is there, so that what is
/// measured is the service.
final class ThriftyClient implements AutoCloseable {
  private static final byte[] LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);

  private final SocketChannel channel;
  private final ByteBuffer request;
  private final ByteBuffer answer = ByteBuffer.allocateDirect(1 << 16);

  ThriftyClient(int port, String target, String... headers) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    byte[] head = Wire.head("GET", target, headers).getBytes(StandardCharsets.US_ASCII);
    request = ByteBuffer.allocateDirect(head.length).put(head).flip();
  }

  /// Asks once and returns the bytes of the answer's body.
  long ask() throws IOException {
    request.rewind();
    while (request.hasRemaining()) {
      channel.write(request);
    }
    answer.clear();
    int bodyStart = -1;
    while (bodyStart < 0) {
      fill();
      bodyStart = bodyStart();
    }
    long length = length(bodyStart);
    long left = length - (answer.position() - bodyStart);
    while (left > 0) {
      answer.clear();
      left -= fill();
    }
    return length;
  }

  private int fill() throws IOException {
    int count = channel.read(answer);
    if (count < 0) {
      throw new IOException("the service closed the connection");
    }
    return count;
  }

  private int bodyStart() {
    for (int i = 3; i < answer.position(); i++) {
      if (answer.get(i) == '\n' && answer.get(i - 2) == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private long length(int bodyStart) {
    for (int start = 0; start < bodyStart - LENGTH.length; start++) {
      int matched = 0;
      while (matched < LENGTH.length
          && Character.toLowerCase(answer.get(start + matched)) == LENGTH[matched]) {
        matched++;
      }
      if (matched == LENGTH.length) {
        long length = 0;
        for (int i = start + matched; answer.get(i) != '\r'; i++) {
          length = 10 * length + answer.get(i) - '0';
        }
        return length;
      }
    }
    return 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
