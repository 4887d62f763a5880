package io.surfacescan.model;

/// Everything that can be wrong with an input. An *error* refuses the whole input, because an
/// answer from half an environment would miss attackers; a *warning* is accepted, counted and
/// shown.
public enum ProblemKind {
  UNREADABLE("unreadable", Severity.ERROR),
  NO_INPUT_FILES("no-input-files", Severity.ERROR),
  CHANGED_WHILE_READ("changed-while-read", Severity.ERROR),
  NOT_UTF8("not-utf8", Severity.ERROR),
  MALFORMED_JSON("malformed-json", Severity.ERROR),
  MALFORMED_YAML("malformed-yaml", Severity.ERROR),
  TEXT_AFTER_DOCUMENT("text-after-document", Severity.ERROR),
  REPEATED_KEY("repeated-key", Severity.ERROR),
  TOO_DEEP("too-deep", Severity.ERROR),
  TOO_LONG("too-long", Severity.ERROR),
  WRONG_TYPE("wrong-type", Severity.ERROR),
  MISSING_FIELD("missing-field", Severity.ERROR),
  /// One of the two lists stands nowhere in the whole input.
  MISSING_LIST("missing-list", Severity.ERROR),
  EMPTY_FIELD("empty-field", Severity.ERROR),
  DUPLICATE_VM_ID("duplicate-vm-id", Severity.ERROR),
  LONE_SURROGATE("lone-surrogate", Severity.ERROR),
  TOO_LARGE("too-large", Severity.ERROR),
  /// A value that is none of those that may stand there.
  INVALID_VALUE("invalid-value", Severity.ERROR),
  /// A resource of an export that stands twice and differs.
  DUPLICATE_RESOURCE("duplicate-resource", Severity.ERROR),
  /// An export beside files that cannot be read with it.
  MIXED_SOURCES("mixed-sources", Severity.ERROR),

  /// Something in a directory that looks like data and is not read.
  UNREAD_FILE("unread-file", Severity.WARNING),
  /// A key of a document that is meant as `vms` or `fw_rules` but is neither: what it holds would
  /// be lost.
  SIMILAR_KEY("similar-key", Severity.ERROR),
  /// A key that would change what a VM or a rule means, if it were read.
  UNSUPPORTED_KEY("unsupported-key", Severity.ERROR),
  /// A document that holds only one page of an export.
  PARTIAL_EXPORT("partial-export", Severity.ERROR),

  /// A resource of an export that says something about reachability and is not read.
  UNREAD_RESOURCE("unread-resource", Severity.WARNING),
  /// A resource of an export names another that is not in it.
  DANGLING_REFERENCE("dangling-reference", Severity.WARNING),
  /// An export lacks a whole kind of resources that may forbid or allow something.
  ABSENT_LAYER("absent-layer", Severity.WARNING),
  /// Something that an export does not tell, and that is taken to be so.
  ASSUMPTION("assumption", Severity.WARNING),
  /// The rules of an export come to an environment far larger than they are.
  LARGE_ENVIRONMENT("large-environment", Severity.WARNING),
  /// A key that is not read.
  UNKNOWN_KEY("unknown-key", Severity.WARNING),
  MISSING_FW_ID("missing-fw-id", Severity.WARNING),
  DUPLICATE_FW_ID("duplicate-fw-id", Severity.WARNING),
  /// A rule on a tag that no VM carries: it allows nothing.
  PHANTOM_TAG("phantom-tag", Severity.WARNING),
  UNTAGGED_VM("untagged-vm", Severity.WARNING),
  DUPLICATE_TAG("duplicate-tag", Severity.WARNING),
  /// A class of tags that no VM is of.
  UNUSED_CLASS("unused-class", Severity.WARNING),
  /// A rule with the tag pair of an earlier rule.
  DUPLICATE_RULE("duplicate-rule", Severity.WARNING),
  /// A tag that differs from another only in case, white space around it, invisible characters or
  /// composition.
  SIMILAR_TAG("similar-tag", Severity.WARNING),
  /// An id of a VM that differs from another's only in such things.
  SIMILAR_ID("similar-id", Severity.WARNING),
  MISSING_NAME("missing-name", Severity.WARNING),
  /// An id that stands for different things in two accounts, regions, clusters or exports.
  SHARED_ID("shared-id", Severity.WARNING);

  /// Whether an input with such a problem is refused.
  public enum Severity {
    ERROR,
    WARNING
  }

  private final String code;
  private final Severity severity;

  ProblemKind(String code, Severity severity) {
    this.code = code;
    this.severity = severity;
  }

  /// The stable name in outputs, such as `duplicate-vm-id`.
  public String code() {
    return code;
  }

  public Severity severity() {
    return severity;
  }
}
