package io.surfacescan.service.served;

import io.surfacescan.service.platform.FileRefused;
import io.surfacescan.service.platform.SecretFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The key that signs messages, as [Standard Webhooks](https://www.standardwebhooks.com) have it:
/// HMAC-SHA-256 over id, time and body.
final class WebhookSecret {
  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES_LEAST = 24;
  private static final int BYTES_MOST = 64;

  private final byte[] key;

  private WebhookSecret(byte[] key) {
    this.key = key;
  }

  /// Reads the key, and warns if others may read it too.
  ///
  /// @throws FileRefused if there is none
  static WebhookSecret read(Path path) throws FileRefused {
    var file = new SecretFile(path);
    String text = new String(file.read("a file with the secret"), StandardCharsets.UTF_8).strip();
    file.checkPermissions();
    if (text.startsWith(PREFIX)) {
      try {
        byte[] key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        if (key.length >= BYTES_LEAST && key.length <= BYTES_MOST) {
          return new WebhookSecret(key);
        }
      } catch (IllegalArgumentException e) {
        // It is refused below.
      }
    }
    throw file.refused(
        "it has no secret; write whsec_ and 24 to 64 bytes in Base64, as `echo whsec_$(openssl"
            + " rand -base64 32)` does");
  }

  /// The value of the header `webhook-signature`.
  ///
  /// @param id of the message, without a full stop
  /// @param seconds since 1970, of this attempt
  String signature(String id, long seconds, byte[] body) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
