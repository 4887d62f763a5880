package io.surfacescan.importers.azure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AzureIdTest {
  @Test
  void words_tellTheIdsOfATypeApart() {
    assertThat(words("subscriptions/1/resourcegroups/g/providers/microsoft.network/routetables/r"))
        .isEqualTo("g/r, subscription 1");
    assertThat(words("subscriptions/1/resourcegroups/g/providers/microsoft.network/other/r"))
        .isEqualTo("subscriptions/1/resourcegroups/g/providers/microsoft.network/other/r");
    assertThat(words("r")).isEqualTo("r");
  }

  private static String words(String key) {
    return AzureId.words(key, "routetables");
  }
}
