package io.surfacescan.importers.kubernetes;

import static io.surfacescan.model.ProblemKind.MALFORMED_JSON;
import static io.surfacescan.model.ProblemKind.REPEATED_KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.surfacescan.importers.json.Abandonment;
import io.surfacescan.importers.json.ByteOffsets;
import io.surfacescan.importers.json.JsonCursor;
import io.surfacescan.importers.json.JsonFault;
import io.surfacescan.importers.json.Places;
import io.surfacescan.importers.json.ProblemLog;
import io.surfacescan.importers.json.Quoted;
import io.surfacescan.importers.json.Source;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.importers.json.Supervision;
import io.surfacescan.importers.json.Threads;
import io.surfacescan.importers.json.Unreadable;
import io.surfacescan.importers.json.Utf8Stream;
import io.surfacescan.importers.json.Version;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.text.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

/// Reads the files of an export of clusters; the package's page says what is read.
public final class KubernetesExport {
  /// What the resources came to.
  ///
  /// @param namespaces how many workloads each has
  /// @param counts how many resources of each kind were read
  /// @param leftOut how many resources of each kind were not
  public record Read(
      ReachabilityModel model,
      SortedMap<String, Long> namespaces,
      SortedMap<String, Long> counts,
      SortedMap<String, Long> leftOut) {}

  /// What one file came to.
  private record File(Resources resources, ProblemLog problems, byte[] digest) {}

  private static final int LOOKED_AT_BYTES = 1 << 16;

  /// A key of each resource near the start, at the top of a document or of an element of its list.
  /// Resources of Azure have the key too, with a date.
  private static final Pattern JSON_START =
      Pattern.compile(
          "\\s*+\\[?\\s*+\\{[^{}\\[\\]]*\"apiVersion\"\\s*+:(?!\\s*+\"\\d{4}-\\d\\d-)|"
              + "\\s*+\\{\\s*+(\"kind\"\\s*+:\\s*+\"\\w*List\"\\s*+,\\s*+)?\"items\"\\s*+:\\s*+\\[\\s*+"
              + "(\\]|\\{[^{}\\[\\]]*\"apiVersion\"\\s*+:)");

  private static final Pattern YAML_KEY =
      Pattern.compile("(?m)^(?:- )?[\"']?apiVersion[\"']?\\s*:\\s");

  private KubernetesExport() {}

  /// Whether a document that starts so is an export of Kubernetes, or a manifest.
  ///
  /// @param start the first bytes, each a character
  public static boolean isRecognized(String start) {
    String text = start.startsWith("\u00EF\u00BB\u00BF") ? start.substring(3) : start;
    return isJson(text) ? JSON_START.matcher(text).lookingAt() : YAML_KEY.matcher(text).find();
  }

  private static boolean isJson(String text) {
    int at = 0;
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() && (text.charAt(at) == '{' || text.charAt(at) == '[');
  }

  /// Reads all files, side by side.
  ///
  /// @param numbers which of the sources are read
  /// @param version gets the digest of each
  public static Read read(
      List<Source> sources,
      List<Integer> numbers,
      Supervision supervision,
      Abandonment abandonment,
      ExecutorService threads,
      ProblemLog problems,
      Version version)
      throws InterruptedException {
    var pending = new ArrayList<Future<File>>();
    for (int number : numbers) {
      pending.add(threads.submit(() -> readFile(number, sources.get(number), supervision)));
    }
    var read = new ArrayList<Integer>();
    var resources = new ArrayList<Resources>();
    for (int i = 0; i < pending.size(); i++) {
      try {
        File file = Threads.result(pending.get(i));
        read.add(numbers.get(i));
        resources.add(file.resources);
        problems.addAll(file.problems);
        version.add(numbers.get(i), file.digest);
      } catch (IOException e) {
        Unreadable.tell(problems, numbers.get(i), e);
      }
    }
    var clusters = Clusters.of(sources, read, resources, problems);
    var places = Places.find(sources, new TreeSet<>(clusters.spots()), abandonment);
    return new Read(
        clusters.model(places::of), clusters.namespaces(), clusters.counts(), clusters.leftOut());
  }

  private static File readFile(int number, Source source, Supervision supervision)
      throws IOException {
    var digest = Sha256.digest();
    var problems = new ProblemLog();
    var resources = new Resources(number, problems);
    try (InputStream stored = supervision.stored(source.openFirst());
        InputStream document =
            new BufferedInputStream(supervision.held(Source.document(stored)), LOOKED_AT_BYTES)) {
      document.mark(LOOKED_AT_BYTES);
      boolean isJson =
          isJson(new String(document.readNBytes(1 << 12), UTF_8).replace("\uFEFF", ""));
      document.reset();
      if (isJson) {
        var json = new JsonCursor(number, new Utf8Stream(document, digest));
        boolean isWhole = JsonDocuments.read(json, resources);
        problems.addAll(json.problems());
        if (!isWhole) {
          addFault(number, source, supervision, problems);
        }
      } else {
        readYaml(number, Utf8Stream.plain(document, digest), resources, problems);
      }
    }
    return new File(resources, problems, digest.digest());
  }

  private static void addFault(
      int number, Source source, Supervision supervision, ProblemLog problems) throws IOException {
    try (InputStream document = Source.document(supervision.again(source.open()))) {
      JsonFault.in(document)
          .ifPresentOrElse(
              fault ->
                  problems.add(
                      fault.kind(),
                      new SourceOffset(number, fault.offset()),
                      fault.what(),
                      fault.remedy()),
              () ->
                  problems.add(
                      MALFORMED_JSON,
                      SourceOffset.whole(number),
                      "the document is not JSON",
                      "correct it, or export it again"));
    }
  }

  private static void readYaml(
      int number, Utf8Stream text, Resources resources, ProblemLog problems) throws IOException {
    try (var offsets = new ByteOffsets(new InputStreamReader(text, UTF_8), text::shift)) {
      try {
        YamlDocuments.read(
            offsets,
            offsets,
            resources,
            (key, offset) ->
                problems.add(
                    REPEATED_KEY,
                    new SourceOffset(number, offset),
                    "the key " + Quoted.value(key) + " stands twice in one object",
                    "keep one of them"));
      } catch (YamlDocuments.Fault e) {
        problems.add(
            e.kind(),
            e.mark()
                .map(mark -> new SourceOffset(number, offsets.ofCodePoint(mark.getIndex())))
                .orElse(SourceOffset.whole(number)),
            Quoted.bare(String.valueOf(e.getMessage())),
            "correct it, or export it again");
      }
    } catch (UncheckedIOException e) {
      Unreadable.tell(problems, number, requireNonNull(e.getCause()));
    }
  }
}
