package io.surfacescan.policy.reading;

import static java.util.Objects.requireNonNull;

import io.surfacescan.model.Place;
import io.surfacescan.model.Services;
import io.surfacescan.policy.PolicyProblem;
import io.surfacescan.policy.Selector;
import io.surfacescan.policy.reading.YamlValue.Mapping;
import io.surfacescan.policy.reading.YamlValue.Scalar;
import io.surfacescan.policy.reading.YamlValue.Sequence;
import io.surfacescan.questions.arguments.NamedServices;
import io.surfacescan.text.EditDistance;
import io.surfacescan.text.TerminalText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The fields of one object of a policy. Every field is asked for once; [#end] finds those that
/// were not, which nobody knows.
final class Fields {
  private static final int SHOWN = 60;
  private static final int NEAR_EDITS = 3;

  private final Mapping object;
  private final String what;
  private final List<PolicyProblem> problems;
  private final Set<String> known = new HashSet<>();

  /// @param what names the object in messages, such as `a rule`
  Fields(Mapping object, String what, List<PolicyProblem> problems) {
    this.object = object;
    this.what = what;
    this.problems = problems;
  }

  /// The fields of a value, if it is an object; a problem otherwise.
  static Optional<Fields> of(YamlValue value, String what, List<PolicyProblem> problems) {
    if (value instanceof Mapping object) {
      return Optional.of(new Fields(object, what, problems));
    }
    problems.add(
        new PolicyProblem(
            value.place(), what + " is " + value.kind(), "write an object: keys and values"));
    return Optional.empty();
  }

  Place place() {
    return object.place();
  }

  void problem(Place place, String clause, String remedy) {
    problems.add(new PolicyProblem(place, clause, remedy));
  }

  static String quoted(String text) {
    return TerminalText.quoted(text, SHOWN);
  }

  /// The word that is nearest to another one, if any is near.
  static Optional<String> near(String word, Iterable<String> words) {
    var near = new ArrayList<String>();
    words.forEach(near::add);
    return near.stream()
        .filter(other -> EditDistance.of(word, other) <= Math.min(NEAR_EDITS, word.length() / 2))
        .min(Comparator.comparingInt(other -> EditDistance.of(word, other)));
  }

  /// The value of a key, if it is there and not nothing.
  Optional<YamlValue> value(String key) {
    known.add(key);
    var value = object.entries().get(key);
    return value == null || (value instanceof Scalar scalar && scalar.isNothing())
        ? Optional.empty()
        : Optional.of(value);
  }

  boolean has(String key) {
    known.add(key);
    return object.entries().containsKey(key);
  }

  void missing(String key, String remedy) {
    problem(place(), what + " has no " + quoted(key), remedy);
  }

  /// Any text but an empty one.
  Optional<String> text(String key) {
    return value(key).flatMap(value -> text(value, quoted(key)));
  }

  private Optional<String> text(YamlValue value, String name) {
    if (value instanceof Scalar scalar && !scalar.text().isBlank()) {
      return Optional.of(scalar.text());
    }
    String is = value instanceof Scalar ? "is empty" : "is " + value.kind();
    problem(value.place(), name + " " + is, "write a text");
    return Optional.empty();
  }

  String textNeeded(String key, String remedy) {
    if (value(key).isEmpty()) {
      missing(key, remedy);
    }
    return text(key).orElse("?");
  }

  boolean truth(String key) {
    var text = text(key);
    if (text.isPresent() && !text.get().equals("true") && !text.get().equals("false")) {
      problem(
          value(key).orElseThrow().place(),
          quoted(key) + " is " + quoted(text.get()),
          "write true or false");
    }
    return text.orElse("").equals("true");
  }

  OptionalInt number(String key, int least) {
    var text = text(key);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    var number =
        text.get().matches("\\d{1,9}")
            ? OptionalInt.of(Integer.parseInt(text.get()))
            : OptionalInt.empty();
    if (number.isEmpty() || number.getAsInt() < least) {
      problem(
          value(key).orElseThrow().place(),
          quoted(key) + " is " + quoted(text.get()),
          "write a whole number of at least " + least);
      return OptionalInt.empty();
    }
    return number;
  }

  /// One of some words.
  Optional<String> word(String key, List<String> words) {
    return value(key).flatMap(value -> word(value, quoted(key), words));
  }

  private Optional<String> word(YamlValue value, String name, List<String> words) {
    var text = text(value, name);
    if (text.isPresent() && !words.contains(text.get())) {
      problem(
          value.place(),
          name + " is " + quoted(text.get()),
          near(text.get(), words).map(word -> "did you mean " + word + "? Or ").orElse("")
              + "write one of "
              + String.join(", ", words));
      return Optional.empty();
    }
    return text;
  }

  /// Some of some words.
  List<String> words(String key, List<String> words) {
    var found = new ArrayList<String>();
    for (var element : elements(key)) {
      word(element, quoted(key), words).ifPresent(found::add);
    }
    return found;
  }

  /// The elements of a list; a single value stands for a list of it.
  List<YamlValue> elements(String key) {
    return value(key)
        .map(value -> value instanceof Sequence list ? list.elements() : List.of(value))
        .orElse(List.of());
  }

  List<String> texts(String key) {
    var texts = new ArrayList<String>();
    for (var element : elements(key)) {
      text(element, quoted(key)).ifPresent(texts::add);
    }
    return texts;
  }

  List<Selector> selectors(String key) {
    var selectors = new ArrayList<Selector>();
    for (var element : elements(key)) {
      var text = text(element, quoted(key));
      if (text.isEmpty()) {
        continue;
      }
      var selector = Selector.of(text.get(), element.place());
      if (selector.isEmpty()) {
        problem(
            element.place(),
            "there is nothing behind the colon of " + quoted(text.get()),
            "name what is meant, such as tag:web");
      }
      selector.ifPresent(selectors::add);
    }
    return selectors;
  }

  List<Selector> selectorsNeeded(String key) {
    var selectors = selectors(key);
    if (selectors.isEmpty() && elements(key).isEmpty()) {
      missing(key, "name VMs, such as tag:web, a VM's id, internet or any");
    }
    return selectors;
  }

  /// The union of the services named; all if none is.
  Services services(String key) {
    var all = new ArrayList<Services>();
    for (var element : elements(key)) {
      var text = text(element, quoted(key));
      if (text.isEmpty()) {
        continue;
      }
      var services = NamedServices.parse(text.get());
      if (services.isEmpty()) {
        problem(
            element.place(),
            quoted(text.get()) + " is no service",
            near(text.get(), NamedServices.names())
                    .map(name -> "did you mean " + name + "? Or ")
                    .orElse("")
                + "write tcp/22, udp/53-60, tcp, icmp or all, or a name such as ssh");
      }
      services.ifPresent(all::add);
    }
    if (all.isEmpty() && has(key) && elements(key).isEmpty()) {
      problem(
          requireNonNull(object.keys().get(key)),
          quoted(key) + " is empty",
          "name services, or leave it out");
    }
    return all.isEmpty() ? Services.ALL : Services.union(all);
  }

  /// Finds keys that were not asked for.
  void end() {
    object
        .entries()
        .forEach((key, ignored) -> {
          if (!known.contains(key)) {
            problem(
                object.keys().getOrDefault(key, place()),
                what + " has the unknown key " + quoted(key),
                near(key.replace('-', '_'), known.stream().sorted().toList())
                    .or(() -> near(key, known.stream().sorted().toList()))
                    .map(name -> "did you mean " + name + "?")
                    .orElseGet(() ->
                        "the keys are " + String.join(", ", known.stream().sorted().toList())));
          }
        });
  }
}
