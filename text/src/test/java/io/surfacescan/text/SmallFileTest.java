package io.surfacescan.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallFileTest {
  @TempDir Path folder;

  @Test
  void read_takesAllUpToTheBound() throws Exception {
    var file = Files.write(folder.resolve("a"), new byte[] {1, 2, 3});

    assertThat(SmallFile.read(file, 3)).containsExactly(1, 2, 3);
    assertThatThrownBy(() -> SmallFile.read(file, 2))
        .isInstanceOf(SmallFile.Refused.class)
        .hasMessage("it has over 2 bytes");
  }

  @Test
  void read_ofWhatMayNeverEnd_doesNotBegin() throws Exception {
    var pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThatThrownBy(() -> SmallFile.read(pipe, 10))
        .isInstanceOf(SmallFile.Refused.class)
        .hasMessage("it is a pipe or a device, not a file");
    assertThatThrownBy(() -> SmallFile.read(Path.of("/dev/zero"), 10))
        .isInstanceOf(SmallFile.Refused.class);
    assertThatThrownBy(() -> SmallFile.read(folder, 10)).hasMessage("it is a directory");
    assertThatThrownBy(() -> SmallFile.read(folder.resolve("none"), 10))
        .isInstanceOf(NoSuchFileException.class);
  }
}
