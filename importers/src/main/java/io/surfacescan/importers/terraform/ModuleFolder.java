package io.surfacescan.importers.terraform;

import io.surfacescan.importers.json.JsonCursor;
import io.surfacescan.importers.json.LineCounter;
import io.surfacescan.importers.json.Quoted;
import io.surfacescan.importers.json.Utf8Stream;
import io.surfacescan.model.Place;
import io.surfacescan.text.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JsonToken;

/// The files of one module: where its resources and the calls of other modules stand.
///
/// @param places by `type.name`, `data.type.name` and `module.name`
/// @param sources by `module.name`, where that module is from
/// @param dynamics by resource, the blocks that it makes dynamically
/// @param files how many there are
/// @param unread the files that cannot be read, each with the reason
record ModuleFolder(
    Map<String, Place> places,
    Map<String, String> sources,
    Map<String, Set<String>> dynamics,
    int files,
    List<String> unread) {
  private static final List<String> ENDINGS = List.of(".tofu", ".tofu.json", ".tf", ".tf.json");

  /// Nobody writes such a file.
  private static final int BYTES_MOST = 8 << 20;

  /// Files whose content only changes what others have come last.
  private static final Comparator<Path> ORDER =
      Comparator.comparing(ModuleFolder::isOverride)
          .thenComparing(path -> ENDINGS.indexOf(ending(path)) > 1)
          .thenComparing(ModuleFolder::name);

  /// Reads the files of a folder.
  static ModuleFolder of(Path directory) throws IOException {
    var files = new ArrayList<Path>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, ModuleFolder::isRead)) {
      stream.forEach(files::add);
    } catch (DirectoryIteratorException e) {
      throw new IOException(e.getCause());
    }
    files.sort(ORDER);
    var module =
        new ModuleFolder(
            new HashMap<>(), new HashMap<>(), new HashMap<>(), files.size(), new ArrayList<>());
    for (Path file : files) {
      try {
        module.add(file);
      } catch (IOException e) {
        module.unread.add(Quoted.fileName(file.toString()) + " cannot be read");
      }
    }
    return module;
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private static String ending(Path path) {
    return ENDINGS.stream().filter(name(path)::endsWith).findFirst().orElse("");
  }

  private static boolean isRead(Path path) {
    return !ending(path).isEmpty() && !name(path).startsWith(".") && Files.isRegularFile(path);
  }

  private static boolean isOverride(Path path) {
    String stem = name(path).substring(0, name(path).length() - ending(path).length());
    return stem.equals("override") || stem.endsWith("_override");
  }

  private void add(Path file) throws IOException {
    String name = Quoted.fileName(file.toString());
    if (Files.size(file) > BYTES_MOST) {
      unread.add(name + " is too large");
      return;
    }
    byte[] bytes = Files.readAllBytes(file);
    if (name(file).endsWith(".json")) {
      addJson(name, bytes);
      return;
    }
    var text = new String(bytes, StandardCharsets.UTF_8);
    for (var header : BlockHeaders.of(text.startsWith("\uFEFF") ? text.substring(1) : text)) {
      var words = header.words();
      String key = key(words);
      if (!key.isEmpty()) {
        places.putIfAbsent(key, new Place(name, header.line(), header.column()));
        addDynamics(key, header.dynamics());
        if (!header.source().isEmpty()) {
          sources.putIfAbsent(key, header.source());
        }
      }
    }
  }

  private void addDynamics(String key, Collection<String> blocks) {
    dynamics.computeIfAbsent(key, absent -> new HashSet<>()).addAll(blocks);
  }

  private static String key(List<String> words) {
    return switch (words.getFirst() + " " + words.size()) {
      case "resource 3" -> words.get(1) + "." + words.get(2);
      case "data 3" -> "data." + words.get(1) + "." + words.get(2);
      case "module 2" -> "module." + words.get(1);
      default -> "";
    };
  }

  private void addJson(String name, byte[] bytes) throws IOException {
    var json = new JsonCursor(0, new Utf8Stream(new ByteArrayInputStream(bytes), Sha256.digest()));
    var read = new ArrayList<JsonValue>();
    boolean isJson =
        json.walk(() -> {
          if (json.nextDocument() == JsonToken.START_OBJECT) {
            read.add(JsonValue.read(json));
          }
        });
    if (!isJson || read.isEmpty()) {
      unread.add(name + " is not JSON");
      return;
    }
    var offsets = new TreeMap<Long, List<String>>();
    var root = read.getFirst();
    for (String kind : List.of("resource", "data")) {
      for (JsonValue byType : objects(root.get(kind))) {
        byType
            .map()
            .forEach((type, some) ->
                objects(some)
                    .forEach(named ->
                        named
                            .map()
                            .forEach((own, body) ->
                                addResource(offsets, key(List.of(kind, type, own)), body))));
      }
    }
    for (JsonValue calls : objects(root.get("module"))) {
      calls
          .map()
          .forEach((own, body) -> {
            String key = key(List.of("module", own));
            add(offsets, key, body);
            objects(body)
                .forEach(each ->
                    each.find("source").ifPresent(from -> sources.putIfAbsent(key, from.text())));
          });
    }
    var counter = new LineCounter(new ByteArrayInputStream(bytes));
    for (var entry : offsets.entrySet()) {
      if (counter.advance(entry.getKey())) {
        var place = new Place(name, counter.line(), counter.column());
        entry.getValue().forEach(key -> places.putIfAbsent(key, place));
      }
    }
  }

  private void addResource(Map<Long, List<String>> offsets, String key, JsonValue body) {
    add(offsets, key, body);
    for (JsonValue some : objects(body)) {
      objects(some.get("dynamic")).forEach(each -> addDynamics(key, each.map().keySet()));
    }
  }

  private static void add(Map<Long, List<String>> offsets, String key, JsonValue body) {
    offsets.computeIfAbsent(body.offset(), wanted -> new ArrayList<>()).add(key);
  }

  /// Where JSON has an object, it may have a list of such.
  private static List<JsonValue> objects(JsonValue some) {
    return some.isObject() ? List.of(some) : some.list();
  }
}
