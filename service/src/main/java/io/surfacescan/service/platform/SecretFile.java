package io.surfacescan.service.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.jboss.logging.Logger;

/// A file that decides who may ask, or proves who answers.
public record SecretFile(Path path) {
  private static final Logger LOG = Logger.getLogger(SecretFile.class);
  private static final int BYTES_MOST = 1 << 20;

  /// All of it.
  ///
  /// @param wanted what it should be, for whoever named another one
  public byte[] read(String wanted) throws FileRefused {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      // The end of a pipe or a device may never come, and no signal ends the wait for it.
      throw refused("it is not a plain file; name " + wanted);
    }
    try (var in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(BYTES_MOST + 1);
      if (bytes.length > BYTES_MOST) {
        throw refused("it has over " + BYTES_MOST + " bytes; name " + wanted);
      }
      return bytes;
    } catch (IOException e) {
      throw refused(
          "it cannot be read ("
              + e.getClass().getSimpleName().replaceAll("Exception$", "")
              + "); name "
              + wanted
              + " that this user may read");
    }
  }

  public FileRefused refused(String whatAndRemedy) {
    return new FileRefused(path + ": " + whatAndRemedy);
  }

  /// Warns if users of this machine beside its owner and group may read or change it.
  public void checkPermissions() {
    try {
      var permissions = Files.getPosixFilePermissions(path);
      if (permissions.contains(PosixFilePermission.OTHERS_READ)
          || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
        LOG.warnf("%s: every user of this machine may use it; chmod o= it", path);
      }
    } catch (IOException | UnsupportedOperationException e) {
      LOG.debugf("%s: it is not known who may use it: %s", path, e);
    }
  }
}
