package io.surfacescan.app;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// The page as somebody uses it: the packaged program, in a browser. All tests are of one class, so
/// that they share the browser and what is served.
///
/// What a screen reader is given of each screen stands in `src/test/resources/page`; to renew it
/// after a wanted change, run the test with `-Dsurfacescan.golden=renew`.
class PageIT implements PageJourneys, PageKeys, PageViews, PageStates, PageExports {
  @TempDir static Path folder;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    PageWorlds.start(folder);
  }

  @AfterAll
  static void stop() {
    PageWorlds.stop();
  }

  @AfterEach
  void nothingFailedInThePage() {
    PageWorlds.all().browser.check();
  }
}
