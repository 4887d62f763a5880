package io.surfacescan.settings;

/// A setting that the service cannot run with. The message says what is wrong and what to do.
public final class InvalidSetting extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /// Of several flags that do not go together.
  InvalidSetting(String fault) {
    super(fault);
  }

  InvalidSetting(Flag<?> flag, String fault) {
    super("Invalid value for option '" + flag.name() + "': " + fault);
  }
}
