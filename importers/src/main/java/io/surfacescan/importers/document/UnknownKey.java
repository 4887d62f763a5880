package io.surfacescan.importers.document;

import io.surfacescan.importers.json.Quoted;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.text.EditDistance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A key that is not read, and what that means for its object.
///
/// @param field the key that it may have meant, empty if it resembles none
record UnknownKey(ProblemKind kind, String what, String remedy, String field) {
  /// The objects whose keys are known.
  enum Holder {
    VM("the VM"),
    RULE("the firewall rule"),
    CLASS("the class");

    private final String shown;

    Holder(String shown) {
      this.shown = shown;
    }

    /// Such as `the VM`.
    String shown() {
      return shown;
    }
  }

  private static final Map<String, List<String>> VM_FIELDS =
      Map.of(
          "vm_id",
          List.of("id", "vm", "instanceid", "machineid", "hostid", "vmuuid"),
          "name",
          List.of("vmname", "hostname", "displayname"),
          "tags",
          List.of("tag", "vmtags", "networktags", "taglist"));

  private static final Map<String, List<String>> CLASS_FIELDS =
      Map.of("class_id", List.of("id", "class", "name"), "tags", List.of("tag", "taglist"));

  private static final Map<String, List<String>> RULE_FIELDS =
      Map.of(
          "fw_id",
          List.of("id", "ruleid", "firewallid", "fw", "fwruleid"),
          "source_tag",
          List.of("sourcetags", "source", "sources", "src", "srctag", "srctags", "from", "fromtag"),
          "dest_tag",
          List.of(
              "desttags",
              "dest",
              "dst",
              "dsttag",
              "dsttags",
              "destination",
              "destinations",
              "destinationtag",
              "destinationtags",
              "target",
              "targets",
              "targettag",
              "targettags",
              "to",
              "totag"));

  private static final Map<String, String> FIELDS_OF_VM = byFolded(VM_FIELDS);
  private static final Map<String, String> FIELDS_OF_RULE = byFolded(RULE_FIELDS);
  private static final Map<String, String> FIELDS_OF_CLASS = byFolded(CLASS_FIELDS);

  /// Each field by the folded keys that may mean it.
  private static Map<String, String> byFolded(Map<String, List<String>> fields) {
    var byFolded = new HashMap<String, String>();
    fields.forEach((field, others) -> {
      byFolded.put(folded(field), field);
      others.forEach(other -> byFolded.put(other, field));
    });
    return byFolded;
  }

  /// Folded keys that limit, reverse or switch off what their object says.
  private static final Set<String> CHANGES_MEANING =
      Set.of(
          // Whether it allows at all.
          "access",
          "action",
          "actions",
          "allow",
          "allowed",
          "allows",
          "block",
          "blocked",
          "blocks",
          "decision",
          "denied",
          "denies",
          "deny",
          "drop",
          "effect",
          "permit",
          "permitted",
          "reject",
          "verdict",
          "negate",
          "negated",
          "not",
          "invert",
          "inverted",
          // Whether it is in force.
          "active",
          "deleted",
          "deletedat",
          "disable",
          "disabled",
          "enable",
          "enabled",
          "enforced",
          "enforcement",
          "inactive",
          "isactive",
          "isdeleted",
          "isdisabled",
          "isenabled",
          "state",
          "status",
          "suspended",
          "terminated",
          // When.
          "endtime",
          "expiration",
          "expirationdate",
          "expires",
          "expiresat",
          "expiry",
          "expirydate",
          "notafter",
          "notbefore",
          "schedule",
          "starttime",
          "ttl",
          "validfrom",
          "validto",
          "validuntil",
          // Which way, and before or after which other one.
          "bidirectional",
          "direction",
          "order",
          "precedence",
          "priority",
          "sequence",
          // What passes.
          "destinationport",
          "destinationports",
          "destport",
          "destports",
          "dport",
          "dstport",
          "dstports",
          "fromport",
          "ipprotocol",
          "port",
          "portrange",
          "portranges",
          "ports",
          "protocol",
          "protocols",
          "proto",
          "service",
          "services",
          "sourceport",
          "sourceports",
          "sport",
          "srcport",
          "srcports",
          "toport",
          // For which others.
          "condition",
          "conditions",
          "except",
          "exception",
          "exceptions",
          "exclude",
          "excluded",
          "excludes",
          "sourceranges",
          "destinationranges",
          // What stands for tags.
          "class",
          "classes");

  /// Folded keys that mean so in a rule only.
  private static final Set<String> CHANGES_RULE = Set.of("mode", "type");

