package io.surfacescan.snapshot;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.importers.Importers;
import io.surfacescan.model.Environment;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.text.ProgramVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
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

  /// How the address of a file in an archive begins, and what stands before the file.
  private static final String PACKED = "jar:";

  private static final String INNER = "!/";

  private ProgramBuild() {}

  /// Nothing if the archives cannot be told.
  static Optional<String> name() {
    try {
      var name =
          new StringBuilder(ProgramVersion.text()).append(' ').append(ProgramVersion.commit());
      for (Class<?> some : CLASSES) {
        var place = placeOf(some);
        if (place.isEmpty()) {
          return Optional.empty();
        }
        name.append('\n').append(place.get()).append(' ').append(state(place.get()));
      }
      return Optional.of(name.toString());
    } catch (IOException
        | IllegalArgumentException
        | FileSystemNotFoundException
        | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /// The archive or the folder that a class is in, as the class path finds it.
  ///
  /// What the class itself says of it is not asked for. A class from a cache of a start says where
  /// its archive lay when the cache was made: the program may have been moved since, and if nothing
  /// is left there, the class says nothing.
  static Optional<Path> placeOf(Class<?> some) {
    String file = some.getName().replace('.', '/') + ".class";
    var found = some.getResource("/" + file);
    if (found == null) {
      return Optional.empty();
    }
    String text = found.toString();
    boolean isPacked = text.startsWith(PACKED);
    int start = isPacked ? PACKED.length() : 0;
    int end = text.length() - file.length() - (isPacked ? INNER.length() : 0);
    return Optional.of(Path.of(URI.create(text.substring(start, end))));
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
