package io.surfacescan.snapshot;

import io.surfacescan.importers.InputFiles;
import io.surfacescan.importers.json.Source;
import io.surfacescan.text.Sha256;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/// What can be seen of an input without opening it, and a digest of each file that was read.
///
/// Two looks that see the same saw the same input, but for a file that was written shortly before
/// the first: it may have been written again within the same tick of the clock. Of such files, and
/// of those that look otherwise, the content decides.
///
/// @param takenNanos when the look began, since 1970
/// @param files per file whose content may count
/// @param others whatever else stands in the folders: its name alone may be a reason to warn
record InputStamps(long takenNanos, SortedMap<Path, Stamp> files, SortedSet<String> others) {
  /// A file that was changed less than this before a look may change again unseen.
  private static final long RACE_NANOS = TimeUnit.SECONDS.toNanos(2);

  /// A folder with more is not looked through for a snapshot.
  private static final int ENTRIES_MOST = 20_000;

  /// As deep as the importers look.
  private static final int DEPTH_MOST = 16;

  private static final String STDIN = "-";

  /// @param digest SHA-256 of the uncompressed bytes, if the file was read
  record Stamp(
      long size, long modifiedNanos, long changedNanos, long inode, Optional<String> digest) {
    boolean looksLike(Stamp other) {
      return size == other.size
          && modifiedNanos == other.modifiedNanos
          && changedNanos == other.changedNanos
          && inode == other.inode;
    }

    boolean isOlderThan(long nanos) {
      return Math.max(modifiedNanos, changedNanos) < nanos;
    }
  }

