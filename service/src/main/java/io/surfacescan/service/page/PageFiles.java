package io.surfacescan.service.page;

import io.surfacescan.text.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// The files of the page: those of the module `web`, and those of the library that they import.
///
/// The document names the others under a folder that is called after all their contents. So a
/// browser may keep them for ever, and files of two versions are never mixed. Names are relative,
/// which serves below any prefix.
final class PageFiles {
  private static final String FOLDER = "/META-INF/page/";
  private static final String DOCUMENT = "index.html";

  /// Names, one a line; a file of another archive with its place there: `name=/place`.
  private static final String LIST = "files";

  private static final String IMPORTS_START = "<script type=\"importmap\">";
  private static final String IMPORTS_END = "</script>";

  private final PageFile document;
  private final String policy;

  /// By path, such as `/page/0a1b/app.js`.
  private final Map<String, PageFile> byPath;

  private PageFiles(PageFile document, String policy, Map<String, PageFile> byPath) {
    this.document = document;
    this.policy = policy;
    this.byPath = byPath;
  }

  /// Reads all of them, which are small.
  static PageFiles read() {
    var contents = contents();
    String document = new String(resource(FOLDER + DOCUMENT), StandardCharsets.UTF_8);
    var all = new StringBuilder();
    contents.forEach((name, content) -> all.append(name).append(Sha256.hex(content)));
    String root =
        "page/" + Sha256.hex(all.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    document = document.replace("{{modules}}", modules(contents)).replace("{{root}}", root);
    var byPath = new HashMap<String, PageFile>();
    contents.forEach(
        (name, content) -> byPath.put("/" + root + "/" + name, PageFile.of(name, content)));
    return new PageFiles(
        PageFile.of(DOCUMENT, document.getBytes(StandardCharsets.UTF_8)),
        policy(imports(document)),
        Map.copyOf(byPath));
  }

  private static Map<String, byte[]> contents() {
    var contents = new LinkedHashMap<String, byte[]>();
    String list = new String(resource(FOLDER + LIST), StandardCharsets.UTF_8);
    for (String line : list.lines().toList()) {
      int equals = line.indexOf('=');
      String name = equals < 0 ? line : line.substring(0, equals);
      contents.put(name, resource(equals < 0 ? FOLDER + line : line.substring(equals + 1)));
    }
    return contents;
  }

  /// Links that have a browser fetch all modules at once, not one after the other.
  private static String modules(Map<String, byte[]> contents) {
    return contents.keySet().stream()
        .filter(name -> name.endsWith(".js"))
        .map(name -> "<link rel=\"modulepreload\" href=\"{{root}}/" + name + "\">")
        .collect(Collectors.joining("\n"));
  }

  private static String imports(String document) {
    int start = document.indexOf(IMPORTS_START) + IMPORTS_START.length();
    return document.substring(start, document.indexOf(IMPORTS_END, start));
  }

  /// Nothing from another host, and no script or style within the document but the import map.
  private static String policy(String imports) {
    return "default-src 'self'; script-src 'self' 'sha256-"
        + Base64.getEncoder()
            .encodeToString(Sha256.digest().digest(imports.getBytes(StandardCharsets.UTF_8)))
        + "'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  private static byte[] resource(String name) {
    try (var resource = PageFiles.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(resource, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What stands at the address of every screen.
  PageFile document() {
    return document;
  }

  /// The `Content-Security-Policy` of the document.
  String policy() {
    return policy;
  }

  /// A file of the document.
  Optional<PageFile> find(String path) {
    return Optional.ofNullable(byPath.get(path));
  }
}
