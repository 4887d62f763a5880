package io.surfacescan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

class PostgresTest {
  private static Connection connect(Postgres postgres) throws SQLException {
    return DriverManager.getConnection(postgres.url());
  }

  private static String ask(Postgres postgres, String question) throws SQLException {
    try (var connection = connect(postgres);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(question)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static void tell(Postgres postgres, String order) throws SQLException {
    try (var connection = connect(postgres);
        var statement = connection.createStatement()) {
      statement.execute(order);
    }
  }

  @Test
  @EnabledIf("io.surfacescan.testkit.Postgres#isThere")
  void tables_areEmpty_andStayWhenItStopsOrCrashes() throws Exception {
    try (var postgres = Postgres.start()) {
      tell(postgres, "CREATE TABLE kept (word TEXT)");
      tell(postgres, "INSERT INTO kept VALUES ('before')");
      postgres.stop();
      assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connect(postgres));
      postgres.startAgain();
      assertThat(ask(postgres, "SELECT word FROM kept")).isEqualTo("before");
      tell(postgres, "UPDATE kept SET word = 'after'");
      postgres.crash();
      assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connect(postgres));
      postgres.startAgain();
      assertThat(ask(postgres, "SELECT word FROM kept")).isEqualTo("after");
      assertThat(ask(postgres, "SHOW server_version")).startsWith("18.");
    }
  }

  @Test
  @EnabledIf("io.surfacescan.testkit.Postgres#isOldestThere")
  void start_takesTheOldestVersionToo() throws Exception {
    try (var postgres = Postgres.start(Postgres.Version.OLDEST)) {
      assertThat(ask(postgres, "SHOW server_version")).startsWith("14.");
    }
  }

  @Test
  @EnabledIf("io.surfacescan.testkit.Postgres#isThere")
  void aWrongPassword_isRefused() throws Exception {
    try (var postgres = Postgres.start()) {
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> DriverManager.getConnection(postgres.url() + "x"))
          .withMessageContaining("password authentication failed");
    }
  }

  @Test
  @EnabledIf("io.surfacescan.testkit.Postgres#isThere")
  void close_leavesNothingBehind() throws Exception {
    var postgres = Postgres.start();
    assertThat(postgres.folder()).isNotEmptyDirectory();
    postgres.close();
    assertThat(postgres.folder()).doesNotExist();
    assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connect(postgres));
  }
}
