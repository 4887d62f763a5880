package io.surfacescan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

class CuttableProxyTest {
  private ServerSocket echo;
  private CuttableProxy proxy;

  @BeforeEach
  void start() throws IOException {
    echo = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::answer);
    proxy = CuttableProxy.to(echo.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    echo.close();
  }

  private void answer() {
    while (!echo.isClosed()) {
      try {
        var client = echo.accept();
        Thread.startVirtualThread(() -> answer(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void answer(Socket client) {
    try (client) {
      client.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException e) {
      // It was cut.
    }
  }

  private Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static void say(Socket socket, String word) throws IOException {
    socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
  }

  private static String hear(Socket socket, int count) throws IOException {
    return new String(socket.getInputStream().readNBytes(count), StandardCharsets.US_ASCII);
  }

  private static boolean isCut(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void bytes_goBothWays() throws IOException {
    assertForwarded();
  }

  private void assertForwarded() throws IOException {
    try (var socket = connect()) {
      say(socket, "hello");
      assertThat(hear(socket, 5)).isEqualTo("hello");
    }
  }

  @Test
  void cut_endsConnections_andTakesNewOnes() throws IOException {
    try (var one = connect()) {
      say(one, "a");
      assertThat(hear(one, 1)).isEqualTo("a");
      proxy.cut();
      assertThat(isCut(one)).isTrue();
    }
    assertForwarded();
  }

  @Test
  void refuse_leavesConnections_andTakesNoNewOnes_untilAccept() throws IOException {
    try (var one = connect()) {
      say(one, "a");
      assertThat(hear(one, 1)).isEqualTo("a");
      proxy.refuse();
      assertThatExceptionOfType(ConnectException.class).isThrownBy(this::connect);
      say(one, "b");
      assertThat(hear(one, 1)).isEqualTo("b");
    }
    proxy.accept();
    assertForwarded();
  }

  @Test
  void stall_holdsEveryByte_untilItFlows() throws IOException {
    try (var one = connect()) {
      say(one, "a");
      assertThat(hear(one, 1)).isEqualTo("a");
      proxy.stall();
      one.setSoTimeout(100);
      say(one, "b");
      assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> hear(one, 1));
      one.setSoTimeout(30_000);
      proxy.flow();
      assertThat(hear(one, 1)).isEqualTo("b");
    }
  }

  @Test
  void traps_springOnce_onWhatIsSaidFromNowOn() throws Exception {
    try (var one = connect()) {
      say(one, "COMMIT");
      assertThat(hear(one, 6)).isEqualTo("COMMIT");
      var sprung = proxy.cutBeforeServerHears("COMMIT");
      say(one, "more");
      assertThat(hear(one, 4)).isEqualTo("more");
      say(one, "COM");
      assertThat(hear(one, 3)).isEqualTo("COM");
      assertThat(sprung.getCount()).isOne();
      say(one, "MIT");
      assertThat(sprung.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(isCut(one)).isTrue();
    }
    try (var other = connect()) {
      say(other, "COMMIT");
      assertThat(hear(other, 6)).isEqualTo("COMMIT");
    }
  }

  @Test
  @EnabledIf("io.surfacescan.testkit.Postgres#isThere")
  void aCommit_isLostOrCarriedOut_andTheClientCannotTell() throws Exception {
    try (var postgres = Postgres.start();
        var between = CuttableProxy.to(postgres.port())) {
      try (var connection = connect(postgres, postgres.port());
          var statement = connection.createStatement()) {
        statement.execute("CREATE TABLE words (word TEXT)");
      }
      try (var connection = connect(postgres, between.port())) {
        connection.setAutoCommit(false);
        // The driver names a statement that it sends again, so that no text follows.
        insert(connection, "kept");
        connection.commit();
        insert(connection, "carried out");
        var sprung = between.cutBeforeClientHears("COMMIT");
        assertThatExceptionOfType(SQLException.class).isThrownBy(connection::commit);
        assertThat(sprung.await(30, TimeUnit.SECONDS)).isTrue();
      }
      try (var connection = connect(postgres, between.port())) {
        connection.setAutoCommit(false);
        insert(connection, "lost");
        var sprung = between.cutBeforeServerHears("COMMIT");
        assertThatExceptionOfType(SQLException.class).isThrownBy(connection::commit);
        assertThat(sprung.await(30, TimeUnit.SECONDS)).isTrue();
      }
      try (var connection = connect(postgres, postgres.port());
          var statement = connection.createStatement();
          var rows = statement.executeQuery("SELECT string_agg(word, ', ') FROM words")) {
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("kept, carried out");
      }
    }
  }

  private static Connection connect(Postgres postgres, int port) throws SQLException {
    return DriverManager.getConnection(postgres.url(port));
  }

  private static void insert(Connection connection, String word) throws SQLException {
    try (var insert = connection.prepareStatement("INSERT INTO words VALUES (?)")) {
      insert.setString(1, word);
      insert.executeUpdate();
    }
  }
}
