package io.surfacescan.statistics;

import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// The tables of a database, made or brought up to this version of the program when they are first
/// needed. Shared by all connections to it.
final class Schema {
  private static final String SCRIPTS = "classpath:io/surfacescan/statistics/schema";
  private static final String HISTORY = "surfacescan_schema_history";

  private final Map<String, String> types;
  private boolean there;

  /// @param types how the database calls what the scripts leave open
  Schema(Map<String, String> types) {
    this.types = Map.copyOf(types);
  }

  synchronized void provide(DataSource source) {
    if (there) {
      return;
    }
    Flyway.configure(Schema.class.getClassLoader())
        .dataSource(source)
        .locations(SCRIPTS)
        .table(HISTORY)
        .placeholders(types)
        // Others may have tables in the same database.
        .baselineOnMigrate(true)
        .baselineVersion("0")
        // A newer version of the program may have been here, and go on beside this one.
        .ignoreMigrationPatterns("*:future")
        .load()
        .migrate();
    there = true;
  }

  /// The tables may be gone.
  synchronized void forget() {
    there = false;
  }
}
