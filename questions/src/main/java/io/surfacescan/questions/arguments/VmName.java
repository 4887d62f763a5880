package io.surfacescan.questions.arguments;

import io.surfacescan.model.Environment;
import io.surfacescan.questions.arguments.Parameter.Role;

/// A VM or group as it was named, not looked up.
public record VmName(By by, String text) {
  /// What the text is.
  public enum By {
    ID,
    NAME,
    ID_OR_NAME,
    TAG,
    /// An id, else a name, else a group as `tag:NAME`, else an IP address.
    ARGUMENT
  }

  /// Looks it up. What is no id may be an IP address.
  public Resolution in(Environment environment, Role role) {
    return switch (by) {
      case ID -> Resolution.orAddress(Resolution.ofId(environment, text), environment, text, role);
      case NAME -> Resolution.ofName(environment, text);
      case ID_OR_NAME ->
          Resolution.orAddress(Resolution.ofIdOrName(environment, text), environment, text, role);
      case TAG -> Resolution.ofTag(environment, text);
      case ARGUMENT -> Resolution.ofArgument(environment, text, role);
    };
  }
}
