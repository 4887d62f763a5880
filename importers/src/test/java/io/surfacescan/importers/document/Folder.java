package io.surfacescan.importers.document;

import io.surfacescan.importers.Imported;
import io.surfacescan.importers.ReadOptions;
import io.surfacescan.importers.ReadProgress;
import io.surfacescan.model.Problem;
import io.surfacescan.model.Vm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// A folder with input files, and ways to read them.
record Folder(Path path) {
  static final Division ONE_THREAD = new Division(1, 1);

  Folder with(String file, String text) throws IOException {
    return with(file, text.getBytes(StandardCharsets.UTF_8));
  }

  Folder with(String file, byte[] bytes) throws IOException {
    Files.write(path.resolve(file), bytes);
    return this;
  }

  String named(String file) {
    return path.resolve(file).toString();
  }

  /// Reads some of the files, in one piece each.
  Imported read(String... files) {
    return read(ONE_THREAD, files);
  }

  Imported read(Division division, String... files) {
    var paths = Arrays.stream(files).map(this::named).toList();
    return EnvironmentDocument.read(
        paths, InputStream.nullInputStream(), ReadProgress.NONE, division);
  }

  Imported read(ReadOptions options, String... files) {
    var paths = Arrays.stream(files).map(this::named).toList();
    return EnvironmentDocument.read(
        paths, InputStream.nullInputStream(), ReadProgress.NONE, options);
  }

  static Source.File source(Path file) throws IOException {
    return new Source.File(file.toString(), file, Fingerprint.of(file));
  }

  static Supervision supervision() {
    return new Supervision(
        new Progress(ReadProgress.NONE, List.of()), Allowance.ofThisProgram(), Abandonment.never());
  }

  /// Reads the folder itself.
  Imported readAll() {
    return EnvironmentDocument.read(
        List.of(path.toString()), InputStream.nullInputStream(), ReadProgress.NONE);
  }

  static Imported readStdin(byte[] bytes) {
    return EnvironmentDocument.read(
        List.of("-"), new ByteArrayInputStream(bytes), ReadProgress.NONE);
  }

  /// The problems as shown, with file names relative to the folder.
  List<String> shown(List<Problem> problems) {
    return problems.stream().map(problem -> relative(problem.toString())).toList();
  }

  List<String> errors(Imported imported) {
    return shown(imported.problems().errors());
  }

  List<String> warnings(Imported imported) {
    return shown(imported.problems().warnings());
  }

  private String relative(String text) {
    return text.replace(path + "/", "").replace(path.toString(), ".");
  }

  static List<Vm> vms(Imported imported) {
    var vms = new ArrayList<Vm>();
    for (int vm = 0; vm < imported.environment().vmCount(); vm++) {
      vms.add(imported.environment().vm(vm));
    }
    return vms;
  }

  static List<String> vmIds(Imported imported) {
    return vms(imported).stream().map(Vm::id).toList();
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    var compressed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes);
    }
    return compressed.toByteArray();
  }

  static byte[] gzip(String text) throws IOException {
    return gzip(text.getBytes(StandardCharsets.UTF_8));
  }
}
