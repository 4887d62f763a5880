package io.surfacescan.service.docs;

import io.surfacescan.report.format.TreeDocument;
import io.surfacescan.service.exchange.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// `GET /openapi.json`: the interface as an OpenAPI document, which stands in `openapi.yaml`.
public final class OpenApi {
  private static final String SOURCE = "/META-INF/openapi.yaml";

  private OpenApi() {}

  /// Made when it is first asked for.
  private static final class Document {
    static final byte[] JSON = json();
  }

  public static void answer(Exchange exchange) {
    exchange.answer(200, "application/json", Document.JSON);
  }

  private static byte[] json() {
    try (InputStream yaml =
        Objects.requireNonNull(OpenApi.class.getResourceAsStream(SOURCE), SOURCE)) {
      var document = new Load(LoadSettings.builder().build()).loadFromInputStream(yaml);
      return TreeDocument.json((Map<?, ?>) document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
