package io.surfacescan.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PathTextTest {
  @Test
  void undecoded_namesWhatJavaCouldNotRead() {
    assertThat(PathText.undecoded("a\ufffd.json", "UTF-8"))
        .map(PathText.Fault::toString)
        .contains(
            "the path is not UTF-8, so that Java cannot open it;"
                + " rename it, or name the folder that it is in");
    assertThat(PathText.undecoded("é.json", "UTF-8")).isEmpty();
  }

  @Test
  void undecoded_inALocaleWithoutUtf8_namesTheLocale() {
    assertThat(PathText.undecoded("a\ufffd.json", "ANSI_X3.4-1968"))
        .map(PathText.Fault::toString)
        .contains(
            "Java reads paths as ANSI_X3.4-1968 in this locale, and cannot open this one;"
                + " set LC_ALL=C.UTF-8");
    assertThat(PathText.undecoded("a.json", "ANSI_X3.4-1968")).isEmpty();
  }
}
