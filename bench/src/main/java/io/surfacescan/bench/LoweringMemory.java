package io.surfacescan.bench;

import io.surfacescan.importers.Imported;
import io.surfacescan.importers.Importers;
import io.surfacescan.importers.ReadProgress;
import io.surfacescan.model.Environment;
import io.surfacescan.report.EnvironmentWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// How much heap an export takes that is kept with its model, beyond what the environment document
/// takes that `surfacescan import` makes of it, and how large the lowered environment is.
public final class LoweringMemory {
  private LoweringMemory() {}

  /// Measures one export.
  ///
  /// @param arguments the file or folder of an export
  public static void main(String[] arguments) throws IOException {
    String input = arguments[0];
    Path document = Files.createTempFile("surfacescan-lowered", ".json");
    try {
      long ofExport = heapOf(() -> exported(input, document));
      long ofDocument = heapOf(() -> read(document.toString()));
      var environment = read(document.toString()).environment();
      long endpoints = environment.vmCount();
      System.out.printf(
          "%,d VMs; %,d bytes of heap with the model, %,d as a document: %,d bytes a VM beyond it%n",
          endpoints, ofExport, ofDocument, (ofExport - ofDocument) / endpoints);
      System.out.printf(
          "%,d rules between %,d tags; %.1f tags a class, %d at most%n",
          environment.ruleCount(),
          environment.tagCount(),
          tagsOfClass(environment),
          tagsOfClassMost(environment));
    } finally {
      Files.delete(document);
    }
  }

  private static Imported read(String input) {
    var imported = Importers.read(List.of(input), InputStream.nullInputStream(), ReadProgress.NONE);
    if (imported.problems().refused()) {
      throw new IllegalArgumentException(imported.problems().errors().toString());
    }
    return imported;
  }

  private static Imported exported(String input, Path document) {
    var imported = read(input);
    var lowered = imported.export().orElseThrow().lowered();
    System.out.printf("%,d real rules%n", lowered.model().ruleCount());
    try (var out = new BufferedOutputStream(Files.newOutputStream(document))) {
      EnvironmentWriter.write(lowered.environment(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return imported;
  }

  private static long heapOf(Supplier<Imported> load) {
    long before = used();
    var loaded = load.get();
    try {
      return used() - before;
    } finally {
      Reference.reachabilityFence(loaded);
    }
  }

  static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static double tagsOfClass(Environment environment) {
    var lists = environment.tagLists();
    long tags = 0;
    for (int list = 0; list < lists.size(); list++) {
      tags += lists.end(list) - lists.start(list);
    }
    return (double) tags / lists.size();
  }

  private static int tagsOfClassMost(Environment environment) {
    var lists = environment.tagLists();
    int most = 0;
    for (int list = 0; list < lists.size(); list++) {
      most = Math.max(most, lists.end(list) - lists.start(list));
    }
    return most;
  }
}
