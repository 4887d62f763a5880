package io.surfacescan.load;

import java.util.HashMap;
import java.util.Map;
import java.util.prefs.AbstractPreferences;
import java.util.prefs.Preferences;
import java.util.prefs.PreferencesFactory;
import org.jspecify.annotations.Nullable;

/// Preferences that end with the process, and start out with the note that Gatling makes after it
/// has asked a registry for its newest version: so it neither asks nor writes into the home folder.
final class UnkeptPreferences extends AbstractPreferences {
  private static final String LAST_CHECK = "lastCheckTimestamp";

  private final Map<String, String> values = new HashMap<>();

  private UnkeptPreferences(@Nullable AbstractPreferences parent, String name) {
    super(parent, name);
    if (name.equals("latestVersion")) {
      values.put(LAST_CHECK, Long.toString(System.currentTimeMillis()));
    }
  }

  /// What Java makes by the name in its flag.
  public static final class Factory implements PreferencesFactory {
    private static final Preferences ROOT = new UnkeptPreferences(null, "");

    /// As the factory's contract asks for.
    public Factory() {}

    @Override
    public Preferences systemRoot() {
      return ROOT;
    }

    @Override
    public Preferences userRoot() {
      return ROOT;
    }
  }

  /// The flag that makes a Java use them.
  static String flag() {
    return "-Djava.util.prefs.PreferencesFactory=" + Factory.class.getName();
  }

  @Override
  protected void putSpi(String key, String value) {
    values.put(key, value);
  }

  @Override
  protected @Nullable String getSpi(String key) {
    return values.get(key);
  }

  @Override
  protected void removeSpi(String key) {
    values.remove(key);
  }

  @Override
  protected void removeNodeSpi() {}

  @Override
  protected String[] keysSpi() {
    return values.keySet().toArray(String[]::new);
  }

  @Override
  protected String[] childrenNamesSpi() {
    return new String[0];
  }

  @Override
  protected AbstractPreferences childSpi(String name) {
    return new UnkeptPreferences(this, name);
  }

  @Override
  protected void syncSpi() {}

  @Override
  protected void flushSpi() {}
}
