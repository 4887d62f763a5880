package io.surfacescan.importers.gcp;

import io.surfacescan.importers.json.SourceOffset;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Services;
import java.util.List;
import java.util.Locale;

/// A firewall rule, or a rule of a firewall policy.
///
/// @param id as answers name it; empty for a rule of a policy that is named by its priority
/// @param services none if the rule is only about protocols that services do not know
/// @param unknown such protocols
/// @param doubt why there may be no such rule; empty if there is one for sure
public record Rule(
    String id,
    int priority,
    Action action,
    boolean isIngress,
    boolean isDisabled,
    Services services,
    List<String> unknown,
    Targets targets,
    Peers peers,
    String doubt,
    SourceOffset spot) {
  /// What becomes of a packet that the rule matches.
  public enum Action {
    DENY,
    ALLOW,
    /// The next policy decides.
    NEXT
  }

  /// The instances that the rule applies to: those with a tag or an account, or all.
  ///
  /// @param networks links of the networks that it applies in; all if there are none
  /// @param ranges only for packets to these addresses, or from these if they go out; any if there
  ///   are none
  /// @param doubts why it may apply to more
  public record Targets(
      List<String> tags,
      List<String> accounts,
      List<String> secureTags,
      List<String> networks,
      List<AddressRange> ranges,
      List<String> doubts) {
    /// Every instance.
    public static final Targets ALL =
        new Targets(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public Targets {
      tags = List.copyOf(tags);
      accounts = List.copyOf(accounts);
      secureTags = List.copyOf(secureTags);
      networks = List.copyOf(networks);
      ranges = List.copyOf(ranges);
      doubts = List.copyOf(doubts);
    }

    /// Whether it names no instances.
    boolean isAll() {
      return tags.isEmpty() && accounts.isEmpty() && secureTags.isEmpty() && doubts.isEmpty();
    }
  }

  /// The other side: any of what is listed.
  ///
  /// @param doubts why it may be more
  /// @param outerDoubts why it may be more of the internet
  /// @param place where it is besides
  /// @param networks links, for [Place#NETWORKS]
  public record Peers(
      List<AddressRange> ranges,
      List<String> tags,
      List<String> accounts,
      List<String> secureTags,
      List<String> doubts,
      List<String> outerDoubts,
      Place place,
      List<String> networks) {
    public Peers {
      ranges = AddressRange.joined(ranges);
      tags = List.copyOf(tags);
      accounts = List.copyOf(accounts);
      secureTags = List.copyOf(secureTags);
      doubts = List.copyOf(doubts);
      outerDoubts = List.copyOf(outerDoubts);
      networks = List.copyOf(networks);
    }

    /// Whether it lists nothing.
    boolean isAll() {
      return ranges.isEmpty()
          && tags.isEmpty()
          && accounts.isEmpty()
          && secureTags.isEmpty()
          && doubts.isEmpty()
          && outerDoubts.isEmpty();
    }
  }

  /// Where the other side of a rule is.
  public enum Place {
    ANYWHERE,
    INTERNET,
    NOT_INTERNET,
    SAME_NETWORK,
    NETWORKS;

    /// The place that a rule names; [#ANYWHERE] if it names none.
    ///
    /// @param text as a rule has it, such as `NON_INTERNET`
    public static Place of(String text) {
      return switch (text.toUpperCase(Locale.ROOT)) {
        case "INTERNET" -> INTERNET;
        case "NON_INTERNET" -> NOT_INTERNET;
        case "INTRA_VPC" -> SAME_NETWORK;
        case "VPC_NETWORKS" -> NETWORKS;
        default -> ANYWHERE;
      };
    }
  }
}
