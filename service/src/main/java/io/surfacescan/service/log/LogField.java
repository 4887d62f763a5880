package io.surfacescan.service.log;

import org.jspecify.annotations.Nullable;

/// Something that a line of the log tells, under a name that programs find it by. As a parameter of
/// a message it is shown in it, and a member of the line in JSON too.
///
/// @param value a text, a number, a truth value or a list of texts; null if there is nothing to
///   tell
public record LogField(String name, @Nullable Object value) {
  @Override
  public String toString() {
    return String.valueOf(value);
  }
}
