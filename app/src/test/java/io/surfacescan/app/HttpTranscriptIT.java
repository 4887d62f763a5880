package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every `curl` command in the documentation gets the answer that its page shows, in which `…`
/// stands for anything. The few options that the page uses are understood here, so that no curl is
/// needed.
class HttpTranscriptIT {
  private static final String BASE = "http://127.0.0.1:8001";
  private static final int TRIES = 10;
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  @TempDir static Path folder;
  private static ServedProgram served;

  @BeforeAll
  static void start() throws IOException {
    served = ServedProgram.start(folder, Repository.root(), "--data", "data", "--port", "0");
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @ParameterizedTest
  @MethodSource("io.surfacescan.app.Transcripts#overHttp")
  void command_getsWhatThePageShows(Transcripts shown) throws IOException {
    String expected =
        Stream.of(shown.output().strip().split("…", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining("[^\\n]*"));
    var pattern = Pattern.compile(expected, Pattern.DOTALL);
    String answer = run(shown.command()).strip();
    // On a busy machine the few milliseconds for nearest ids may pass without a search.
    for (int again = 1; again < TRIES && !pattern.matcher(answer).matches(); again++) {
      answer = run(shown.command()).strip();
    }
    assertThat(answer).matches(pattern);
  }

  /// What `curl` prints.
  private static String run(String command) throws IOException {
    var words = words(command);
    assertThat(words.removeFirst()).isEqualTo("curl");
    String method = "GET";
    boolean showHead = false;
    String body = "";
    String target = "";
    var headers = new StringBuilder();
    String host = "Host: localhost\r\n";
    while (!words.isEmpty()) {
      String word = words.removeFirst();
      switch (word) {
        case "-i" -> showHead = true;
        case "-d" -> {
          method = "POST";
          body = words.removeFirst();
        }
        case "-X" -> method = words.removeFirst();
        case "-H" -> {
          String header = words.removeFirst();
          host = header.startsWith("Host:") ? "" : host;
          headers.append(header).append("\r\n");
        }
        default -> {
          assertThat(word).startsWith(BASE + "/");
          target = word.substring(BASE.length());
        }
      }
    }
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
      socket.setSoTimeout(60_000);
      byte[] sent = body.getBytes(StandardCharsets.UTF_8);
      String length = method.equals("POST") ? "Content-Length: " + sent.length + "\r\n" : "";
      socket
          .getOutputStream()
          .write(
              (method + " " + target + " HTTP/1.1\r\n" + host + length + headers + "\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().write(sent);
      return answer(socket.getInputStream(), showHead);
    }
  }

  private static List<String> words(String command) {
    var words = new ArrayList<String>();
    var word = WORD.matcher(command);
    while (word.find()) {
      words.add(word.group(1) != null ? word.group(1) : word.group(2));
    }
    return words;
  }

  private static String answer(InputStream in, boolean showHead) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
      int b = in.read();
      assertThat(b).as("the answer goes on").isNotNegative();
      head.write(b);
    }
    String text = head.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    var length = Pattern.compile("(?i)\\ncontent-length: (\\d+)").matcher(text);
    assertThat(length.find()).as(text).isTrue();
    byte[] body = in.readNBytes(Integer.parseInt(length.group(1)));
    return (showHead ? text : "") + new String(body, StandardCharsets.UTF_8);
  }
}
