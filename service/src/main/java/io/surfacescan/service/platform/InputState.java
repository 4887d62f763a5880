package io.surfacescan.service.platform;

import io.surfacescan.importers.InputFiles;
import io.surfacescan.settings.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a look at the input's files, without opening them, tells about their content: two equal
/// states mean that nothing was changed in between.
///
/// @param files by path: size, times and number of each data file; symbolic links are followed, so
///   that a link turned to another file is a change
public record InputState(Map<String, String> files) {
  private static final String ABSENT = "absent";

  /// Never fails: what cannot be looked at is part of the state.
  public static InputState of(List<String> paths) {
    var files = new TreeMap<String, String>();
    for (String path : paths) {
      if (!path.equals(Input.STDIN)) {
        look(path, files);
      }
    }
    return new InputState(files);
  }

  private static void look(String named, Map<String, String> files) {
    try {
      var path = Path.of(named);
      files.put(named, stamp(path));
      if (Files.isDirectory(path)) {
        for (var file : InputFiles.candidatesOf(path)) {
          files.put(file.toString(), stamp(file));
        }
      }
    } catch (IOException | InvalidPathException e) {
      files.put(named, ABSENT);
    }
  }

  /// A directory's own times change with files that are no input, so only its place counts.
  private static String stamp(Path path) {
    try {
      if (Files.isDirectory(path)) {
        return path.toRealPath().toString();
      }
      return attributes(path).toString();
    } catch (IOException e) {
      return ABSENT;
    }
  }

  /// The time of the last change of status sees what was written and then given its old time back.
  private static Map<String, Object> attributes(Path path) throws IOException {
    boolean unix = path.getFileSystem().supportedFileAttributeViews().contains("unix");
    return new TreeMap<>(
        Files.readAttributes(
            path, unix ? "unix:size,lastModifiedTime,ino,ctime" : "size,lastModifiedTime,fileKey"));
  }
}