  /// Folded keys that are meant as a list.
  private static final Map<String, String> LISTS =
      Map.ofEntries(
          Map.entry("vms", DocumentReader.VMS),
          Map.entry("vm", DocumentReader.VMS),
          Map.entry("vmlist", DocumentReader.VMS),
          Map.entry("machines", DocumentReader.VMS),
          Map.entry("virtualmachines", DocumentReader.VMS),
          Map.entry("instances", DocumentReader.VMS),
          Map.entry("hosts", DocumentReader.VMS),
          Map.entry("servers", DocumentReader.VMS),
          Map.entry("fwrules", DocumentReader.FW_RULES),
          Map.entry("fwrule", DocumentReader.FW_RULES),
          Map.entry("rules", DocumentReader.FW_RULES),
          Map.entry("firewall", DocumentReader.FW_RULES),
          Map.entry("firewalls", DocumentReader.FW_RULES),
          Map.entry("firewallrule", DocumentReader.FW_RULES),
          Map.entry("firewallrules", DocumentReader.FW_RULES),
          Map.entry("fwrulelist", DocumentReader.FW_RULES));

  /// Folded keys with which an export says that it goes on elsewhere, if they hold something.
  private static final Set<String> GOES_ON =
      Set.of(
          "nexttoken",
          "nextpagetoken",
          "istruncated",
          "nextlink",
          "odatanextlink",
          "nextmarker",
          "nextcursor",
          "lastevaluatedkey");

  /// An unknown key of a VM or a rule.
  static UnknownKey of(Holder holder, String key, boolean ignoresUnknownKeys) {
    String folded = folded(key);
    String shown = Quoted.value(key);
    if (LISTS.containsKey(folded) && key.equals(LISTS.get(folded))) {
      return new UnknownKey(
          ProblemKind.SIMILAR_KEY,
          "the list " + key + " stands within " + holder.shown,
          "put the list and " + holder.shown + " into objects of their own",
          "");
    }
    boolean changes =
        holder != Holder.CLASS
            && (CHANGES_MEANING.contains(folded)
                || (holder == Holder.RULE && CHANGES_RULE.contains(folded)));
    if (changes && !ignoresUnknownKeys) {
      return new UnknownKey(
          ProblemKind.UNSUPPORTED_KEY,
          "%s has the key %s, which may change its meaning and is not read"
              .formatted(holder.shown, shown),
          holder == Holder.RULE
              ? "take "
                  + shown
                  + " out, and the rule with it if it allows nothing; --ignore-unknown-keys reads"
                  + " the rule as one that allows everything from tag to tag"
              : "take "
                  + shown
                  + " out, and the VM with it if it does not run; --ignore-unknown-keys reads the VM"
                  + " without it",
          "");
    }
    String field = changes ? "" : field(holder, folded).orElse("");
    return new UnknownKey(
        ProblemKind.UNKNOWN_KEY,
        "%s has the unknown key %s: what it holds is ignored".formatted(holder.shown, shown),
        field.isEmpty()
            ? "take " + shown + " out if it means nothing"
            : "write \"%s\" in place of %s if that is meant".formatted(field, shown),
        field);
  }

  /// An unknown key of the document's own object.
  static UnknownKey ofDocument(String key, SkippedValue value) {
    String folded = folded(key);
    String shown = Quoted.value(key);
    if ((GOES_ON.contains(folded) && value.says()) || (key.equals("metadata") && value.goesOn())) {
      return new UnknownKey(
          ProblemKind.PARTIAL_EXPORT,
          (value.goesOn() ? "metadata.continue" : "the key " + shown)
              + " says that this is one page of an export, and that others follow",
          "fetch all pages, join their lists, and take the key out",
          "");
    }
    String held = value.list();
    String meant =
        LISTS.getOrDefault(
            folded, near(LISTS, folded).filter(list -> folded.length() > 5).orElse(""));
    if (!held.isEmpty() || (!meant.isEmpty() && value.isList())) {
      return new UnknownKey(
          ProblemKind.SIMILAR_KEY,
          "the key %s is not known, and the list that it holds would be lost".formatted(shown),
          held.isEmpty()
              ? "make it the list \"%s\" of this format, or take it out".formatted(meant)
              : "write \"" + held + "\"",
          held);
    }
    return new UnknownKey(
        ProblemKind.UNKNOWN_KEY,
        "the document has the unknown key " + shown + ": what it holds is ignored",
        "take " + shown + " out if it means nothing",
        "");
  }

  private static Optional<String> field(Holder holder, String folded) {
    var fields =
        switch (holder) {
          case VM -> FIELDS_OF_VM;
          case RULE -> FIELDS_OF_RULE;
          case CLASS -> FIELDS_OF_CLASS;
        };
    String exact = fields.get(folded);
    return exact != null ? Optional.of(exact) : near(fields, folded);
  }

  /// What a key with a slip of the keyboard meant.
  private static Optional<String> near(Map<String, String> fields, String folded) {
    if (folded.length() < 4 || folded.length() > 40) {
      return Optional.empty();
    }
    var meant = new ArrayList<String>();
    fields.forEach((known, field) -> {
      if (known.length() >= 4 && EditDistance.of(known, folded) == 1) {
        meant.add(field);
      }
    });
    return meant.stream().sorted().findFirst();
  }

  /// The key without regard to case and to what separates words.
  static String folded(String key) {
    var folded = new StringBuilder(key.length());
    key.toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(point -> "_-. @".indexOf(point) < 0)
        .forEach(folded::appendCodePoint);
    return folded.toString();
  }
}
