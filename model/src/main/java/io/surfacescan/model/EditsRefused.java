package io.surfacescan.model;

import java.util.List;

/// Edits that do not fit an environment: what they would remove is not there, or they contradict
/// themselves. Nothing was changed and nothing was guessed.
///
/// Control flow for callers that got their edits from a user, so it carries no stack trace.
public final class EditsRefused extends Exception {
  private static final long serialVersionUID = 1;

  /// The most faults that are listed.
  public static final int LISTED_MOST = 20;

  /// What is wrong with one of the edits.
  public enum Kind {
    /// No VM has the id.
    UNKNOWN_VM,
    /// No rule has the id, or no rule leads from the one tag to the other.
    UNKNOWN_RULE,
    /// The VM does not carry the tag that it is to lose.
    TAG_NOT_CARRIED,
    /// The edits ask for two things that exclude each other.
    CONTRADICTION,
    /// A tag is empty, or no text can be made of it.
    INVALID_TEXT
  }

  /// One fault.
  ///
  /// @param named the VM id, rule id or tag that is at fault, as the edits name it
  /// @param what what is wrong, in words without texts of the environment
  public record Fault(Kind kind, String named, String what) {}

  private final transient List<Fault> faults;
  private final int faultCount;

  EditsRefused(List<Fault> faults, int faultCount) {
    super(faults.getFirst().what(), null, false, false);
    this.faults = List.copyOf(faults);
    this.faultCount = faultCount;
  }

  /// The faults in the order of the edits, at least one, at most [#LISTED_MOST].
  public List<Fault> faults() {
    return faults;
  }

  /// How many there are, listed or not.
  public int faultCount() {
    return faultCount;
  }
}
