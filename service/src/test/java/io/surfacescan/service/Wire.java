package io.surfacescan.service;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One connection to the service, on which requests are bytes: what a polite client would repair
/// must reach the service as it is.
final class Wire implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket = new Socket();
  private final PushbackInputStream in;

  Wire(int port) {
    this(port, 0);
  }

  /// @param receiveBuffer bytes the kernel may hold for a reader that does not read; 0 for its own
  ///   choice
  Wire(int port, int receiveBuffer) {
    try {
      if (receiveBuffer > 0) {
        socket.setReceiveBufferSize(receiveBuffer);
      }
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      in = new PushbackInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What came back.
  ///
  /// @param headers by their names in any case
  record Answer(int status, Map<String, List<String>> headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    Optional<String> header(String name) {
      var values = headers.getOrDefault(name, List.of());
      if (values.size() > 1) {
        throw new AssertionError(name + " is repeated: " + values);
      }
      return values.stream().findFirst();
    }
  }

  /// Sends a request without a body and reads the answer.
  Answer get(String target, String... headers) {
    return ask("GET", target, headers);
  }

  Answer ask(String method, String target, String... headers) {
    send(head(method, target, headers));
    return read(method.equals("HEAD"));
  }

  static String head(String method, String target, String... headers) {
    var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    boolean hasHost = false;
    for (String header : headers) {
      hasHost |= header.startsWith("Host:");
      head.append(header).append("\r\n");
    }
    if (!hasHost) {
      head.append("Host: localhost\r\n");
    }
    return head.append("\r\n").toString();
  }

  /// Each char is one byte.
  void send(String bytes) {
    try {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sends a request without a body and waits for the first byte of an answer; false if the
  /// connection is closed instead.
  boolean isAnswered(String target, String... headers) {
    try {
      send(head("GET", target, headers));
      int first = in.read();
      if (first >= 0) {
        in.unread(first);
      }
      return first >= 0;
    } catch (SocketTimeoutException e) {
      throw new UncheckedIOException(e);
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  /// Reads one answer.
  ///
  /// @param headOnly whether it answers a HEAD request
  Answer read(boolean headOnly) {
    try {
      String[] statusLine = line(in).split(" ", 3);
      int status = Integer.parseInt(statusLine[1]);
      var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        int colon = line.indexOf(':');
        headers
            .computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
            .add(line.substring(colon + 1).strip());
      }
      boolean noBody = headOnly || status < 200 || status == 304 || status == 204;
      return new Answer(status, headers, noBody ? new byte[0] : body(in, headers));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] body(InputStream in, Map<String, List<String>> headers) throws IOException {
    if (headers.containsKey("Transfer-Encoding")) {
      var body = new ByteArrayOutputStream();
      for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
        body.write(exactly(in, size));
        line(in);
      }
      line(in);
      return body.toByteArray();
    }
    var length = headers.get("Content-Length");
    return length == null ? in.readAllBytes() : exactly(in, Integer.parseInt(length.getFirst()));
  }

  private static int chunkSize(InputStream in) throws IOException {
    return Integer.parseInt(line(in), 16);
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the answer ends after " + bytes.length + " of " + length + " bytes");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the connection was closed after: " + line);
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  /// What the service sends until it closes the connection.
  String rest() {
    var rest = new ByteArrayOutputStream();
    try {
      for (int b = in.read(); b >= 0; b = in.read()) {
        rest.write(b);
      }
    } catch (SocketTimeoutException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      // It was closed before all that was sent to it was read.
    }
    return rest.toString(StandardCharsets.ISO_8859_1);
  }

  /// Whether the service closes the connection, before the test loses patience; what it sends until
  /// then is dropped.
  boolean isClosedByService() {
    try {
      byte[] dropped = new byte[8192];
      while (in.read(dropped) >= 0) {}
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
