package io.surfacescan.report;

import io.surfacescan.model.Environment;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.Origin;
import io.surfacescan.model.Vm;
import io.surfacescan.model.VmDetails;
import io.surfacescan.model.VmKind;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.MinimalPrettyPrinter;

/// An environment document on its way out: VMs, then rules, each written as it comes, one per line.
/// Of an environment that is there as a whole, optional fields are written too. If it has any, the
/// tags that several VMs share come first, as classes.
///
/// Nothing is kept but a buffer of some KiB, so the document may be of any size. Not thread-safe.
public final class EnvironmentWriter {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private final JsonGenerator json;
  private boolean atVms;
  private boolean atRules;

  /// Starts a document on a stream, which is left open.
  EnvironmentWriter(OutputStream out) {
    json = FACTORY.createGenerator(new OneElementPerLine(), out);
    json.writeStartObject();
  }

  /// Writes a whole environment with all that it says to a stream, which is flushed and left open.
  public static void write(Environment environment, OutputStream out) throws IOException {
    try {
      var writer = new EnvironmentWriter(out);
      writer.writeAll(environment);
      writer.end();
    } catch (JacksonIOException e) {
      throw e.getCause();
    }
  }

  private void writeAll(Environment environment) {
    if (!environment.isComplete()) {
      json.writeBooleanProperty("complete", false);
    }
    boolean hasDetails = environment.hasVmDetails() || environment.hasRuleDetails();
    int[] classOfList = hasDetails ? classes(environment) : new int[0];
    writeClasses(environment, classOfList);
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      int ofVm = hasDetails ? classOfList[environment.tagListOf(vm)] : 0;
      write(environment.vm(vm), ofVm, environment.vmDetails(vm));
    }
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      write(environment.rule(rule), environment.ruleDetails(rule).origins());
    }
  }

  /// Per list of tags, the number of its class, from 1; 0 if fewer than two VMs carry it.
  private static int[] classes(Environment environment) {
    int[] carriers = new int[environment.tagLists().size()];
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      carriers[environment.tagListOf(vm)]++;
    }
    int classes = 0;
    for (int list = 0; list < carriers.length; list++) {
      carriers[list] = carriers[list] > 1 ? ++classes : 0;
    }
    return carriers;
  }

  private void writeClasses(Environment environment, int[] classOfList) {
    var lists = environment.tagLists();
    boolean isStarted = false;
    for (int list = 0; list < classOfList.length; list++) {
      if (classOfList[list] == 0) {
        continue;
      }
      if (!isStarted) {
        json.writeArrayPropertyStart("classes");
        isStarted = true;
      }
      json.writeStartObject();
      json.writeStringProperty("class_id", classId(classOfList[list]));
      json.writeArrayPropertyStart("tags");
      for (int i = lists.start(list); i < lists.end(list); i++) {
        json.writeString(environment.tag(lists.value(i)));
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    if (isStarted) {
      json.writeEndArray();
    }
  }

  private static String classId(int number) {
    return "c" + number;
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
    write(vm, 0, VmDetails.NONE);
  }

  /// @param ofVm the number of its class; 0 if it has none
  private void write(Vm vm, int ofVm, VmDetails details) {
    startVms();
    json.writeStartObject();
    json.writeStringProperty("vm_id", vm.id());
    vm.name().ifPresent(name -> json.writeStringProperty("name", name));
    if (ofVm == 0) {
      writeTexts("tags", vm.tags());
    } else {
      json.writeStringProperty("class", classId(ofVm));
    }
    if (details.kind() != VmKind.VM) {
      json.writeStringProperty("kind", details.kind().code());
    }
    details.scope().ifPresent(scope -> json.writeStringProperty("scope", scope));
    if (!details.labels().isEmpty()) {
      writeTexts("labels", details.labels());
    }
    if (!details.addresses().isEmpty()) {
      writeTexts("addresses", details.addresses());
    }
    json.writeEndObject();
  }

  private void writeTexts(String name, List<String> texts) {
    json.writeArrayPropertyStart(name);
    texts.forEach(json::writeString);
    json.writeEndArray();
  }

  /// Writes the next rule.
  void write(FirewallRule rule) {
    write(rule, List.of());
  }

  private void write(FirewallRule rule, List<Origin> origins) {
    startRules();
    json.writeStartObject();
    rule.id().ifPresent(id -> json.writeStringProperty("fw_id", id));
    json.writeStringProperty("source_tag", rule.sourceTag());
    json.writeStringProperty("dest_tag", rule.destTag());
    if (!rule.services().isAll()) {
      writeTexts("services", rule.services().texts());
    }
    rule.assumed().ifPresent(why -> json.writeStringProperty("assumed", why));
    if (!origins.isEmpty()) {
      json.writeArrayPropertyStart("origin");
      origins.forEach(this::writeOrigin);
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private void writeOrigin(Origin origin) {
    json.writeStartObject();
    json.writeStringProperty("id", origin.id());
    if (!origin.gate().isEmpty()) {
      json.writeStringProperty("gate", origin.gate());
    }
    if (origin.place().isPresent()) {
      var place = origin.place().get();
      json.writeStringProperty("file", place.file());
      if (place.line() > 0) {
        json.writeNumberProperty("line", place.line());
        json.writeNumberProperty("column", place.column());
      }
    }
    if (!origin.text().isEmpty()) {
      json.writeStringProperty("text", origin.text());
    }
    json.writeEndObject();
  }

  private void startVms() {
    if (!atVms) {
      atVms = true;
      json.writeArrayPropertyStart("vms");
    }
  }

  private void startRules() {
    if (!atRules) {
      startVms();
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
