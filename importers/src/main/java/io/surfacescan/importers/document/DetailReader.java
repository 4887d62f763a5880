package io.surfacescan.importers.document;

import static io.surfacescan.model.ProblemKind.EMPTY_FIELD;
import static io.surfacescan.model.ProblemKind.INVALID_VALUE;

import io.surfacescan.importers.json.JsonCursor;
import io.surfacescan.importers.json.Keys;
import io.surfacescan.importers.json.Quoted;
import io.surfacescan.importers.json.Utf8Text;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Origin;
import io.surfacescan.model.Place;
import io.surfacescan.model.Services;
import io.surfacescan.model.VmKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonToken;

/// Reads the values of fields that most documents do not have. What is wrong with one is a problem,
/// and the field then has no value.
final class DetailReader {
  /// So many different lists of services are remembered, each as it was read.
  private static final int SERVICES_KEPT_MOST = 10_000;

  private final JsonCursor json;
  private final Utf8Text text = new Utf8Text();
  private final Map<List<String>, Services> known = new HashMap<>();

  DetailReader(JsonCursor json) {
    this.json = json;
  }

  private String text() {
    return new String(text.bytes(), 0, text.length(), StandardCharsets.UTF_8);
  }

  /// Reads a text that must not be empty.
  Optional<String> text(JsonToken value, String what) {
    if (!json.readBounded(value, what, text)) {
      return Optional.empty();
    }
    if (text.length() == 0) {
      json.problems().add(EMPTY_FIELD, json.spot(), what + " is empty", "leave it out");
      return Optional.empty();
    }
    return Optional.of(text());
  }

  /// Reads a list of texts that are not empty.
  private List<String> texts(JsonToken value, String list, String element) {
    var texts = new ArrayList<String>();
    if (value != JsonToken.START_ARRAY) {
      json.tellWrongType(list, "write a list of strings");
      json.skipValue();
      return texts;
    }
    for (JsonToken each = json.next(); each != JsonToken.END_ARRAY; each = json.next()) {
      text(each, element).ifPresent(texts::add);
    }
    return texts;
  }

  /// Reads the services of a rule; all of them if the list is wrong.
  Services services(JsonToken value) {
    var spot = json.spot();
    var texts = texts(value, "services", "a service");
    if (texts.isEmpty()) {
      if (value == JsonToken.START_ARRAY) {
        json.problems()
            .add(
                EMPTY_FIELD,
                spot,
                "services is an empty list: the rule lets nothing through",
                "take the rule out, or services if it lets everything through");
      }
      return Services.ALL;
    }
    var services = known.get(texts);
    if (services == null) {
      var all = new ArrayList<Services>();
      for (String each : texts) {
        Services.parse(each)
            .ifPresentOrElse(
                all::add,
                () ->
                    json.problems()
                        .add(
                            INVALID_VALUE,
                            spot,
                            "the service " + Quoted.value(each) + " is not known",
                            "write all, icmp, or a protocol and ports, such as tcp/443 or"
                                + " udp/5000-5100"));
      }
      services = all.isEmpty() ? Services.ALL : Services.union(all);
      if (known.size() < SERVICES_KEPT_MOST) {
        known.put(texts, services);
      }
    }
    return services;
  }

  /// Reads the kind of a VM, whose code is known to be one.
  VmKind kind(JsonToken value) {
    return text(value, "kind").flatMap(VmKind::ofCode).orElse(VmKind.VM);
  }

  List<String> labels(JsonToken value) {
    return texts(value, "labels", "a label");
  }

  List<String> addresses(JsonToken value) {
    var spot = json.spot();
    var addresses = texts(value, "addresses", "an address");
    for (String address : addresses) {
      if (AddressRange.parse(address).isEmpty()) {
        json.problems()
            .add(
                INVALID_VALUE,
                spot,
                Quoted.value(address) + " is neither an IP address nor a range of them",
                "write an address or a CIDR, such as 10.0.0.0/8");
      }
    }
    return addresses;
  }

  /// Reads the real rules that a rule comes from.
  List<Origin> origins(JsonToken value) {
    var origins = new ArrayList<Origin>();
    if (value != JsonToken.START_ARRAY) {
      json.tellWrongType("origin", "write a list, [{\"id\": …}]");
      json.skipValue();
      return origins;
    }
    for (JsonToken each = json.next(); each != JsonToken.END_ARRAY; each = json.next()) {
      if (each == JsonToken.START_OBJECT) {
        origins.add(origin());
      } else {
        json.tellWrongType("an origin", "write an object, {\"id\": …}");
        json.skipValue();
      }
    }
    return origins;
  }

  private Origin origin() {
    var keys = new Keys();
    var texts = new HashMap<String, String>();
    var numbers = new HashMap<String, Integer>();
    while (json.nextKey()) {
      String key = json.key();
      boolean isNew = json.addKey(keys);
      JsonToken value = json.next();
      boolean isNumber = key.equals("line") || key.equals("column");
      if (isNew && isNumber && value == JsonToken.VALUE_NUMBER_INT) {
        number(json.text()).ifPresent(number -> numbers.put(key, number));
      } else if (isNew && !isNumber && value == JsonToken.VALUE_STRING) {
        if (json.readBounded(value, key, text)) {
          texts.put(key, text());
        }
      } else {
        json.skipValue();
      }
    }
    var place =
        Optional.ofNullable(texts.get("file"))
            .map(file ->
                new Place(
                    file, numbers.getOrDefault("line", 0), numbers.getOrDefault("column", 0)));
    return new Origin(
        texts.getOrDefault("id", ""),
        texts.getOrDefault("gate", ""),
        place,
        texts.getOrDefault("text", ""));
  }

  private static Optional<Integer> number(String digits) {
    return digits.matches("\\d{1,9}") ? Optional.of(Integer.parseInt(digits)) : Optional.empty();
  }
}
