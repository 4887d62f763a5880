package io.surfacescan.policy.reading;

import io.surfacescan.model.Place;
import io.surfacescan.policy.Policy;
import io.surfacescan.policy.PolicyProblem;
import io.surfacescan.policy.PolicyRefused;
import io.surfacescan.text.SmallFile;
import io.surfacescan.text.TerminalText;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The files that a user names: policies, waivers, findings from before.
public final class PolicyFiles {
  private PolicyFiles() {}

  @FunctionalInterface
  private interface Reading<T> {
    T read(String file, byte[] bytes) throws PolicyRefused;
  }

  /// All rules and waivers.
  ///
  /// @param policies files or `pack:NAME`, at least one
  /// @param waivers a file of waivers
  /// @throws PolicyRefused if one cannot be read or used
  public static Policy read(List<String> policies, Optional<String> waivers) throws PolicyRefused {
    var all = new Policy(List.of(), List.of());
    for (String named : policies) {
      all = all.and(read(named));
    }
    return waivers.isEmpty()
        ? all
        : all.withWaivers(read(waivers.get(), PolicyReader::readWaivers));
  }

  /// The fingerprints of findings from before.
  ///
  /// @throws PolicyRefused if the file cannot be read, or has none
  public static Set<String> knownFindings(String file) throws PolicyRefused {
    return read(file, KnownFindings::read);
  }

  private static Policy read(String named) throws PolicyRefused {
    if (!named.startsWith(Packs.PREFIX)) {
      return read(named, PolicyReader::read);
    }
    var pack = Packs.named(named.substring(Packs.PREFIX.length()));
    if (pack.isEmpty()) {
      throw refused(
          named, "there is no such pack", "the packs are " + String.join(", ", Packs.NAMES));
    }
    return pack.get();
  }

  private static <T> T read(String file, Reading<T> reading) throws PolicyRefused {
    try {
      return reading.read(
          TerminalText.plain(file), SmallFile.read(Path.of(file), YamlReader.BYTES_MOST));
    } catch (SmallFile.Refused e) {
      throw refused(file, String.valueOf(e.getMessage()), "name a file");
    } catch (IOException | InvalidPathException e) {
      throw refused(file, "the file cannot be read", "name one that is there");
    }
  }

  private static PolicyRefused refused(String file, String what, String remedy) {
    return new PolicyRefused(
        List.of(new PolicyProblem(Place.of(TerminalText.plain(file)), what, remedy)));
  }
}
