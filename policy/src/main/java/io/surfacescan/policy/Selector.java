package io.surfacescan.policy;

import io.surfacescan.model.Place;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// A text of a policy that names VMs, such as `tag:office` or `internet`.
///
/// @param kind what of a VM is looked at
/// @param value what it must be; a `*` stands for any characters, but in ids and in what has no
///   prefix
/// @param text all of it as the policy has it
/// @param place where it stands
public record Selector(Kind kind, String value, String text, Place place) {
  /// What a selector looks at.
  public enum Kind {
    /// A VM with this id, else the only one with this name.
    VM,
    ID,
    NAME,
    TAG,
    KIND,
    SCOPE,
    /// `key=value`, or a key with any value.
    LABEL,
    /// The addresses outside that no rule tells apart.
    INTERNET,
    /// Every VM but those that stand for addresses outside.
    ANY;

    private String prefix() {
      return name().toLowerCase(Locale.ROOT) + ":";
    }

    private boolean hasPrefix() {
      return this != VM && this != INTERNET && this != ANY;
    }
  }

  /// What a text means. Empty if it has a prefix and nothing behind it.
  public static Optional<Selector> of(String text, Place place) {
    if (text.equals("internet")) {
      return Optional.of(new Selector(Kind.INTERNET, text, text, place));
    }
    if (text.equals("any")) {
      return Optional.of(new Selector(Kind.ANY, text, text, place));
    }
    for (var kind : Kind.values()) {
      if (kind.hasPrefix() && text.startsWith(kind.prefix())) {
        String value = text.substring(kind.prefix().length());
        return value.isEmpty()
            ? Optional.empty()
            : Optional.of(new Selector(kind, value, text, place));
      }
    }
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(new Selector(Kind.VM, text, text, place));
  }

  /// The prefixes that a selector may have, for a message.
  public static String prefixes() {
    return Arrays.stream(Kind.values())
        .filter(Kind::hasPrefix)
        .map(Kind::prefix)
        .collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return text;
  }
}
