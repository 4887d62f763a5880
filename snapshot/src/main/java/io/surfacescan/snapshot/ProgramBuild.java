package io.surfacescan.snapshot;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.importers.Importers;
import io.surfacescan.model.Environment;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.text.ProgramVersion;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Names the build that runs, by the archives with the classes whose work snapshots hold: another
/// build may read or compile otherwise.
final class ProgramBuild {
  private static final List<Class<?>> CLASSES =
      List.of(
          Environment.class,
          ReachabilityModel.class,
          Importers.class,
          AttackGraph.class,
          ProgramVersion.class,
          ProgramBuild.class);

  private ProgramBuild() {}

  /// Nothing if the archives cannot be told.
  static Optional<String> name() {
    try {
      var name =
          new StringBuilder(ProgramVersion.text()).append(' ').append(ProgramVersion.commit());
      for (Class<?> some : CLASSES) {
        var source = some.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
          return Optional.empty();
        }
        var place = Path.of(source.getLocation().toURI());
        name.append('\n').append(place).append(' ').append(state(place));
      }
      return Optional.of(name.toString());
    } catch (IOException | URISyntaxException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /// Of an archive, or of a folder with classes, as tests have them.
  private static String state(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return attributes(place);
    }
    try (var classes = Files.walk(place)) {
      var states = new StringBuilder();
      for (Path each : classes.filter(Files::isRegularFile).sorted().toList()) {
        states.append(attributes(each)).append(' ');
      }
      return states.toString();
    }
  }

  private static String attributes(Path file) throws IOException {
    return new TreeMap<>(Files.readAttributes(file, "unix:size,lastModifiedTime,ino")).toString();
  }
}
