package io.surfacescan.statistics;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// A database with the tables of the statistics, and one connection to it, which is made when it is
/// needed and again after a failure. Both kinds have the same tables. Not thread-safe.
final class Store implements AutoCloseable {
  /// PostgreSQL's word for it.
  private static final String UNDEFINED_TABLE = "42P01";

  private static final int BUSY_MILLIS = 5_000;

  /// What a transaction does.
  @FunctionalInterface
  interface Work<T, X extends Exception> {
    T on(Connection connection) throws SQLException, StoreFailure, X;
  }

  private final String kind;
  private final String name;
  private final DataSource source;
  private final Schema schema;

  /// The file, if it is one.
  private final @Nullable Path file;

  private @Nullable Connection connection;
  private Optional<Object> openedFile = Optional.empty();

  private Store(String kind, String name, DataSource source, Schema schema, @Nullable Path file) {
    this.kind = kind;
    this.name = name;
    this.source = source;
    this.schema = schema;
    this.file = file;
  }

  /// A file, which is made when it is first needed, as is its folder, both for their owner only.
  static Store sqlite(Path file) {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
    config.setBusyTimeout(BUSY_MILLIS);
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return new Store("sqlite", file.toString(), source, new Schema(Dialect.SQLITE), file);
  }

  /// A server.
  ///
  /// @param url `jdbc:postgresql://…`, which may hold a password
  static Store postgresql(String url) {
    var source = new PGSimpleDataSource();
    source.setApplicationName("surfacescan");
    source.setConnectTimeout(5);
    source.setSocketTimeout(10);
    source.setTcpKeepAlive(true);
    try {
      source.setUrl(url);
    } catch (IllegalArgumentException e) {
      // Its message has the whole URL, which may hold a password.
      throw new IllegalArgumentException(
          "the URL of the shared database cannot be read; it is"
              + " jdbc:postgresql://HOST:PORT/DATABASE?user=USER, with special characters"
              + " percent-encoded, such as %25 for %");
    }
    String host = source.getServerNames()[0] + ":" + source.getPortNumbers()[0];
    return new Store(
        "postgresql",
        "PostgreSQL at " + host + "/" + source.getDatabaseName(),
        source,
        new Schema(Dialect.POSTGRESQL),
        null);
  }

  /// One more connection to the same database.
  Store another() {
    return new Store(kind, name, source, schema, file);
  }

  /// `sqlite` or `postgresql`.
  String kind() {
    return kind;
  }

  /// What people call it, without secrets.
  String name() {
    return name;
  }

  /// Runs the work in one transaction that takes effect as a whole or not at all. After a failure
  /// while it was committed, it is unknown which.
  <T, X extends Exception> T inTransaction(Work<T, X> work) throws StoreFailure, X {
    boolean committed = false;
    try {
      var open = open();
      T result = work.on(open);
      open.commit();
      committed = true;
      return result;
    } catch (SQLException | IOException e) {
      if (e instanceof SQLException sql && UNDEFINED_TABLE.equals(sql.getSQLState())) {
        schema.forget();
      }
      throw failure(e);
    } catch (LinkageError e) {
      throw new StoreFailure(name + ": the library of the database cannot be loaded: " + e, e);
    } finally {
      if (!committed) {
        close();
      }
    }
  }

  private StoreFailure failure(Exception e) {
    return new StoreFailure(name + ": " + why(e), e);
  }

  /// The first line of the message, which has no data in it.
  private static String why(Exception e) {
    Throwable said = e;
    if (e instanceof BatchUpdateException batch && batch.getNextException() != null) {
      said = batch.getNextException();
    }
    String message =
        switch (said) {
          case AccessDeniedException denied -> "access denied to " + denied.getFile();
          case FileAlreadyExistsException there -> there.getFile() + " is not a folder";
          case NoSuchFileException missing -> "there is no " + missing.getFile();
          case FileSystemException other when other.getReason() != null ->
              other.getFile() + ": " + other.getReason();
          default -> said.getMessage() == null ? said.toString() : said.getMessage();
        };
    return message.strip().lines().findFirst().orElse(said.toString());
  }

  private Connection open() throws SQLException, IOException {
    if (connection != null && isGone()) {
      close();
      schema.forget();
    }
    var open = connection;
    if (open == null) {
      makeFile();
      open = source.getConnection();
      connection = open;
      schema.provide(open);
      open.setAutoCommit(false);
      openedFile = fileKey();
    }
    return open;
  }

  /// Whether the file was removed or replaced: what is written to the old one would be lost.
  private boolean isGone() throws IOException {
    return file != null && !fileKey().equals(openedFile);
  }

  private Optional<Object> fileKey() throws IOException {
    if (file == null || !Files.exists(file)) {
      return Optional.empty();
    }
    return Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
  }

  private void makeFile() throws IOException {
    if (file == null || Files.exists(file)) {
      return;
    }
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    Files.createDirectories(file.toAbsolutePath().getParent(), only(posix, "rwx------"));
    try {
      Files.createFile(file, only(posix, "rw-------"));
    } catch (FileAlreadyExistsException e) {
      // Another process was sooner, which is as good.
    }
  }

  private static FileAttribute<?>[] only(boolean posix, String permissions) {
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public void close() {
    var open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        // Whatever was not committed is gone with the connection.
      }
    }
  }
}
