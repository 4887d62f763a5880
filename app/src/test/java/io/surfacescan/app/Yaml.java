package io.surfacescan.app;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// YAML as maps and lists.
final class Yaml {
  private Yaml() {}

  private static Load load() {
    return new Load(LoadSettings.builder().build());
  }

  static @Nullable Object read(String text) {
    return load().loadFromString(text);
  }

  static Iterable<Object> readAll(String text) {
    return load().loadAllFromString(text);
  }
}
