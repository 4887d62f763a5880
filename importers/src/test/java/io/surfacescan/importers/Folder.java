package io.surfacescan.importers;

import io.surfacescan.importers.json.Abandonment;
import io.surfacescan.importers.json.Fingerprint;
import io.surfacescan.importers.json.Progress;
import io.surfacescan.importers.json.ReadLimit;
import io.surfacescan.importers.json.Source;
import io.surfacescan.importers.json.Supervision;
import io.surfacescan.model.Environment;
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
public record Folder(Path path) {
  public static final Partitioning ONE_THREAD = new Partitioning(1, 1);

  public Folder with(String file, String text) throws IOException {
    return with(file, text.getBytes(StandardCharsets.UTF_8));
  }

  public Folder with(String file, byte[] bytes) throws IOException {
    Files.write(path.resolve(file), bytes);
    return this;
  }

  public String named(String file) {
    return path.resolve(file).toString();
  }

  /// Reads some of the files, in one piece each.
  public Imported read(String... files) {
    return read(ONE_THREAD, files);
  }

  public Imported read(Partitioning division, String... files) {
    var paths = Arrays.stream(files).map(this::named).toList();
    return Importers.read(paths, InputStream.nullInputStream(), ReadProgress.NONE, division);
  }

  public Imported read(ReadOptions options, String... files) {
    var paths = Arrays.stream(files).map(this::named).toList();
    return Importers.read(paths, InputStream.nullInputStream(), ReadProgress.NONE, options);
  }

  public Imported read(ReadOptions options, Partitioning division, String... files) {
    return Importers.read(
        Arrays.stream(files).map(this::named).toList(),
        InputStream.nullInputStream(),
        ReadProgress.NONE,
        division,
        ReadLimit.ofThisProgram(),
        options,
        ReadCancellation.NEVER);
  }

  public static Source.File source(Path file) throws IOException {
    return new Source.File(file.toString(), file, Fingerprint.of(file));
  }

  public static Supervision supervision() {
    return new Supervision(
        new Progress(ReadProgress.NONE::read, List.of()),
        ReadLimit.ofThisProgram(),
        Abandonment.never());
  }

  /// Reads the folder itself.
  public Imported readAll() {
    return Importers.read(
        List.of(path.toString()), InputStream.nullInputStream(), ReadProgress.NONE);
  }

  public static Imported readStdin(byte[] bytes) {
    return Importers.read(List.of("-"), new ByteArrayInputStream(bytes), ReadProgress.NONE);
  }

  /// The problems as shown, with file names relative to the folder.
  public List<String> shown(List<Problem> problems) {
    return problems.stream().map(problem -> relative(problem.toString())).toList();
  }

  public List<String> errors(Imported imported) {
    return shown(imported.problems().errors());
  }

  public List<String> warnings(Imported imported) {
    return shown(imported.problems().warnings());
  }

  private String relative(String text) {
    return text.replace(path + "/", "").replace(path.toString(), ".");
  }

  public static List<Vm> vms(Imported imported) {
    var vms = new ArrayList<Vm>();
    for (int vm = 0; vm < imported.environment().vmCount(); vm++) {
      vms.add(imported.environment().vm(vm));
    }
    return vms;
  }

  public static List<String> vmIds(Imported imported) {
    return vms(imported).stream().map(Vm::id).toList();
  }

  /// The VMs and rules of an environment, in their order.
  public static List<String> meaning(Environment environment) {
    var meaning = new ArrayList<String>();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      meaning.add(environment.vm(vm).toString());
    }
    environment.rules().forEach(rule -> meaning.add(rule.toString()));
    return meaning;
  }

  public static byte[] gzip(byte[] bytes) throws IOException {
    var compressed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes);
    }
    return compressed.toByteArray();
  }

  public static byte[] gzip(String text) throws IOException {
    return gzip(text.getBytes(StandardCharsets.UTF_8));
  }
}
