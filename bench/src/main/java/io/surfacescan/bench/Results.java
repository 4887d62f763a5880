package io.surfacescan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/// The record of measurements in a folder: `results.csv`, one line each, and `results.md`, the page
/// that is made of it.
///
/// A measurement takes the place of the one with the same parameters, so that a part can be run
/// again. Those of another machine or Java are dropped when the first of this one comes.
final class Results {
  private static final String RECORD = "results.csv";
  private static final String PAGE = "results.md";
  private static final String MACHINE_PREFIX = "# ";

  private Results() {}

  /// Adds to the folder's record and writes its page anew.
  static String add(Path folder, Collection<Measured> measured) throws IOException {
    Files.createDirectories(folder);
    String machine = Machine.described();
    var all = new TreeMap<String, Measured>();
    for (var before : read(folder.resolve(RECORD), machine)) {
      all.put(before.key(), before);
    }
    measured.forEach(now -> all.put(now.key(), now));
    var lines = new ArrayList<>(List.of(MACHINE_PREFIX + machine, Measured.HEADER));
    all.values().forEach(each -> lines.add(each.line()));
    Files.write(folder.resolve(RECORD), lines);
    String page = new ResultsPage(machine, List.copyOf(all.values())).text();
    Files.writeString(folder.resolve(PAGE), page);
    return page;
  }

  private static List<Measured> read(Path record, String machine) throws IOException {
    if (!Files.exists(record)) {
      return List.of();
    }
    var lines = Files.readAllLines(record);
    boolean ofThisMachine = !lines.isEmpty() && lines.getFirst().equals(MACHINE_PREFIX + machine);
    return ofThisMachine ? lines.stream().skip(2).map(Measured::ofLine).toList() : List.of();
  }
}
