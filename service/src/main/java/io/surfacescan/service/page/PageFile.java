package io.surfacescan.service.page;

import io.surfacescan.text.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// A file of the page as it is sent: as it is, and compressed as well as gzip can.
///
/// @param tag its `ETag`, without the quotes
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record PageFile(String mediaType, byte[] content, byte[] gzipped, String tag) {
  static PageFile of(String name, byte[] content) {
    return new PageFile(
        mediaType(name), content, gzipped(content), Sha256.hex(content).substring(0, 32));
  }

  private static String mediaType(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html;charset=UTF-8";
      case "js" -> "text/javascript;charset=UTF-8";
      case "css" -> "text/css;charset=UTF-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static byte[] gzipped(byte[] content) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new BestGzip(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static final class BestGzip extends GZIPOutputStream {
    BestGzip(ByteArrayOutputStream bytes) throws IOException {
      super(bytes);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
