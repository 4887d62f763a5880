package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.importers.document.EnvironmentSchema;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SchemaVerbTest {
  @Test
  void schema_isPrintedAsItIs() {
    var ran = new Trial().run("schema");

    assertThat(ran.exit()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .startsWith("{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n")
        .isEqualTo(new String(EnvironmentSchema.bytes(), StandardCharsets.UTF_8));
  }
}
