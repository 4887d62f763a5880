package io.surfacescan.service.docs;

import io.surfacescan.report.format.TreeDocument;
import io.surfacescan.service.exchange.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// `GET /openapi.json`: the interface as an OpenAPI document, which stands in `openapi.yaml`.
public final class OpenApi {
  private static final String SOURCE = "/META-INF/openapi.yaml";

  private final String basePath;

  /// Made when it is first asked for.
  private volatile byte @Nullable [] json;

  /// @param basePath what all paths start with
  public OpenApi(String basePath) {
    this.basePath = basePath;
  }

  public void answer(Exchange exchange) {
    byte[] document = json;
    if (document == null) {
      document = json();
      json = document;
    }
    exchange.answer(200, "application/json", document);
  }

  private byte[] json() {
    try (InputStream yaml =
        Objects.requireNonNull(OpenApi.class.getResourceAsStream(SOURCE), SOURCE)) {
      var document = new Load(LoadSettings.builder().build()).loadFromInputStream(yaml);
      return TreeDocument.json(withServer((Map<?, ?>) document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where the paths start is said only if that is not the root, which clients take for granted.
  private Map<?, ?> withServer(Map<?, ?> document) {
    if (basePath.isEmpty()) {
      return document;
    }
    var more = new LinkedHashMap<Object, Object>(document);
    more.put("servers", List.of(Map.of("url", basePath)));
    return more;
  }
}
