package io.surfacescan.importers;

import io.surfacescan.importers.json.Quoted;
import io.surfacescan.model.ProblemKind;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The one rule of what is read of a directory: the files right in it whose names end in `.json`,
/// `.jsonl` or `.ndjson`, or one of these and `.gz`, in any case, in the order of their names; or,
/// if any file in it or in a folder within it is recognized as an export, all that are
/// ([ExportFolder]).
///
/// @param data the files that are read
/// @param passedOver what looks like data and is not read
public record InputFiles(List<Path> data, List<PassedOver> passedOver) {
  private static final List<String> DATA = List.of(".json", ".jsonl", ".ndjson");
  private static final String GZIP = ".gz";
  private static final String TEXT = ".txt";

  private static final Map<String, String> PACKED =
      new TreeMap<>(
          Map.of(
              ".bz2", "bzip2",
              ".xz", "xz",
              ".lzma", "lzma",
              ".zst", "zstd",
              ".lz4", "lz4",
              ".br", "brotli",
              ".z", "compress"));

  private static final List<String> ARCHIVES =
      List.of(".tar", ".tgz", ".tbz2", ".txz", ".zip", ".7z", ".rar");

  private static final Map<String, String> OTHER_FORMATS =
      new TreeMap<>(
          Map.of(
              ".yaml", "YAML",
              ".yml", "YAML",
              ".csv", "CSV",
              ".tsv", "TSV",
              ".xml", "XML",
              ".xls", "a spreadsheet",
              ".xlsx", "a spreadsheet",
              ".ods", "a spreadsheet",
              ".parquet", "Parquet"));

  /// How far a folder within the directory is searched for data: a warning is not worth a walk
  /// through a whole disk.
  private static final int DEPTH_MOST = 4;

  private static final int ENTRIES_MOST = 10_000;

  /// Something in the directory that a person may take for input.
  ///
  /// @param what why it is not read
  /// @param remedy what to do so that its content is
  public record PassedOver(Path path, ProblemKind kind, String what, String remedy) {
    PassedOver(Path path, String what, String remedy) {
      this(path, ProblemKind.UNREAD_FILE, what, remedy);
    }
  }

  public InputFiles {
    data = List.copyOf(data);
    passedOver = List.copyOf(passedOver);
  }

  /// The files right in a directory that documents are read from, in order.
  public static List<Path> dataOf(Path directory) throws IOException {
    return entries(directory).stream().filter(InputFiles::isData).toList();
  }

  /// All of a directory, and of folders within it, that may be read, whatever it holds; in order.
  public static List<Path> candidatesOf(Path directory) throws IOException {
    var candidates = new TreeSet<>(dataOf(directory));
    candidates.addAll(ExportFolder.candidates(directory));
    return List.copyOf(candidates);
  }

  /// Whether a file in a directory, or in a folder within it, may be read, by its name.
  public static boolean isCandidate(Path file) {
    return isSeen(file) && ExportFolder.isCandidate(file);
  }

  /// What is read of a directory and what is not: its export, if it holds one, else its documents.
  ///
  /// @param named the other paths that are read: what they hold is not passed over
  /// @param format of all that is read, if it need not be recognized
  static InputFiles of(Path directory, List<String> named, Optional<InputFormat> format)
      throws IOException {
    var documents = documents(directory, named);
    if (format.equals(Optional.of(InputFormat.DOCUMENT))) {
      return documents;
    }
    var folder = ExportFolder.of(directory, format);
    if (folder.exports().isEmpty() || isOfDocuments(folder, directory)) {
      return documents;
    }
    var data = new ArrayList<Path>(folder.exports());
    data.addAll(folder.documents());
    Collections.sort(data);
    var passedOver = new ArrayList<PassedOver>();
    for (Path empty : folder.empty()) {
      passedOver.add(
          new PassedOver(
              empty,
              ProblemKind.MALFORMED_JSON,
              "the file is empty, as a command leaves it that failed",
              "run the command again, or remove the file"));
    }
    for (Path other : folder.others()) {
      passedOver.add(
          ToolOutput.of(ExportFolder.start(other))
              .map(output -> new PassedOver(other, output.kind(), output.what(), output.remedy()))
              .orElseGet(() ->
                  new PassedOver(
                      other,
                      "the file is beside an export and not recognized as a part of it",
                      "move it elsewhere, or name it with --data if it belongs to the export")));
    }
    Set<Path> others = real(named);
    for (Path entry : entries(directory)) {
      if (!Files.isDirectory(entry)
          && !ExportFolder.isCandidate(entry)
          && !others.contains(real(entry))) {
        ofFile(entry).ifPresent(passedOver::add);
      }
    }
    return new InputFiles(data, passedOver);
  }

  /// Whether documents stand right in the directory, and exports only in folders within it: these
  /// are passed over, like other data there.
  private static boolean isOfDocuments(ExportFolder folder, Path directory) {
    return folder.documents().stream().anyMatch(file -> directory.equals(file.getParent()))
        && folder.exports().stream().noneMatch(file -> directory.equals(file.getParent()));
  }

  private static InputFiles documents(Path directory, List<String> named) throws IOException {
    var data = new ArrayList<Path>();
    var passedOver = new ArrayList<PassedOver>();
    Set<Path> others = real(named);
    for (Path entry : entries(directory)) {
      if (isData(entry)) {
        data.add(entry);
      } else if (!others.contains(real(entry))) {
        passedOver(entry, others).ifPresent(passedOver::add);
      }
    }
    return new InputFiles(data, passedOver);
  }

