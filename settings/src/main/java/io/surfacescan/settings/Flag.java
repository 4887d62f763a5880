package io.surfacescan.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A flag of `serve`: all that is known of it.
///
/// @param name with its dashes
/// @param label what its value is called in the help, with the unit if it has one; empty for a
///   switch
/// @param type of the value: a switch is a [Boolean], a flag that may be repeated a list of texts
/// @param help what it is for, in sentences
/// @param value the value without the flag, if there is one
/// @param otherwise what holds without the flag, in words, if that is not just the value
/// @param least the least number that may be given
/// @param most the greatest
public record Flag<T>(
    String name,
    String label,
    Class<T> type,
    String help,
    @Nullable T value,
    String otherwise,
    int least,
    int most) {
  static <T> Flag<T> of(String name, String label, Class<T> type, String help) {
    return new Flag<>(name, label, type, help, null, "", Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  static Flag<String> text(String name, String label, String help) {
    return of(name, label, String.class, help);
  }

  static Flag<Path> path(String name, String label, String help) {
    return of(name, label, Path.class, help);
  }

  static Flag<Integer> number(String name, String label, int least, int most, String help) {
    return new Flag<>(name, label, Integer.class, help, null, "", least, most);
  }

  static Flag<Integer> positive(String name, String label, String help) {
    return number(name, label, 1, Integer.MAX_VALUE, help);
  }

  static Flag<Boolean> yes(String name, String help) {
    return of(name, "", Boolean.class, help);
  }

  /// Of texts: the flag may be repeated, and a comma separates as well.
  @SuppressWarnings("unchecked") // A list of texts is the only list that a flag is read as.
  static Flag<List<String>> list(String name, String label, String help) {
    return of(name, label, (Class<List<String>>) (Class<?>) List.class, help);
  }

  Flag<T> or(T usual) {
    return new Flag<>(name, label, type, help, usual, otherwise, least, most);
  }

  Flag<T> otherwise(String words) {
    return new Flag<>(name, label, type, help, value, words, least, most);
  }

  public Optional<T> usual() {
    return Optional.ofNullable(value);
  }

  /// Returns a number within the bounds, and any other value as it is.
  T checked(T given) {
    if (given instanceof Integer number && (number < least || number > most)) {
      throw new InvalidSetting(
          this,
          most == Integer.MAX_VALUE
              ? number + " is below " + least
              : number + " is not between " + least + " and " + most);
    }
    return given;
  }
}
