package io.surfacescan.report;

import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.Vm;
import java.io.IOException;
import java.io.OutputStream;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.MinimalPrettyPrinter;

/// An environment document on its way out: VMs, then rules, each written as it comes, one per line.
///
/// Nothing is kept but a buffer of some KiB, so the document may be of any size. Not thread-safe.
public final class EnvironmentWriter {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private final JsonGenerator json;
  private boolean atRules;

  /// Starts a document on a stream, which is left open.
  EnvironmentWriter(OutputStream out) {
    json = FACTORY.createGenerator(new OneElementPerLine(), out);
    json.writeStartObject();
    json.writeArrayPropertyStart("vms");
  }

  /// Writes a whole environment to a stream, which is flushed and left open.
  public static void write(Stream<Vm> vms, Stream<FirewallRule> rules, OutputStream out)
      throws IOException {
    try {
      var writer = new EnvironmentWriter(out);
      vms.forEachOrdered(writer::write);
      rules.forEachOrdered(writer::write);
      writer.end();
    } catch (JacksonIOException e) {
      throw e.getCause();
    }
  }

  /// Writes the next VM.
  ///
  /// @throws IllegalStateException if a rule has been written
  void write(Vm vm) {
    if (atRules) {
      throw new IllegalStateException("VM after a rule: " + vm);
    }
    json.writeStartObject();
    json.writeStringProperty("vm_id", vm.id());
    vm.name().ifPresent(name -> json.writeStringProperty("name", name));
    json.writeArrayPropertyStart("tags");
    for (String tag : vm.tags()) {
      json.writeString(tag);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /// Writes the next rule.
  void write(FirewallRule rule) {
    startRules();
    json.writeStartObject();
    rule.id().ifPresent(id -> json.writeStringProperty("fw_id", id));
    json.writeStringProperty("source_tag", rule.sourceTag());
    json.writeStringProperty("dest_tag", rule.destTag());
    json.writeEndObject();
  }

  private void startRules() {
    if (!atRules) {
      atRules = true;
      json.writeEndArray();
      json.writeArrayPropertyStart("fw_rules");
    }
  }

  /// Ends the document with a newline and flushes the stream. Without it the document is left
  /// broken, so that what a failure cut short is never taken for a whole environment.
  void end() {
    startRules();
    json.writeEndArray();
    json.writeEndObject();
    json.writeRaw('\n');
    json.close();
  }

  /// A line for each element of the two lists, no white space within one.
  private static final class OneElementPerLine extends ObjectWriteContext.Base {
    /// How many objects and lists are open around the elements: the document and one of its lists.
    private static final int LISTS = 2;

    @Override
    public boolean hasPrettyPrinter() {
      return true;
    }

    @Override
    public PrettyPrinter getPrettyPrinter() {
      return new MinimalPrettyPrinter() {
        private static final long serialVersionUID = 1;

        @Override
        public void writeArrayValueSeparator(JsonGenerator json) {
          json.writeRaw(',');
          beforeArrayValues(json);
        }

        @Override
        public void beforeArrayValues(JsonGenerator json) {
          if (json.streamWriteContext().getNestingDepth() == LISTS) {
            json.writeRaw('\n');
          }
        }

        @Override
        public void writeEndArray(JsonGenerator json, int elements) {
          if (elements > 0) {
            beforeArrayValues(json);
          }
          json.writeRaw(']');
        }
      };
    }
  }
}
