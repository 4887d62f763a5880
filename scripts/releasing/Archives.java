import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Writes archives of zip's kind whose bytes are the same wherever they are made:
///
///     java Archives.java jar OUT EPOCH MANIFEST ARCHIVE…   one jar of all that is in others
///     java Archives.java zip OUT EPOCH FOLDER              a folder
///
/// Entries are in the order of their names, and all have the time EPOCH (seconds).
final class Archives {
  /// What holds for one archive alone: its manifest, its signatures, its description as a module.
  private static final String LEFT_OUT =
      "META-INF/(MANIFEST\\.MF|INDEX\\.LIST|[^/]*\\.(SF|RSA|DSA|EC)|maven/.*|native-image/.*|\\.more\\.tgz|importmap\\.json)|(.*/)?module-info\\.class";

  /// Texts that each archive has under the same name, and that have to stay.
  private static final String LEGAL = "(?i)(META-INF/)?(licen[cs]e|notice|copyright|dependencies|about)[^/]*";

  /// Lists, of which the lines of all archives count.
  private static final String LISTS = "META-INF/(services/[^/]+|io\\.netty\\.versions\\.properties)";

  private final Map<String, byte[]> entries = new TreeMap<>();

  public static void main(String... args) throws IOException {
    var made = new Archives();
    boolean one = args[0].equals("jar");
    if (one) {
      for (String archive : Arrays.asList(args).subList(4, args.length)) {
        made.takeArchive(Path.of(archive));
      }
    } else {
      made.takeFolder(Path.of(args[3]));
    }
    var first = one ? Map.of("META-INF/MANIFEST.MF", Files.readAllBytes(Path.of(args[3]))) : Map.<String, byte[]>of();
    made.write(Path.of(args[1]), Long.parseLong(args[2]), first);
  }

  private void takeFolder(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        entries.put(folder.getFileName() + "/" + folder.relativize(file), Files.readAllBytes(file));
      }
    }
  }

  private void takeArchive(Path archive) throws IOException {
    try (var in = new ZipFile(archive.toFile())) {
      for (var entry : in.stream().filter(entry -> !entry.isDirectory()).toList()) {
        String name = entry.getName();
        if (!name.matches(LEFT_OUT)) {
          byte[] content = in.getInputStream(entry).readAllBytes();
          if (name.matches(LEGAL)) {
            name = "META-INF/licences/" + archive.getFileName() + "/" + name.replaceFirst("META-INF/", "");
          }
          take(name, content, archive);
        }
      }
    }
  }

  private void take(String name, byte[] content, Path archive) {
    byte[] before = entries.putIfAbsent(name, content);
    if (before == null || Arrays.equals(before, content)) {
      return;
    }
    if (!name.matches(LISTS)) {
      throw new IllegalStateException(archive + " has another " + name + " than an archive before it");
    }
    var lines = new LinkedHashSet<>(lines(before));
    lines.addAll(lines(content));
    entries.put(name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> lines(byte[] content) {
    return new String(content, StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank()).toList();
  }

  private void write(Path archive, long epoch, Map<String, byte[]> first) throws IOException {
    var time = LocalDateTime.ofEpochSecond(epoch, 0, ZoneOffset.UTC);
    try (var out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(archive)))) {
      out.setLevel(9);
      for (var part : List.of(first, entries)) {
        for (var entry : part.entrySet()) {
          var header = new ZipEntry(entry.getKey());
          header.setTimeLocal(time);
          out.putNextEntry(header);
          out.write(entry.getValue());
        }
      }
    }
  }
}
