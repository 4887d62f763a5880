package io.surfacescan.races;

import io.surfacescan.model.Environment;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/// Something that can say who attacks a VM, loaded with one environment.
///
/// It runs in a process of its own. Not thread-safe.
interface Peer extends AutoCloseable {
  /// Takes the environment in; afterwards it can be asked at full speed.
  void load(Environment environment) throws Exception;

  /// The ways in which it can be asked, the ones expected to be fast first.
  List<Way> ways();

  @Override
  default void close() throws IOException, SQLException {}
}
