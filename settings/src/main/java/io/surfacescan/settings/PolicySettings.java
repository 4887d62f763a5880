package io.surfacescan.settings;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The policy that the environment served is checked against, if there is one.
///
/// @param policies files, or `pack:NAME`
/// @param waivers a file of findings that are accepted
/// @param webhook where new and resolved findings are sent
public record PolicySettings(
    List<String> policies, Optional<String> waivers, Optional<Webhook> webhook) {
  /// Nothing is checked.
  public static final PolicySettings NONE =
      new PolicySettings(List.of(), Optional.empty(), Optional.empty());

  public static final Flag<List<String>> POLICY =
      Flag.list(
          "--policy",
          "FILE",
          "Check the environment against this policy at each load, and answer /check; pack:NAME"
              + " for one that ships. May be given again.");

  public static final Flag<String> WAIVERS =
      Flag.text(
          "--waivers", "FILE", "Findings that are accepted, beside those that the policy waives.");

  static final List<Flag<?>> FLAGS =
      Stream.of(List.<Flag<?>>of(POLICY, WAIVERS), Webhook.FLAGS).flatMap(List::stream).toList();

  public PolicySettings {
    policies = List.copyOf(policies);
  }

  static PolicySettings of(Given given) {
    var settings =
        new PolicySettings(
            given.find(POLICY).orElse(List.of()), given.find(WAIVERS), Webhook.of(given));
    if (settings.waivers.isPresent() && settings.policies.isEmpty()) {
      throw new InvalidSetting(WAIVERS, "there is no --policy whose findings could be accepted");
    }
    if (settings.webhook.isPresent() && settings.policies.isEmpty()) {
      throw new InvalidSetting(Webhook.URL, "there is no --policy whose findings could be sent");
    }
    return settings;
  }
}
