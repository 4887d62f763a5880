package io.surfacescan.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// A certificate that vouches for itself, with its key, as PEM files and in Java.
public record PemFiles(Path certificate, Path key, KeyStore store) {
  private static final char[] PASSWORD = "password".toCharArray();

  /// Makes one for localhost with the JDK's own tool.
  ///
  /// @param algorithm such as `EC`
  public static PemFiles make(Path folder, String name, String algorithm) {
    try {
      var file = folder.resolve(name + ".p12");
      var command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-J-XX:TieredStopAtLevel=1",
                  "-J-XX:+UseSerialGC",
                  "-genkeypair",
                  "-alias",
                  "it",
                  "-keyalg",
                  algorithm,
                  "-dname",
                  "CN=" + name,
                  "-ext",
                  "SAN=dns:localhost,ip:127.0.0.1",
                  "-storetype",
                  "PKCS12",
                  "-storepass",
                  new String(PASSWORD),
                  "-keystore",
                  file.toString()));
      if (algorithm.equals("RSA")) {
        // The usual size takes seconds to find.
        command.addAll(List.of("-keysize", "2048"));
      }
      var made = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (made.waitFor() != 0) {
        throw new AssertionError(said);
      }
      var store = KeyStore.getInstance(file.toFile(), PASSWORD);
      var certificate = folder.resolve(name + ".crt");
      var key = folder.resolve(name + ".key");
      write(certificate, "CERTIFICATE", store.getCertificate("it").getEncoded());
      write(key, "PRIVATE KEY", store.getKey("it", PASSWORD).getEncoded());
      return new PemFiles(certificate, key, store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void write(Path file, String kind, byte[] bytes) throws IOException {
    Files.writeString(
        file,
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
            .formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)));
  }

  /// The certificate itself.
  public Certificate leaf() {
    try {
      return store.getCertificate("it");
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /// A client that believes these servers and shows the certificate, if it has one.
  public static SSLContext client(@Nullable PemFiles own, PemFiles... believed) {
    try {
      var trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      for (var server : Arrays.asList(believed)) {
        trusted.setCertificateEntry(server.certificate().toString(), server.leaf());
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own == null ? null : own.store(), PASSWORD);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }
}
