package io.surfacescan.races;

import io.surfacescan.model.Environment;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A database that is asked with one prepared recursive query.
abstract class SqlPeer implements Peer {
  private final SqlModel model;
  private @Nullable Connection connection;
  private @Nullable PreparedStatement query;

  SqlPeer(SqlModel model) {
    this.model = model;
  }

  /// Opens an empty database.
  abstract Connection connect() throws Exception;

  /// Creates the table, fills it, and indexes it as this database does best.
  abstract void create(Connection connection, PairTable table) throws Exception;

  /// What the database asks for after loading, such as statistics for its planner.
  abstract void settle(Connection connection) throws SQLException;

  @Override
  public final void load(Environment environment) throws Exception {
    var opened = connect();
    connection = opened;
    for (var table : model.tables(environment)) {
      create(opened, table);
    }
    execute(
        opened,
        "CREATE TABLE size (vms INTEGER)",
        "INSERT INTO size VALUES (" + environment.vmCount() + ")");
    settle(opened);
    query = opened.prepareStatement(model.query());
  }

  @Override
  public final List<Way> ways() {
    return List.of(new Way("", this::attackers));
  }

  private int[] attackers(int vm) throws SQLException {
    var asked = Objects.requireNonNull(query);
    asked.setInt(1, vm);
    asked.setInt(2, vm);
    var found = new IntBag();
    try (var rows = asked.executeQuery()) {
      while (rows.next()) {
        found.add(rows.getInt(1));
      }
    }
    return found.toArray();
  }

  @Override
  public void close() throws IOException, SQLException {
    if (connection != null) {
      connection.close();
    }
  }

  static void execute(Connection connection, String... statements) throws SQLException {
    try (var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
