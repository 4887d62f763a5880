package io.surfacescan.report.format;

import io.surfacescan.model.Environment;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/// JSON as all documents write it: UTF-8 without white space, characters beyond the basic plane as
/// they are.
public final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          // An answer that broke off must not be closed and pass for a whole one.
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .rootValueSeparator("")
          .build();

  private Json() {}

  /// Writes and leaves the stream open.
  public static void write(OutputStream out, Consumer<JsonGenerator> values) throws IOException {
    try (var json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      values.accept(json);
    } catch (JacksonIOException e) {
      throw e.getCause();
    }
  }

  /// The members `vm_id` and `name`, the name null if the VM has none.
  public static void vm(JsonGenerator json, Environment environment, int vm) {
    json.writeStringProperty("vm_id", environment.vmId(vm));
    stringOrNull(json, "name", environment.vmName(vm));
  }

  /// A member that names a VM by its id, and beside it `…_name`, null if the VM has none.
  public static void vm(JsonGenerator json, String member, Environment environment, int vm) {
    json.writeStringProperty(member, environment.vmId(vm));
    stringOrNull(json, member + "_name", environment.vmName(vm));
  }

  public static void stringOrNull(JsonGenerator json, String name, Optional<String> value) {
    json.writeName(name);
    if (value.isPresent()) {
      json.writeString(value.get());
    } else {
      json.writeNull();
    }
  }
}
