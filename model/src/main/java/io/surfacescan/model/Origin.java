package io.surfacescan.model;

import java.util.Optional;
import java.util.regex.Pattern;

/// A real rule that a rule of an [Environment] comes from.
///
/// @param id the real rule's, as its source has it, such as `sgr-1` or `netpol/prod/allow-web`
/// @param gate what it is a rule of, in words, such as `ingress policy`
/// @param place where it stands
/// @param text what it says, in words
public record Origin(String id, String gate, Optional<Place> place, String text) {
  /// The hash behind an id that an import made.
  private static final Pattern MADE = Pattern.compile("~[0-9a-f]{12}$");

  /// Whether the rule lets in, and is no entry of a network ACL, which are mostly open. The names
  /// of gates tell, since a document has nothing else of them; a test holds the importers to it.
  public boolean isInbound() {
    return !gate.startsWith("outbound")
        && !gate.startsWith("egress")
        && !gate.startsWith("network ACL");
  }

  /// The id of the link, such as a peering or a published service, that a rule of an import stands
  /// for which comes from no real rule; empty if the id is no such one.
  public static Optional<String> linkOf(String ruleId) {
    var hash = MADE.matcher(ruleId);
    return hash.find() && hash.start() > 0
        ? Optional.of(ruleId.substring(0, hash.start()))
        : Optional.empty();
  }
}