  /// By the bytes of their names, which in UTF-8 is by code points, whatever the locale makes of
  /// them. Hidden files are left out: editors and file systems leave them.
  private static List<Path> entries(Path directory) throws IOException {
    var entries = new ArrayList<Path>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, InputFiles::isSeen)) {
      stream.forEach(entries::add);
    } catch (DirectoryIteratorException e) {
      throw Objects.requireNonNull(e.getCause());
    }
    Collections.sort(entries);
    return entries;
  }

  static boolean isSeen(Path path) {
    return !path.getFileName().toString().startsWith(".");
  }

  private static boolean isData(Path path) {
    return isData(name(path));
  }

  static boolean isData(String name) {
    String unpacked = name.endsWith(GZIP) ? name.substring(0, name.length() - GZIP.length()) : name;
    return DATA.stream().anyMatch(unpacked::endsWith);
  }

  private static String name(Path path) {
    return path.getFileName().toString().toLowerCase(Locale.ROOT);
  }

  private static Optional<PassedOver> passedOver(Path entry, Set<Path> others) {
    if (Files.isDirectory(entry)) {
      return dataWithin(entry, others)
          .map(found ->
              new PassedOver(
                  entry,
                  "the folder holds data ("
                      + Quoted.fileName(found.toString())
                      + "), but a folder within a folder is not read",
                  "name it with --data as well"));
    }
    return ofFile(entry);
  }

  private static Optional<PassedOver> ofFile(Path file) {
    String name = name(file);
    if (name.endsWith(".zip")) {
      return Optional.of(
          new PassedOver(
              file, "a zip archive is not read", "unzip it, and name what it holds with --data"));
    }
    if (isArchive(name)) {
      return Optional.of(
          new PassedOver(
              file, "an archive is not read", "unpack it, and name what it holds with --data"));
    }
    var packed = ending(PACKED, name);
    if (packed.isPresent()) {
      return Optional.of(
          new PassedOver(
              file,
              "a file compressed by " + packed.get() + " is not read",
              "unpack it, or compress it by gzip"));
    }
    if (name.endsWith(GZIP)) {
      return Optional.of(
          new PassedOver(
              file,
              "the name does not say that the file holds JSON, so it is not read",
              "let the name end in .json.gz if it does"));
    }
    if (name.endsWith(TEXT) && isData(name.substring(0, name.length() - TEXT.length()))) {
      return Optional.of(
          new PassedOver(
              file, "the name ends in .txt, so the file is not read", "take .txt off the name"));
    }
    return ending(OTHER_FORMATS, name)
        .map(format ->
            new PassedOver(
                file,
                "the name says that the file is " + format + ", which is not read",
                "write it as JSON, or move it elsewhere if it is no input"));
  }

  private static boolean isArchive(String name) {
    boolean isPackedTar =
        name.endsWith(".tar" + GZIP)
            || PACKED.keySet().stream().anyMatch(ending -> name.endsWith(".tar" + ending));
    return isPackedTar || ARCHIVES.stream().anyMatch(name::endsWith);
  }

  private static Optional<String> ending(Map<String, String> endings, String name) {
    for (var ending : endings.entrySet()) {
      if (name.endsWith(ending.getKey())) {
        return Optional.of(ending.getValue());
      }
    }
    return Optional.empty();
  }

  /// The first data, or packed data, within a folder that none of the other paths names.
  private static Optional<Path> dataWithin(Path folder, Set<Path> others) {
    var search = new Search(folder, others);
    try {
      Files.walkFileTree(folder, Set.of(FileVisitOption.FOLLOW_LINKS), DEPTH_MOST, search);
    } catch (IOException e) {
      // What cannot be searched is not known to hold data.
      return Optional.ofNullable(search.first());
    }
    return Optional.ofNullable(search.first());
  }

  private static Set<Path> real(List<String> named) {
    var real = new HashSet<Path>();
    for (String path : named) {
      try {
        real.add(real(Path.of(path)));
      } catch (InvalidPathException e) {
        // It names nothing: what it stands for is refused elsewhere.
      }
    }
    return real;
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  /// Goes through a folder until it has met too much. Of the data it finds it keeps the first by
  /// name, so that a message is the same on every machine.
  private static final class Search extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final Set<Path> others;
    private final List<Path> found = new ArrayList<>();
    private int met;

    Search(Path folder, Set<Path> others) {
      this.folder = folder;
      this.others = others;
    }

    @Nullable Path first() {
      return found.isEmpty() ? null : folder.relativize(Collections.min(found));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
      boolean isSkipped = !isSeen(path) || others.contains(real(path));
      return isSkipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
      boolean isInput = isSeen(path) && !attributes.isDirectory() && couldBeData(path);
      if (isInput && !others.contains(real(path))) {
        found.add(path);
      }
      return ++met < ENTRIES_MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    private static boolean couldBeData(Path path) {
      String name = name(path);
      String unpacked =
          PACKED.keySet().stream()
              .filter(name::endsWith)
              .findFirst()
              .map(ending -> name.substring(0, name.length() - ending.length()))
              .orElse(name);
      return isData(unpacked) || name.endsWith(".zip");
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}
