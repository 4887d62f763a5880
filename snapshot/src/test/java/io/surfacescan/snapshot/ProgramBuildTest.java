package io.surfacescan.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class ProgramBuildTest {
  @Test
  void placeOfAClass_isTheFolderOrTheArchiveThatHoldsIt() {
    assertThat(ProgramBuild.placeOf(ProgramBuild.class).orElseThrow())
        .isDirectory()
        .endsWithRaw(Path.of("classes"));
    assertThat(ProgramBuild.placeOf(Assertions.class).orElseThrow().toFile())
        .isFile()
        .hasExtension("jar");
  }
}
