package io.surfacescan.snapshot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// The folder that snapshots are kept in. It is the user's alone, as are the files in it: what
/// others could have written is not believed.
///
/// Whatever cannot be done is not done: nothing here fails but what says so.
public final class CacheFolder {
  private static final Set<PosixFilePermission> OF_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OF_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final String SNAPSHOT = ".snapshot";
  private static final String UNFINISHED = ".unfinished";

  /// A file that is older was left by a process that was ended.
  private static final Duration LEFT = Duration.ofHours(1);

  private final Path folder;

  public CacheFolder(Path folder) {
    this.folder = folder;
  }

  /// Snapshots and the bytes that they take.
  public record Content(int snapshots, long bytes) {}

  /// A file of the folder.
  private record Kept(Path file, long bytes, FileTime used) {}

  public Path path() {
    return folder;
  }

  /// Why the folder is not used, if it is there and may have been changed by others.
  public Optional<String> distrust() {
    try {
      var seen = Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!seen.isDirectory()) {
        return Optional.of("it is no folder");
      }
      if (!isOurs(seen.owner())) {
        return Optional.of("it belongs to " + seen.owner().getName());
      }
      return seen.permissions().equals(OF_FOLDER)
          ? Optional.empty()
          : Optional.of(
              "others may use it ("
                  + PosixFilePermissions.toString(seen.permissions())
                  + "); run chmod 700 on it");
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  private static boolean isOurs(UserPrincipal owner) throws IOException {
    var process = Path.of("/proc/self");
    return Files.exists(process)
        ? owner.equals(Files.getOwner(process))
        : owner.getName().equals(System.getProperty("user.name"));
  }

  /// Whether the folder is there and can be believed.
  private boolean isTrusted() {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && distrust().isEmpty();
  }

  /// The snapshot under a key, if there is one that only we could have written. It counts as used.
  Optional<Path> find(String key) {
    var file = folder.resolve(key + SNAPSHOT);
    if (!isTrusted() || !isPrivate(file)) {
      return Optional.empty();
    }
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      // It is removed sooner than others, or was removed this moment.
    }
    return Optional.of(file);
  }

  private static boolean isPrivate(Path file) {
    try {
      var seen = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return seen.isRegularFile() && isOurs(seen.owner()) && seen.permissions().equals(OF_FILE);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /// Writes to a new file.
  @FunctionalInterface
  interface Writing {
    void write(FileChannel file) throws IOException;
  }

  /// Puts a snapshot in the place of the one under the key, if there is one, and then removes those
  /// that were used least recently, until all together take no more bytes than they may.
  ///
  /// It is written beside the folder's other files and renamed: whoever reads sees the old one or
  /// the new one, and two who write do not meet.
  ///
  /// @throws IOException if it cannot be written
  void put(String key, long bytesMost, Writing writing) throws IOException {
    make();
    if (!isTrusted()) {
      return;
    }
    var unfinished =
        folder.resolve("%s-%016x%s".formatted(key, new SplittableRandom().nextLong(), UNFINISHED));
    try {
      try (var file =
          FileChannel.open(
              unfinished,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(OF_FILE))) {
        writing.write(file);
      }
      if (Files.size(unfinished) <= bytesMost) {
        Files.move(unfinished, folder.resolve(key + SNAPSHOT), StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      Files.deleteIfExists(unfinished);
    }
    prune(bytesMost);
  }

  private void make() throws IOException {
    var parent = folder.getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      Files.createDirectories(parent, PosixFilePermissions.asFileAttribute(OF_FOLDER));
    }
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OF_FOLDER));
    }
  }

  private void prune(long bytesMost) throws IOException {
    long bytes = 0;
    for (Kept kept : kept()) {
      bytes += kept.bytes;
      if (bytes > bytesMost) {
        Files.deleteIfExists(kept.file);
      }
    }
    var left = FileTime.from(Instant.now().minus(LEFT));
    for (Kept file : files(UNFINISHED)) {
      if (file.used.compareTo(left) < 0) {
        Files.deleteIfExists(file.file);
      }
    }
  }

  /// The snapshots, those that were used last first.
  private List<Kept> kept() throws IOException {
    var kept = files(SNAPSHOT);
    kept.sort(Comparator.comparing(Kept::used).reversed().thenComparing(Kept::file));
    return kept;
  }

  private List<Kept> files(String ending) throws IOException {
    var files = new ArrayList<Kept>();
    try (var stream = Files.newDirectoryStream(folder, "*" + ending)) {
      for (Path file : stream) {
        try {
          files.add(new Kept(file, Files.size(file), Files.getLastModifiedTime(file)));
        } catch (IOException e) {
          // Another process removed it this moment.
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return files;
  }

  /// What is there.
  ///
  /// @throws IOException if the folder cannot be read
  public Content content() throws IOException {
    if (!isTrusted()) {
      return new Content(0, 0);
    }
    var kept = kept();
    return new Content(kept.size(), kept.stream().mapToLong(Kept::bytes).sum());
  }

  /// Removes all snapshots, and what was left unfinished.
  ///
  /// @return what was there
  /// @throws IOException if one of them cannot be removed
  public Content clear() throws IOException {
    var content = content();
    if (isTrusted()) {
      for (Kept kept : kept()) {
        Files.deleteIfExists(kept.file);
      }
      for (Kept file : files(UNFINISHED)) {
        Files.deleteIfExists(file.file);
      }
    }
    return content;
  }
}
