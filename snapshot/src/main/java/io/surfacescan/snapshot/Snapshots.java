package io.surfacescan.snapshot;

import io.surfacescan.engine.AttackGraph;
import io.surfacescan.importers.Imported;
import io.surfacescan.importers.Importers;
import io.surfacescan.importers.ReadCancellation;
import io.surfacescan.importers.ReadOptions;
import io.surfacescan.importers.ReadProgress;
import io.surfacescan.model.Later;
import io.surfacescan.settings.CacheSettings;
import io.surfacescan.snapshot.InputStamps.Match;
import io.surfacescan.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Reads inputs, and brings back what was read before of those that are unchanged.
///
/// A snapshot never decides what an answer is: one that is stale, damaged, cut or not ours is as
/// good as none.
public final class Snapshots {
  /// One of these columns is there if the graph is.
  private static final String GRAPH = "ancestors";

  private final CacheSettings settings;

  /// Nothing if it cannot be told which program this is.
  private final Later<Optional<String>> build = Later.of(ProgramBuild::name);

  public Snapshots(CacheSettings settings) {
    this.settings = settings;
  }

  /// Reads as [Importers] do.
  public Reading read(
      List<String> paths, InputStream stdin, ReadProgress progress, ReadOptions options) {
    return read(paths, stdin, progress, options, ReadCancellation.NEVER);
  }

  /// Reads as [Importers] do.
  public Reading read(
      List<String> paths,
      InputStream stdin,
      ReadProgress progress,
      ReadOptions options,
      ReadCancellation cancellation) {
    Supplier<Imported> reader = () -> Importers.read(paths, stdin, progress, options, cancellation);
    var stamps = settings.folder().flatMap(folder -> InputStamps.of(paths));
    if (stamps.isEmpty()
        || stamps.get().bytes() < settings.inputLeast()
        || options.terraformSource().isPresent()) {
      return Reading.of(reader.get());
    }
    var key = key(paths, options);
    if (key.isEmpty()) {
      return Reading.of(reader.get());
    }
    var input =
        new KeptInput(
            new CacheFolder(settings.folder().orElseThrow()), key.get(), paths, stamps.get());
    return broughtBack(input, reader)
        .orElseGet(() -> {
          var imported = reader.get();
          return new Reading(
              imported,
              Later.of(() -> AttackGraph.of(imported.environment())),
              reading -> keep(input, input.stamps.with(imported.digests()), reading));
        });
  }

  /// An input that may be kept.
  ///
  /// @param stamps as it was before it was read
  private record KeptInput(
      CacheFolder folder, String key, List<String> paths, InputStamps stamps) {}

  /// What a snapshot must be of to be used: what was asked for, by which program, and where.
  private Optional<String> key(List<String> paths, ReadOptions options) {
    return build
        .get()
        .map(program ->
            String.join(
                "\n",
                program,
                Integer.toString(SnapshotWriter.FORMAT),
                ByteOrder.nativeOrder().toString(),
                options.toString(),
                Path.of("").toAbsolutePath().toString(),
                String.join("\0", paths)))
        .map(text -> Sha256.hex(text.getBytes(StandardCharsets.UTF_8)));
  }

  private Optional<Reading> broughtBack(KeptInput input, Supplier<Imported> reader) {
    var found = input.folder.find(input.key);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try {
      var file = SnapshotFile.open(found.get());
      var head = file.head();
      if (!head.key().equals(input.key)) {
        return Optional.empty();
      }
      var match = head.stamps().match(input.stamps, settings.verifies());
      return match == Match.OTHER
          ? Optional.empty()
          : Optional.of(broughtBack(input, file, match, reader));
    } catch (IOException | SnapshotDamaged e) {
      return Optional.empty();
    }
  }

  private Reading broughtBack(
      KeptInput input, SnapshotFile file, Match match, Supplier<Imported> reader) {
    String version = file.values("version", String.class).getFirst();
    var columns =
        new RepairedColumns(
            file,
            () -> {
              var again = reader.get();
              if (!again.version().equals(version)) {
                throw new InputChanged();
              }
              var held = new HeldColumns();
              again.write(held);
              return held;
            });
    var imported = Imported.read(columns);
    columns.repairFromNow();
    boolean hasGraph = file.has(GRAPH);
    var graph =
        Later.of(() -> {
          try {
            return hasGraph
                ? AttackGraph.read(file, imported.environment())
                : AttackGraph.of(imported.environment());
          } catch (SnapshotDamaged e) {
            return AttackGraph.of(imported.environment());
          }
        });
    return new Reading(
        imported,
        graph,
        reading -> {
          var stamps = input.stamps.with(file.head().stamps().digests());
          if (columns.isRepaired() || (!hasGraph && reading.isCompiled())) {
            keep(input, stamps, reading);
          } else if (match == Match.COMPARED) {
            put(input, stamps, writer -> writer.columnsOf(file));
          }
        });
  }

  /// Writes a snapshot, unless the input is no longer as it was before it was read.
  private void keep(KeptInput input, InputStamps stamps, Reading reading) {
    if (reading.imported().problems().refused()) {
      return;
    }
    put(
        input,
        stamps,
        writer -> {
          reading.imported().write(writer);
          if (reading.isCompiled()) {
            reading.graph().write(writer);
          }
        });
  }

  private void put(KeptInput input, InputStamps stamps, Consumer<SnapshotWriter> columns) {
    try {
      if (!InputStamps.of(input.paths).map(stamps::looksLike).orElse(false)) {
        return;
      }
      input.folder.put(
          input.key,
          settings.bytesMost(),
          file -> {
            var writer = new SnapshotWriter(file);
            columns.accept(writer);
            writer.finish(new SnapshotHead(input.key, stamps, writer.columns()));
          });
    } catch (IOException
        | UncheckedIOException
        | UnsupportedOperationException
        | InputChanged
        | SnapshotDamaged
        | OutOfMemoryError e) {
      // The next look reads anew.
    }
  }
}
