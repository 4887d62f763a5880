package io.surfacescan.questions.arguments;

import io.surfacescan.model.Edits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The values that the parameters of one question were given, read and within their bounds; what
/// they name is not looked up. Immutable.
public final class Arguments {
  private final Map<String, Object> values;
  private final boolean served;

  private Arguments(Map<String, Object> values, boolean served) {
    this.values = values;
    this.served = served;
  }

  /// Takes the values one by one. Not thread-safe.
  public static final class Builder {
    private final Map<String, Object> values = new HashMap<>();
    private final boolean served;

    /// @param served whether the question comes over HTTP, where other bounds may hold
    public Builder(boolean served) {
      this.served = served;
    }

    /// Takes a number.
    ///
    /// @param name the one of its names under which it was given
    public Builder count(Parameter parameter, String name, int value) throws QuestionRefused {
      var bounds = (Parameter.Count) parameter.type();
      if (value < bounds.least() || value > bounds.most(served)) {
        throw new QuestionRefused(new Fault.OutOfBounds(parameter, name, value, served));
      }
      values.put(parameter.name(), value);
      return this;
    }

    public Builder word(Parameter parameter, String word) throws QuestionRefused {
      values.put(
          parameter.name(),
          ((Parameter.Choice) parameter.type())
              .meant(word)
              .orElseThrow(() -> new QuestionRefused(new Fault.UnknownWord(parameter, word))));
      return this;
    }

    public Builder flag(Parameter parameter, boolean value) {
      values.put(parameter.name(), value);
      return this;
    }

    /// Takes texts, tags or ids of rules.
    ///
    /// @param texts none of them empty
    public Builder texts(Parameter parameter, List<String> texts) {
      if (!texts.isEmpty()) {
        values.put(parameter.name(), List.copyOf(texts));
      }
      return this;
    }

    public Builder vms(Parameter parameter, List<VmName> names) {
      if (!names.isEmpty()) {
        values.put(parameter.name(), List.copyOf(names));
      }
      return this;
    }

    /// What a question with edits would have changed.
    public Builder edits(Edits edits) {
      values.put(EDITS, edits);
      return this;
    }

    public Arguments build() {
      return new Arguments(values, served);
    }
  }

  private static final String EDITS = "edits";

  /// These and more.
  public Builder and() {
    var more = new Builder(served);
    more.values.putAll(values);
    return more;
  }

  public boolean has(Parameter parameter) {
    return values.containsKey(parameter.name());
  }

  /// The number given.
  public OptionalInt given(Parameter parameter) {
    return values.get(parameter.name()) instanceof Integer number
        ? OptionalInt.of(number)
        : OptionalInt.empty();
  }

  /// The number given, else the usual one, else the largest there is.
  public int count(Parameter parameter) {
    var given = given(parameter);
    return given.isPresent()
        ? given.getAsInt()
        : ((Parameter.Count) parameter.type()).usual(served).orElse(Integer.MAX_VALUE);
  }

  public boolean flag(Parameter parameter) {
    return Boolean.TRUE.equals(values.get(parameter.name()));
  }

  /// The word given, else the usual one.
  public <E extends Enum<E>> E word(Parameter parameter, Class<E> words) {
    Object given = values.get(parameter.name());
    return words.cast(given == null ? ((Parameter.Choice) parameter.type()).usual() : given);
  }

  /// The texts given, for which tags and ids of rules count too.
  public List<String> texts(Parameter parameter) {
    return elements(values.get(parameter.name()), String.class);
  }

  public Optional<String> text(Parameter parameter) {
    return texts(parameter).stream().findFirst();
  }

  /// What was given for a parameter, as text.
  public Optional<String> shown(Parameter parameter) {
    return switch (values.get(parameter.name())) {
      case null -> Optional.empty();
      case List<?> list ->
          Optional.of(
              list.stream()
                  .map(one -> one instanceof VmName name ? name.text() : String.valueOf(one))
                  .collect(Collectors.joining(", ")));
      case Enum<?> word -> Optional.of(word.name().toLowerCase(Locale.ROOT).replace('_', '-'));
      case Object other -> Optional.of(other.toString());
    };
  }

  public List<VmName> vms(Parameter parameter) {
    return elements(values.get(parameter.name()), VmName.class);
  }

  public Edits edits() {
    return values.get(EDITS) instanceof Edits edits ? edits : Edits.NONE;
  }

  private static <T> List<T> elements(@Nullable Object value, Class<T> type) {
    if (!(value instanceof List<?> list)) {
      return List.of();
    }
    var elements = new ArrayList<T>(list.size());
    list.forEach(element -> elements.add(type.cast(element)));
    return elements;
  }
}
