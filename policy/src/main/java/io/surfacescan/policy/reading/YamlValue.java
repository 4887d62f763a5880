package io.surfacescan.policy.reading;

import io.surfacescan.model.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// A value of a YAML document, with its place.
sealed interface YamlValue {
  Place place();

  /// A mapping from texts.
  ///
  /// @param entries in the order of the document
  /// @param keys where each key stands
  record Mapping(Place place, SequencedMap<String, YamlValue> entries, Map<String, Place> keys)
      implements YamlValue {
    public Mapping {
      entries = new LinkedHashMap<>(entries);
      keys = Map.copyOf(keys);
    }
  }

  /// A list.
  record Sequence(Place place, List<YamlValue> elements) implements YamlValue {
    public Sequence {
      elements = List.copyOf(elements);
    }
  }

  /// A text, a number, a truth value or nothing.
  ///
  /// @param isPlain whether it stands without quotes
  record Scalar(Place place, String text, boolean isPlain) implements YamlValue {
    boolean isNothing() {
      return isPlain && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }
  }

  /// What it is, for a message.
  default String kind() {
    return switch (this) {
      case Mapping ignored -> "an object";
      case Sequence ignored -> "a list";
      case Scalar scalar -> scalar.isNothing() ? "nothing" : "a text";
    };
  }
}
