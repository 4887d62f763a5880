package io.surfacescan.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DocsPageTest {
  @Test
  void policy_knowsTheScriptsWithinThePage_andNoOthers() {
    // printf 'go();\n' | openssl dgst -sha256 -binary | base64
    String hash = "'sha256-OvR3EEMs8I9XVI58LjWxLeFL5zeICbjIerCUz7f/mOs='";
    String page = "<script src=\"a.js\"></script><script defer>go();\n</script><p>go();</p>";
    assertThat(DocsPage.policy(page))
        .startsWith("default-src 'none'; script-src 'self' " + hash + "; style-src 'self';");
    assertThat(DocsPage.policy("<p>")).startsWith("default-src 'none'; script-src 'self'; ");
  }
}
