package io.surfacescan.importers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.surfacescan.importers.json.Fingerprint;
import io.surfacescan.importers.json.Source;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// The files of a folder and of those within it, told apart by a look at the start of each. Files
/// are candidates by the ends of their names, as [InputFiles] has them, and YAML besides; symbolic
/// links to folders are not followed.
///
/// @param exports those that are recognized as exports, in order
/// @param documents other files that hold one of the two lists of an environment document
/// @param empty files for JSON without any content
/// @param others other candidates
record ExportFolder(List<Path> exports, List<Path> documents, List<Path> empty, List<Path> others) {
  private static final int DEPTH_MOST = 16;

  /// A larger file without content at its start has some behind it, or cannot be read.
  private static final int EMPTY_BYTES_MOST = 64;

  /// A walk through a whole disk would not end.
  private static final int FILES_MOST = 20_000;

  private static final Pattern YAML = Pattern.compile(".*\\.ya?ml(\\.gz)?");
  private static final Pattern NOTHING = Pattern.compile("\\s*+\\[\\s*+\\]\\s*+");
  private static final Pattern LISTS = Pattern.compile("\"(vms|fw_rules|vm_id|fw_id)\"\\s*:");

  static ExportFolder of(Path directory, Optional<InputFormat> format) throws IOException {
    var exports = new ArrayList<Path>();
    var documents = new ArrayList<Path>();
    var empty = new ArrayList<Path>();
    var others = new ArrayList<Path>();
    var bareLists = new ArrayList<Path>();
    boolean hasBareLists = false;
    for (Path file : candidates(directory)) {
      byte[] start = start(file);
      var found = format.orElseGet(() -> InputFormat.of(start));
      hasBareLists |= found.hasBareLists();
      if (format.isEmpty() && InputFormat.isBareList(start)) {
        bareLists.add(file);
      } else if (found.isExport()) {
        exports.add(file);
      } else if (LISTS.matcher(new String(start, ISO_8859_1)).find()) {
        documents.add(file);
      } else if (isEmpty(file, start)) {
        empty.add(file);
      } else if (!NOTHING.matcher(new String(start, ISO_8859_1)).matches()) {
        // An empty list is what a command writes that lists no resources.
        others.add(file);
      }
    }
    if (hasBareLists) {
      exports.addAll(bareLists);
      Collections.sort(exports);
    }
    return new ExportFolder(exports, documents, empty, others);
  }

  private static boolean isEmpty(Path file, byte[] start) throws IOException {
    return Files.size(file) <= EMPTY_BYTES_MOST
        && new String(start, ISO_8859_1).isBlank()
        && InputFiles.isData(file.getFileName().toString().toLowerCase(Locale.ROOT));
  }

  static byte[] start(Path file) {
    try {
      return new Source.File(file.toString(), file, Fingerprint.of(file))
          .start(UnaryOperator.identity());
    } catch (IOException e) {
      // What cannot be read is no export; if it is a document, that is told when it is read.
      return new byte[0];
    }
  }

  static boolean isCandidate(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return InputFiles.isData(name) || YAML.matcher(name).matches();
  }

  /// In the order of their paths.
  static List<Path> candidates(Path directory) throws IOException {
    var found = new ArrayList<Path>();
    Files.walkFileTree(
        directory,
        Set.of(),
        DEPTH_MOST,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return folder.equals(directory) || InputFiles.isSeen(folder)
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            boolean isFile = attributes.isRegularFile() || Files.isRegularFile(file);
            if (isFile && InputFiles.isSeen(file) && isCandidate(file)) {
              found.add(file);
            }
            return found.size() < FILES_MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
    Collections.sort(found);
    return found;
  }
}
