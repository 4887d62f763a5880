package io.surfacescan.questions.arguments;

import io.surfacescan.model.Environment;

/// A VM or group as it was named, not looked up.
public record VmName(By by, String text) {
  /// What the text is.
  public enum By {
    ID,
    NAME,
    ID_OR_NAME,
    TAG,
    /// An id, else a name, else a group as `tag:NAME`.
    ARGUMENT
  }

  /// Looks it up.
  public Resolution in(Environment environment) {
    return switch (by) {
      case ID -> Resolution.ofId(environment, text);
      case NAME -> Resolution.ofName(environment, text);
      case ID_OR_NAME -> Resolution.ofIdOrName(environment, text);
      case TAG -> Resolution.ofTag(environment, text);
      case ARGUMENT -> Resolution.ofArgument(environment, text);
    };
  }
}
