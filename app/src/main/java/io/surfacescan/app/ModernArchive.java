package io.surfacescan.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// A copy of an archive whose classes are of a version that Java's caches take. picocli is compiled
/// for Java 5: no cache takes its classes, nor those of ours that implement its interfaces.
///
/// The code stays the same. What is new are the version and the frames by which Java verifies it.
final class ModernArchive {
  /// The first version with frames.
  private static final int LEAST = ClassFile.JAVA_6_VERSION;

  private static final ClassFile CLASSES =
      ClassFile.of(ClassFile.StackMapsOption.GENERATE_STACK_MAPS);

  private ModernArchive() {}

  /// The copy, in a folder that is made for it; the archive itself if it has no old classes.
  static Path of(Path archive, Path folder) {
    try (var in = new ZipFile(archive.toFile())) {
      var contents = new LinkedHashMap<String, byte[]>();
      boolean hasOld = false;
      for (var entry : in.stream().toList()) {
        byte[] content = in.getInputStream(entry).readAllBytes();
        boolean isOld = entry.getName().endsWith(".class") && version(content) < LEAST;
        hasOld |= isOld;
        contents.put(entry.getName(), isOld ? modern(content) : content);
      }
      if (!hasOld) {
        return archive;
      }
      var copy = Files.createDirectories(folder).resolve(archive.getFileName());
      write(contents, copy);
      // A cache notes the times of archives: packages give all files of a program one time.
      Files.setLastModifiedTime(copy, Files.getLastModifiedTime(archive));
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Map<String, byte[]> contents, Path archive) throws IOException {
    try (var out = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (var content : contents.entrySet()) {
        var entry = new ZipEntry(content.getKey());
        // The same at each build.
        entry.setTimeLocal(LocalDate.EPOCH.plusYears(10).atStartOfDay());
        out.putNextEntry(entry);
        out.write(content.getValue());
      }
    }
  }

  /// The major version, which stands in two bytes behind the magic number and the minor one.
  private static int version(byte[] content) {
    return ((content[6] & 0xFF) << 8) | (content[7] & 0xFF);
  }

  private static byte[] modern(byte[] content) {
    return CLASSES.transformClass(
        CLASSES.parse(content),
        (builder, part) -> {
          switch (part) {
            case ClassFileVersion _ -> builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
            // Frames come only with code that is written anew.
            case MethodModel method ->
                builder.transformMethod(
                    method, MethodTransform.transformingCode(CodeTransform.ACCEPT_ALL));
            default -> builder.with(part);
          }
        });
  }
}
