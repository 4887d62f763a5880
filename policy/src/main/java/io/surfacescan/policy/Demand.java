package io.surfacescan.policy;

import io.surfacescan.model.Services;
import java.util.List;
import java.util.Set;

/// What a rule of a policy demands.
public sealed interface Demand {
  /// Over any number of hops.
  int ANY_HOPS = Integer.MAX_VALUE;

  /// Its key in a policy.
  default String key() {
    return switch (this) {
      case Forbid ignored -> "forbid";
      case AllowOnly ignored -> "allow-only";
      case Limit ignored -> "limit";
      case NoNew ignored -> "no-new";
      case Lint ignored -> "lint";
    };
  }

  /// No VM of the one end may attack one of the other.
  ///
  /// @param maxHops the longest path that counts
  /// @param services only attacks over these
  /// @param except attacks between such ends are allowed all the same; an end that is empty stands
  ///   for all
  record Forbid(Ends ends, int maxHops, Services services, List<Ends> except) implements Demand {
    public Forbid {
      except = List.copyOf(except);
    }
  }

  /// The VMs of one end may attack, or be attacked by, those of the other end alone.
  ///
  /// @param restrictsTo whether the end that is attacked is the one restricted: only `from` may
  ///   attack it; otherwise `from` may attack only `to`
  /// @param services the only ones allowed
  record AllowOnly(
      Ends ends, boolean restrictsTo, int maxHops, Services services, List<Ends> except)
      implements Demand {
    public AllowOnly {
      except = List.copyOf(except);
    }
  }

  /// A bound for each VM, or for a group as a whole.
  ///
  /// @param value a count, or percent of all VMs
  record Limit(List<Selector> of, Bound bound, double value, Services services) implements Demand {
    public Limit {
      of = List.copyOf(of);
    }

    public long count() {
      return (long) value;
    }
  }

  /// What a limit bounds.
  enum Bound {
    /// The most attackers of a VM.
    ATTACKERS("attackers"),
    /// Likewise, in percent of all VMs.
    ATTACKERS_SHARE("attackers_share"),
    /// The most VMs that a VM can attack.
    BLAST_RADIUS("blast_radius"),
    /// Likewise, in percent of all VMs.
    BLAST_RADIUS_SHARE("blast_radius_share"),
    /// The least hops from the internet to a VM.
    INTERNET_HOPS("internet_hops"),
    /// The most other VMs that the group as a whole can attack.
    REACHABLE("reachable");

    private final String key;

    Bound(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }

    public boolean isShare() {
      return this == ATTACKERS_SHARE || this == BLAST_RADIUS_SHARE;
    }
  }

  /// Nothing of this may be that was not before.
  ///
  /// @param of the VMs looked at
  record NoNew(Set<Novelty> what, List<Selector> of) implements Demand {
    public NoNew {
      what = Set.copyOf(what);
      of = List.copyOf(of);
    }
  }

  /// What may be new in an environment.
  enum Novelty {
    /// A VM that was there has attackers that it had not.
    SURFACES("surfaces"),
    /// A VM can attack another directly that it could not.
    DIRECT("direct"),
    /// It could, but not over such a service.
    SERVICES("services"),
    /// The internet can attack a VM that it could not.
    EXPOSURE("exposure");

    private final String word;

    Novelty(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /// No firewall rule may be of such a kind.
  record Lint(Set<Smell> what) implements Demand {
    public Lint {
      what = Set.copyOf(what);
    }
  }

  /// What is wrong with a firewall rule by itself.
  enum Smell {
    /// It allows no direct attack.
    UNUSED("unused"),
    /// Another rule before it says the same.
    DUPLICATE("duplicate"),
    /// All that it allows is allowed by other rules too.
    SHADOWED("shadowed"),
    /// No VM carries one of its tags.
    PHANTOM_TAG("phantom-tag"),
    /// It lets in every address outside, or every VM.
    OPEN("open"),
    /// The input leaves open whether it holds.
    ASSUMED("assumed");

    private final String word;

    Smell(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }
}
