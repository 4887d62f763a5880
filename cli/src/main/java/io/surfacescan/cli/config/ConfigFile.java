package io.surfacescan.cli.config;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Failure;
import io.surfacescan.cli.terminal.NearestWord;
import io.surfacescan.cli.terminal.ProcessContext;
import io.surfacescan.text.PathText;
import io.surfacescan.text.SmallFile;
import io.surfacescan.text.TerminalText;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SequencedSet;
import java.util.function.Supplier;

/// Values of flags from a properties file in UTF-8: keys are flag names without dashes in front.
///
/// An unknown key or a key given twice refuses the start, because a setting that silently does
/// nothing is worse than none.
public record ConfigFile(Map<String, Setting> settings) {
  public static final ConfigFile NONE = new ConfigFile(Map.of());

  private static final int BYTES_MAX = 1 << 20;

  /// @param place `FILE:LINE`
  record Setting(String value, String place) {}

  public ConfigFile {
    settings = Map.copyOf(settings);
  }

  Optional<Setting> setting(String key) {
    return Optional.ofNullable(settings.get(key));
  }

  /// Reads the file the user named, which must exist.
  public static ConfigFile read(Path file, SequencedSet<String> keys) {
    try {
      byte[] bytes = SmallFile.read(file, BYTES_MAX);
      return parse(shown(file), lines(bytes), keys);
    } catch (SmallFile.Refused e) {
      throw new Failure(
          Exit.USAGE,
          shown(file) + ": " + e.getMessage() + "; name a file of settings with --config");
    } catch (NoSuchFileException e) {
      String fault =
          PathText.undecoded(file.toString())
              .map(PathText.Fault::toString)
              .orElse("there is no such file; name an existing one with --config");
      throw new Failure(Exit.USAGE, shown(file) + ": " + fault);
    } catch (CharacterCodingException e) {
      throw new Failure(Exit.USAGE, shown(file) + ": the file is not UTF-8; save it as UTF-8");
    } catch (IOException e) {
      throw new Failure(
          Exit.USAGE, shown(file) + ": the file cannot be read; check that it is a readable file");
    }
  }

  /// As [Files#readAllLines] does.
  private static List<String> lines(byte[] bytes) throws CharacterCodingException {
    var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return text.lines().toList();
  }

  private static String shown(Path file) {
    return TerminalText.plain(file.toString());
  }

  /// Reads the file at the usual place, if it is there.
  public static ConfigFile readUsual(ProcessContext around, Supplier<SequencedSet<String>> keys) {
    var folder =
        around
            .variable("XDG_CONFIG_HOME")
            .map(Path::of)
            .filter(Path::isAbsolute)
            .or(() -> around.variable("HOME").map(home -> Path.of(home, ".config")));
    var file = folder.map(f -> f.resolve("surfacescan").resolve("config.properties"));
    return file.filter(Files::exists).map(f -> read(f, keys.get())).orElse(NONE);
  }

  static ConfigFile parse(String file, List<String> lines, SequencedSet<String> keys)
      throws IOException {
    var settings = new HashMap<String, Setting>();
    var problems = new ArrayList<String>();
    for (int at = 0; at < lines.size(); ) {
      int first = at;
      var logical = new StringBuilder(lines.get(at++));
      while (continues(logical) && at < lines.size()) {
        logical.append('\n').append(lines.get(at++));
      }
      String place = file + ":" + (first + 1);
      var properties = new Properties();
      try {
        properties.load(new StringReader(logical.toString()));
      } catch (IllegalArgumentException e) {
        problems.add(place + ": a broken \\u escape; write the character itself");
      }
      for (String key : properties.stringPropertyNames()) {
        if (!keys.contains(key)) {
          problems.add(
              place + ": unknown key `" + TerminalText.plain(key) + "`; " + remedy(key, keys));
          continue;
        }
        var before = settings.put(key, new Setting(properties.getProperty(key), place));
        if (before != null) {
          problems.add(
              place + ": the key `" + key + "` stands at " + before.place() + " too; remove one");
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new Failure(Exit.USAGE, problems);
    }
    return new ConfigFile(settings);
  }

  /// Whether the line goes on in the next one: it is no comment and ends in an odd number of
  /// backslashes.
  private static boolean continues(StringBuilder line) {
    String text = line.toString().stripLeading();
    if (line.indexOf("\n") < 0 && (text.startsWith("#") || text.startsWith("!"))) {
      return false;
    }
    int backslashes = 0;
    while (backslashes < text.length() && text.charAt(text.length() - 1 - backslashes) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  private static String remedy(String key, SequencedSet<String> keys) {
    return NearestWord.of(key, keys)
        .map(nearest -> "did you mean `" + nearest + "`?")
        .orElse("known are " + String.join(", ", keys));
  }
}
