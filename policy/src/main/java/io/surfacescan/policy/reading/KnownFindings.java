package io.surfacescan.policy.reading;

import io.surfacescan.model.Place;
import io.surfacescan.policy.PolicyProblem;
import io.surfacescan.policy.PolicyRefused;
import io.surfacescan.policy.reading.YamlValue.Mapping;
import io.surfacescan.policy.reading.YamlValue.Scalar;
import io.surfacescan.policy.reading.YamlValue.Sequence;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The fingerprints in what an earlier check wrote as JSON or SARIF.
public final class KnownFindings {
  private static final String SARIF_KEY = "surfacescan/v1";

  private final Set<String> fingerprints = new LinkedHashSet<>();

  private KnownFindings() {}

  /// The fingerprints of findings that were kept, as this program writes them.
  ///
  /// @param file what names it in messages
  /// @throws PolicyRefused if it is neither
  public static Set<String> read(String file, byte[] bytes) throws PolicyRefused {
    var value = YamlReader.read(file, bytes);
    if (!(value instanceof Mapping object)
        || !(object.entries().get("runs") instanceof Sequence
            || (object.entries().get("rules") instanceof Sequence
                && object.entries().containsKey("passed")))) {
      throw new PolicyRefused(
          List.of(
              new PolicyProblem(
                  Place.of(file),
                  "these are no findings",
                  "name a file that `surfacescan check` wrote with -o json or -o sarif")));
    }
    var known = new KnownFindings();
    for (var run : elements(object, "runs")) {
      for (var result : elements(run, "results")) {
        known.add(member(result, "partialFingerprints"), SARIF_KEY);
      }
    }
    for (var rule : elements(object, "rules")) {
      elements(rule, "findings").forEach(finding -> known.add(finding, "fingerprint"));
    }
    return known.fingerprints;
  }

  private void add(YamlValue holder, String key) {
    if (member(holder, key) instanceof Scalar scalar && !scalar.text().isEmpty()) {
      fingerprints.add(scalar.text());
    }
  }

  private static YamlValue member(YamlValue value, String key) {
    return value instanceof Mapping object && object.entries().containsKey(key)
        ? object.entries().get(key)
        : new Scalar(value.place(), "", true);
  }

  private static List<YamlValue> elements(YamlValue value, String key) {
    return member(value, key) instanceof Sequence list ? list.elements() : List.of();
  }
}
