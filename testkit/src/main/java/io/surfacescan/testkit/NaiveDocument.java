package io.surfacescan.testkit;

import static java.util.Objects.requireNonNull;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.Origin;
import io.surfacescan.model.Place;
import io.surfacescan.model.RuleDetails;
import io.surfacescan.model.Services;
import io.surfacescan.model.Vm;
import io.surfacescan.model.VmDetails;
import io.surfacescan.model.VmKind;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The environment document read and written the short way, in memory and for well-formed input
/// only, so that tests need no importer to have an environment or a document.
public final class NaiveDocument {
  private NaiveDocument() {}

  /// The environment of documents merged in this order. Unknown keys are ignored. A text may hold
  /// several documents; each holds lists, or is one VM or rule.
  ///
  /// @throws RuntimeException if a document is malformed
  public static Environment read(List<String> documents) {
    var builder = new EnvironmentBuilder();
    for (String text : documents) {
      for (Object document : Json.readAll(text)) {
        add(builder, Json.objectOf(Object.class, document));
      }
    }
    return builder.build();
  }

  private static void add(EnvironmentBuilder builder, Map<String, Object> document) {
    if (!document.containsKey("vms") && !document.containsKey("fw_rules")) {
      if (document.containsKey("vm_id")) {
        addVm(builder, document, Map.of());
      } else {
        addRule(builder, document);
      }
      return;
    }
    if (Boolean.FALSE.equals(document.get("complete"))) {
      builder.incomplete();
    }
    var classes = new HashMap<String, List<String>>();
    for (Object one : listIn(document, "classes")) {
      classes.put(
          Json.text(object(one), "class_id"), Json.listOf(String.class, object(one).get("tags")));
    }
    for (Object vm : listIn(document, "vms")) {
      addVm(builder, object(vm), classes);
    }
    for (Object rule : listIn(document, "fw_rules")) {
      addRule(builder, object(rule));
    }
  }

  /// The environment of one document.
  public static Environment read(String document) {
    return read(List.of(document));
  }

  /// The environment of all `*.json` files of a directory, in the order of their names.
  public static Environment readDirectory(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      var documents =
          files
              .filter(file -> file.getFileName().toString().endsWith(".json"))
              .sorted()
              .map(NaiveDocument::text)
              .toList();
      return read(documents);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Object> listIn(Map<String, Object> lists, String key) {
    return lists.containsKey(key) ? Json.listOf(Object.class, lists.get(key)) : List.of();
  }

  private static Map<String, Object> object(Object value) {
    return Json.objectOf(Object.class, value);
  }

  private static void addVm(
      EnvironmentBuilder builder, Map<String, Object> vm, Map<String, List<String>> classes) {
    var tags =
        vm.containsKey("class")
            ? requireNonNull(classes.get(Json.text(vm, "class")))
            : Json.listOf(String.class, vm.get("tags"));
    builder.vm(Json.text(vm, "vm_id"), (String) vm.get("name"), tags);
    var details =
        new VmDetails(
            VmKind.ofCode(text(vm, "kind").orElse("vm")).orElseThrow(),
            text(vm, "scope"),
            texts(vm, "labels"),
            texts(vm, "addresses"));
    builder.details(builder.vmCount() - 1, details);
  }

  private static Optional<String> text(Map<String, Object> object, String key) {
    return Optional.ofNullable((String) object.get(key));
  }

  private static List<String> texts(Map<String, Object> object, String key) {
    return object.containsKey(key) ? Json.listOf(String.class, object.get(key)) : List.of();
  }

  private static void addRule(EnvironmentBuilder builder, Map<String, Object> rule) {
    builder.rule(
        (String) rule.get("fw_id"), Json.text(rule, "source_tag"), Json.text(rule, "dest_tag"));
    var services = rule.containsKey("services") ? texts(rule, "services") : List.of("all");
    var origins = new ArrayList<Origin>();
    for (Object origin : listIn(rule, "origin")) {
      origins.add(origin(object(origin)));
    }
    builder.details(
        builder.ruleCount() - 1,
        new RuleDetails(
            Services.union(
                services.stream().map(service -> Services.parse(service).orElseThrow()).toList()),
            text(rule, "assumed"),
            origins));
  }

  private static Origin origin(Map<String, Object> origin) {
    return new Origin(
        Json.text(origin, "id"),
        text(origin, "gate").orElse(""),
        text(origin, "file")
            .map(file -> new Place(file, number(origin, "line"), number(origin, "column"))),
        text(origin, "text").orElse(""));
  }

  private static int number(Map<String, Object> object, String key) {
    return object.get(key) instanceof Long number ? number.intValue() : 0;
  }

  /// The environment as a document a line: all VMs, then all rules, in their order.
  public static String writeLines(Environment environment) {
    var lines = new StringBuilder();
    for (int i = 0; i < environment.vmCount(); i++) {
      int vm = i;
      lines.append(line(generator -> writeVm(generator, environment.vm(vm))));
    }
    environment
        .rules()
        .forEach(rule -> lines.append(line(generator -> writeRule(generator, rule))));
    return lines.toString();
  }

  private static String line(Consumer<JsonGenerator> element) {
    var json = new StringWriter();
    try (var generator = new JsonFactory().createGenerator(ObjectWriteContext.empty(), json)) {
      element.accept(generator);
    }
    return json + "\n";
  }

  /// The environment as one document: all VMs, then all rules, in their order.
  public static String write(Environment environment) {
    var json = new StringWriter();
    try (var generator = new JsonFactory().createGenerator(ObjectWriteContext.empty(), json)) {
      generator.writeStartObject();
      generator.writeArrayPropertyStart("vms");
      for (int i = 0; i < environment.vmCount(); i++) {
        writeVm(generator, environment.vm(i));
      }
      generator.writeEndArray();
      generator.writeArrayPropertyStart("fw_rules");
      environment.rules().forEach(rule -> writeRule(generator, rule));
      generator.writeEndArray();
      generator.writeEndObject();
    }
    return json.toString();
  }

  private static void writeVm(JsonGenerator generator, Vm vm) {
    generator.writeStartObject();
    generator.writeStringProperty("vm_id", vm.id());
    vm.name().ifPresent(name -> generator.writeStringProperty("name", name));
    generator.writeArrayPropertyStart("tags");
    vm.tags().forEach(generator::writeString);
    generator.writeEndArray();
    generator.writeEndObject();
  }

  private static void writeRule(JsonGenerator generator, FirewallRule rule) {
    generator.writeStartObject();
    rule.id().ifPresent(id -> generator.writeStringProperty("fw_id", id));
    generator.writeStringProperty("source_tag", rule.sourceTag());
    generator.writeStringProperty("dest_tag", rule.destTag());
    generator.writeEndObject();
  }
}
