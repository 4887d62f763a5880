package io.surfacescan.importers;

import io.surfacescan.importers.json.Fingerprint;
import io.surfacescan.importers.json.NearName;
import io.surfacescan.importers.json.PipeOpening;
import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.Quoted;
import io.surfacescan.importers.json.Source;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.importers.json.Unreadable;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.text.PathText;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Turns the paths that the user names into sources, in input order.
public final class Inputs {
  private static final String STDIN_PATH = "-";
  private static final String STDIN_NAME = "<stdin>";

  /// What no file is named like: a path with `//` in it is the same without.
  private static final Pattern URL =
      Pattern.compile("[a-z][a-z0-9+.-]+://|file:", Pattern.CASE_INSENSITIVE);

  private final List<String> paths;
  private final InputStream stdin;
  private final Optional<InputFormat> format;
  private final ProblemLog problems;
  private final List<Source> sources = new ArrayList<>();
  private boolean stdinNamed;

  private Inputs(
      List<String> paths, InputStream stdin, Optional<InputFormat> format, ProblemLog problems) {
    this.paths = paths;
    this.stdin = stdin;
    this.format = format;
    this.problems = problems;
  }

  /// The sources of all paths. A path that yields none is a problem, and stands in the list as
  /// [Source.Nothing].
  static List<Source> of(
      List<String> paths, InputStream stdin, Optional<InputFormat> format, ProblemLog problems) {
    var inputs = new Inputs(paths, stdin, format, problems);
    paths.forEach(inputs::add);
    return List.copyOf(inputs.sources);
  }

  private void add(String named) {
    if (named.equals(STDIN_PATH)) {
      addStdin();
      return;
    }
    if (URL.matcher(named).lookingAt()) {
      refuse(Quoted.fileName(named), ProblemKind.UNREADABLE, "URLs are not read", urlRemedy(named));
      return;
    }
    try {
      Path path = Path.of(named);
      if (named.isEmpty()) {
        refuse("\"\"", ProblemKind.UNREADABLE, "the path is empty", "name a file or a directory");
      } else if (Files.isDirectory(path)) {
        addDirectory(path);
      } else {
        addFile(path, true);
      }
    } catch (InvalidPathException e) {
      unopened(named, "this cannot be the name of a file here", "correct the path");
    }
  }

  private static String urlRemedy(String url) {
    String scheme = url.substring(0, url.indexOf(':')).toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "file" -> "name the file by its path, without file:";
      case "s3" -> fetch("aws s3 cp", url, " -");
      case "gs" -> fetch("gcloud storage cat", url, "");
      default -> fetch("curl -fsS", url, "");
    };
  }

  private static String fetch(String command, String url, String end) {
    return "fetch it, as with "
        + command
        + " '"
        + Quoted.fileName(url)
        + "'"
        + end
        + " | surfacescan … --data -";
  }

  private void addStdin() {
    if (stdinNamed) {
      refuse(
          STDIN_NAME,
          ProblemKind.UNREADABLE,
          "standard input is named twice, but can be read only once",
          "name \"-\" once");
      return;
    }
    stdinNamed = true;
    sources.add(new Source.Stream(STDIN_NAME, this::openStdin));
  }

  /// Standard input is not ours to close.
  private InputStream openStdin() {
    return new FilterInputStream(stdin) {
      @Override
      public void close() {}
    };
  }

  private void addDirectory(Path directory) {
    InputFiles files;
    try {
      files = InputFiles.of(directory, paths, format);
    } catch (IOException e) {
      unreadable(directory, e);
      return;
    }
    files.data().forEach(file -> addFile(file, false));
    for (var left : files.passedOver()) {
      refuse(Quoted.fileName(left.path().toString()), left.kind(), left.what(), left.remedy());
    }
    if (files.data().isEmpty()) {
      refuse(
          Quoted.fileName(directory.toString()),
          ProblemKind.NO_INPUT_FILES,
          "the directory has no *.json, *.jsonl or *.ndjson file, nor one with .gz",
          "put data files right into it (directories within it are not searched), or name another");
    }
  }

  /// @param named whether the user named it; only then may it be a pipe, which can keep its reader
  ///   waiting for ever
  private void addFile(Path path, boolean named) {
    String name = Quoted.fileName(path.toString());
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        refuse(
            name,
            ProblemKind.UNREADABLE,
            "this is a directory, though named like a data file",
            "rename it, or name it on its own to read the files within it");
      } else if (attributes.isRegularFile()) {
        sources.add(new Source.File(name, path, Fingerprint.of(attributes)));
      } else if (!named) {
        refuse(
            name,
            ProblemKind.UNREADABLE,
            "this is neither a file nor a directory, though named like a data file",
            "rename it, or name it on its own to read from it");
      } else {
        sources.add(
            new Source.Stream(name, new PipeOpening(path, PipeOpening.PATIENCE_USUAL)::open));
      }
    } catch (NoSuchFileException e) {
      missing(path, name, e);
    } catch (IOException e) {
      unreadable(path, e);
    }
  }

  private void missing(Path path, String name, NoSuchFileException e) {
    if (Files.isSymbolicLink(path)) {
      refuse(
          name,
          ProblemKind.UNREADABLE,
          "this symbolic link leads nowhere",
          "correct or remove the link");
      return;
    }
    String remedy =
        NearName.in(path)
            .map(near -> "did you mean " + Quoted.fileName(near.toString()) + "?")
            .orElse(Unreadable.remedy(e));
    unopened(path.toString(), Unreadable.what(e), remedy);
  }

  /// Refuses a path under which no file is found; the locale may be the reason.
  private void unopened(String path, String what, String remedy) {
    var fault = PathText.undecoded(path).orElse(new PathText.Fault(what, remedy));
    refuse(Quoted.fileName(path), ProblemKind.UNREADABLE, fault.what(), fault.remedy());
  }

  private void unreadable(Path path, IOException e) {
    refuse(
        Quoted.fileName(path.toString()),
        ProblemKind.UNREADABLE,
        Unreadable.what(e),
        Unreadable.remedy(e));
  }

  /// Notes a path of which nothing is read.
  private void refuse(String name, ProblemKind kind, String what, String remedy) {
    problems.add(kind, SourceOffset.whole(sources.size()), what, remedy);
    sources.add(new Source.Nothing(name));
  }
}