  /// Looks at all that some paths name.
  ///
  /// @return nothing if the input is none that can be kept, such as a pipe
  static Optional<InputStamps> of(List<String> paths) {
    long taken = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    var stamps = new InputStamps(taken, new TreeMap<>(), new TreeSet<>());
    try {
      for (String path : paths) {
        if (path.equals(STDIN) || !stamps.look(Path.of(path))) {
          return Optional.empty();
        }
      }
      return Optional.of(stamps);
    } catch (IOException | InvalidPathException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  private boolean look(Path named) throws IOException {
    others.add(named.toRealPath().toString());
    if (!Files.isDirectory(named)) {
      return Files.isRegularFile(named) && stamp(named);
    }
    var search = new Search(named);
    Files.walkFileTree(named, Set.of(), DEPTH_MOST, search);
    return search.isWhole;
  }

  private boolean stamp(Path file) throws IOException {
    var seen = Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,ino");
    files.put(
        file,
        new Stamp(
            (long) seen(seen, "size"),
            ((FileTime) seen(seen, "lastModifiedTime")).to(TimeUnit.NANOSECONDS),
            ((FileTime) seen(seen, "ctime")).to(TimeUnit.NANOSECONDS),
            (long) seen(seen, "ino"),
            Optional.empty()));
    return files.size() + others.size() <= ENTRIES_MOST;
  }

  private static Object seen(Map<String, Object> attributes, String name) {
    var value = attributes.get(name);
    if (value == null) {
      throw new UnsupportedOperationException("no attribute " + name);
    }
    return value;
  }

  /// Goes through a folder as the importers do. A link to a folder, which some of them follow,
  /// makes an end of it.
  private final class Search extends SimpleFileVisitor<Path> {
    private final Path top;
    private boolean isWhole = true;

    Search(Path top) {
      this.top = top;
    }

    private boolean isHidden(Path path) {
      return !path.equals(top) && path.getFileName().toString().startsWith(".");
    }

    private FileVisitResult note(String what) {
      others.add(what);
      isWhole &= files.size() + others.size() <= ENTRIES_MOST;
      return isWhole ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : note(folder + "/");
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (isHidden(file)) {
        return FileVisitResult.CONTINUE;
      }
      String name = file.toString();
      if (attributes.isDirectory() || (attributes.isSymbolicLink() && Files.isDirectory(file))) {
        isWhole = false;
        return FileVisitResult.TERMINATE;
      }
      if (attributes.isSymbolicLink()) {
        name += " -> " + Files.readSymbolicLink(file);
      }
      if (InputFiles.isCandidate(file) && Files.isRegularFile(file)) {
        isWhole &= stamp(file);
      }
      return note(name);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return isHidden(file) ? FileVisitResult.CONTINUE : note(file + "!");
    }
  }

  long bytes() {
    return files.values().stream().mapToLong(Stamp::size).sum();
  }

  /// The same with the digests of what was read.
  InputStamps with(Map<Path, String> digests) {
    var stamped = new TreeMap<Path, Stamp>();
    files.forEach((path, stamp) ->
        stamped.put(
            path,
            new Stamp(
                stamp.size,
                stamp.modifiedNanos,
                stamp.changedNanos,
                stamp.inode,
                Optional.ofNullable(digests.get(path)))));
    return new InputStamps(takenNanos, stamped, others);
  }

  Map<Path, String> digests() {
    var digests = new TreeMap<Path, String>();
    files.forEach((path, stamp) -> stamp.digest.ifPresent(digest -> digests.put(path, digest)));
    return digests;
  }

  /// Whether both looks saw the same.
  boolean looksLike(InputStamps other) {
    return others.equals(other.others)
        && files.keySet().equals(other.files.keySet())
        && files.entrySet().stream()
            .allMatch(each -> each.getValue().looksLike(other.file(each.getKey())));
  }

  private Stamp file(Path path) {
    var stamp = files.get(path);
    if (stamp == null) {
      throw new IllegalArgumentException("no such file: " + path);
    }
    return stamp;
  }

  /// How an input is, compared with the one of these stamps.
  enum Match {
    /// It is the same, and this look tells.
    SEEN,
    /// It is the same by its content alone.
    COMPARED,
    /// It is another, or may be.
    OTHER
  }

  /// Whether the input that a later look saw is the one of these stamps.
  ///
  /// @param verifies whether the content decides in any case
  Match match(InputStamps now, boolean verifies) {
    if (!others.equals(now.others) || !files.keySet().equals(now.files.keySet())) {
      return Match.OTHER;
    }
    var match = Match.SEEN;
    for (var each : files.entrySet()) {
      var then = each.getValue();
      var file = now.file(each.getKey());
      boolean isSeen = then.looksLike(file) && then.isOlderThan(takenNanos - RACE_NANOS);
      if (isSeen && (!verifies || then.digest.isEmpty())) {
        continue;
      }
      if (!hasContent(each.getKey(), then, file)) {
        return Match.OTHER;
      }
      match = isSeen ? match : Match.COMPARED;
    }
    return match;
  }

  private static boolean hasContent(Path path, Stamp then, Stamp now) {
    if (then.size != now.size || then.digest.isEmpty()) {
      return false;
    }
    var digest = Sha256.digest();
    try (InputStream stored = Files.newInputStream(path);
        InputStream document = Source.document(stored)) {
      byte[] block = new byte[1 << 16];
      for (int count = document.read(block); count >= 0; count = document.read(block)) {
        digest.update(block, 0, count);
      }
    } catch (IOException e) {
      return false;
    }
    return HexFormat.of().formatHex(digest.digest()).equals(then.digest.get());
  }

  void write(DataOutputStream out) throws IOException {
    out.writeLong(takenNanos);
    out.writeInt(files.size());
    for (var each : files.entrySet()) {
      out.writeUTF(each.getKey().toString());
      var stamp = each.getValue();
      out.writeLong(stamp.size);
      out.writeLong(stamp.modifiedNanos);
      out.writeLong(stamp.changedNanos);
      out.writeLong(stamp.inode);
      out.writeUTF(stamp.digest.orElse(""));
    }
    out.writeInt(others.size());
    for (String other : others) {
      out.writeUTF(other);
    }
  }

  static InputStamps read(DataInputStream in) throws IOException {
    long taken = in.readLong();
    var files = new TreeMap<Path, Stamp>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      var path = Path.of(in.readUTF());
      files.put(
          path,
          new Stamp(
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              Optional.of(in.readUTF()).filter(digest -> !digest.isEmpty())));
    }
    var others = new TreeSet<String>();
    int names = in.readInt();
    for (int i = 0; i < names; i++) {
      others.add(in.readUTF());
    }
    return new InputStamps(taken, files, others);
  }
}
