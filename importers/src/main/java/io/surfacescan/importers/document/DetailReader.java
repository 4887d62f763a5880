package io.surfacescan.importers.document;

import static io.surfacescan.model.ProblemKind.EMPTY_FIELD;
import static io.surfacescan.model.ProblemKind.INVALID_VALUE;

import io.surfacescan.importers.json.JsonCursor;
import io.surfacescan.importers.json.Quoted;
import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.importers.json.Utf8Text;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Services;
import io.surfacescan.model.VmKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.core.JsonToken;

/// Reads the values of fields that most documents do not have. What is wrong with one is a problem,
/// and the field then has no value.
final class DetailReader {
  /// So many different lists of services are remembered, each as it was read.
  private static final int SERVICES_KEPT_MOST = 10_000;

  private final JsonCursor json;
  private final Utf8Text text = new Utf8Text();
  private final Map<List<String>, Services> known = new HashMap<>();

  /// How many elements the list that was read last has, right or wrong.
  private int elements;

  DetailReader(JsonCursor json) {
    this.json = json;
  }

  /// Reads a text that may be empty.
  Optional<String> anyText(JsonToken value, String what) {
    return json.readBounded(value, what, text)
        ? Optional.of(new String(text.bytes(), 0, text.length(), StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /// Reads a text that must not be empty.
  Optional<String> text(JsonToken value, String what) {
    var read = anyText(value, what);
    if (read.isPresent() && read.get().isEmpty()) {
      json.problems().add(EMPTY_FIELD, json.spot(), what + " is empty", "leave it out");
      return Optional.empty();
    }
    return read;
  }

  /// Reads a list of texts that are not empty.
  ///
  /// @param fits tells it if a text does not fit
  private List<String> texts(JsonToken value, String list, String element, Predicate<String> fits) {
    var texts = new ArrayList<String>();
    if (value != JsonToken.START_ARRAY) {
      json.tellWrongType(
          list,
          value == JsonToken.VALUE_STRING
              ? "write a list, [" + Quoted.value(json.text()) + "]"
              : "write a list of strings");
      json.skipValue();
      return texts;
    }
    elements = 0;
    for (JsonToken each = json.next(); each != JsonToken.END_ARRAY; each = json.next()) {
      elements++;
      text(each, element).filter(fits).ifPresent(texts::add);
    }
    return texts;
  }

  /// Reads the services of a rule; all of them if the list is wrong.
  Services services(JsonToken value) {
    var spot = json.spot();
    var texts = texts(value, "services", "a service", this::isService);
    if (!texts.isEmpty()) {
      return services(texts);
    }
    if (value == JsonToken.START_ARRAY && elements == 0) {
      json.problems()
          .add(
              EMPTY_FIELD,
              spot,
              "services is an empty list: the rule lets nothing through",
              "take the rule out, or services if it lets everything through");
    }
    return Services.ALL;
  }

  private boolean isService(String service) {
    boolean isService = Services.parse(service).isPresent();
    if (!isService) {
      invalid(
          json.spot(),
          "the service " + Quoted.value(service) + " is not known",
          "write all, icmp, or a protocol and ports, such as tcp/443 or udp/5000-5100");
    }
    return isService;
  }

  private Services services(List<String> texts) {
    var services = known.get(texts);
    if (services == null) {
      services =
          Services.union(texts.stream().map(each -> Services.parse(each).orElseThrow()).toList());
      if (known.size() < SERVICES_KEPT_MOST) {
        known.put(texts, services);
      }
    }
    return services;
  }

  /// Reads the kind of a VM.
  Optional<VmKind> kind(JsonToken value) {
    var code = text(value, "kind");
    var kind = code.flatMap(VmKind::ofCode);
    if (code.isPresent() && kind.isEmpty()) {
      invalid(
          json.spot(),
          "the kind " + Quoted.value(code.get()) + " is not known",
          "write one of "
              + Arrays.stream(VmKind.values()).map(VmKind::code).collect(Collectors.joining(", ")));
    }
    return kind;
  }

  List<String> labels(JsonToken value) {
    return texts(value, "labels", "a label", ignored -> true);
  }

  List<String> addresses(JsonToken value) {
    return texts(value, "addresses", "an address", this::isAddress);
  }

  private boolean isAddress(String address) {
    boolean isAddress = AddressRange.parse(address).isPresent();
    if (!isAddress) {
      invalid(
          json.spot(),
          Quoted.value(address) + " is neither an IP address nor a range of them",
          "write an address or a CIDR, such as 10.0.0.0/8");
    }
    return isAddress;
  }

  private void invalid(SourceOffset spot, String what, String remedy) {
    json.problems().add(INVALID_VALUE, spot, what, remedy);
  }
}
