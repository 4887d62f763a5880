package io.surfacescan.importers.edits;

import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Edits;
import io.surfacescan.model.Edits.RuleName;
import io.surfacescan.model.Edits.RuleScope;
import io.surfacescan.model.Edits.TagOfVm;
import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.Services;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/// Reads a [WhatIfRequest]:
///
/// ```json
/// {"remove_rules": ["fw-1", {"source_tag": "a", "dest_tag": "b"}],
///  "add_rules":    [{"source_tag": "a", "dest_tag": "b", "fw_id": "fw-2"}],
///  "remove_tags":  [{"vm_id": "vm-1", "tag": "a"}],
///  "add_tags":     [{"vm_id": "vm-1", "tag": "b"}],
///  "remove_vms":   ["vm-2"],
///  "narrow_rules": [{"rule": "sgr-1", "services": ["tcp/443"], "peers": ["10.0.0.0/8"]}],
///  "add_rules_like": [{"rule": "sgr-2", "services": ["tcp/22"]}],
///  "vms": ["vm-3"], "environment": true, "limit": 100, "worst": 20}
/// ```
///
/// Every member may be missing; one that nobody knows, or that stands twice, is refused, because an
/// edit that is silently left out makes the answer wrong.
public final class EditsDocument {
  /// The most edits of one request.
  public static final int EDITS_MOST = 10_000;

  /// The most VMs asked about in one request.
  public static final int VMS_MOST = 100;

  /// The most that `limit` and `worst` may be.
  public static final int LISTED_MOST = 10_000;

  private static final Set<String> MEMBERS =
      Set.of(
          "remove_rules",
          "add_rules",
          "remove_tags",
          "add_tags",
          "remove_vms",
          "narrow_rules",
          "add_rules_like",
          "vms",
          "environment",
          "limit",
          "worst");

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(8).maxStringLength(1 << 16).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /// The document is not such a request. Control flow, so it carries no stack trace.
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String what) {
      super(what, null, false, false);
    }

    /// What is wrong, and where.
    public String what() {
      return String.valueOf(getMessage());
    }
  }

  private static final String SERVICES = "services";
  private static final String PEERS = "peers";

  private final JsonParser json;
  private final List<RuleName> removedRules = new ArrayList<>();
  private final List<FirewallRule> addedRules = new ArrayList<>();
  private final List<TagOfVm> removedTags = new ArrayList<>();
  private final List<TagOfVm> addedTags = new ArrayList<>();
  private final List<String> removedVms = new ArrayList<>();
  private final List<RuleScope> narrowedRules = new ArrayList<>();
  private final List<RuleScope> likeRules = new ArrayList<>();
  private final List<String> vms = new ArrayList<>();
  private boolean environment;
  private OptionalInt limit = OptionalInt.empty();
  private OptionalInt worst = OptionalInt.empty();

  private EditsDocument(JsonParser json) {
    this.json = json;
  }

  /// Reads a whole document.
  ///
  /// @param document UTF-8
  /// @throws Malformed at the first thing that is wrong
  public static WhatIfRequest read(byte[] document) throws Malformed {
    try (var json = FACTORY.createParser(ObjectReadContext.empty(), document)) {
      var request = new EditsDocument(json).read();
      checkEnd(json);
      return request;
    } catch (JacksonException e) {
      throw new Malformed(place(e.getLocation()) + fault(e));
    }
  }

  private static void checkEnd(JsonParser json) throws Malformed {
    String more = "there is more behind the object; send one object";
    try {
      if (json.nextToken() != null) {
        throw new Malformed(place(json.currentTokenLocation()) + more);
      }
    } catch (StreamReadException e) {
      throw new Malformed(place(e.getLocation()) + more);
    }
  }

  /// What is wrong, without the words of the library, which speak of its own insides.
  private static String fault(JacksonException e) {
    String message = String.valueOf(e.getOriginalMessage());
    if (e instanceof UnexpectedEndOfInputException
        || message.startsWith("Unexpected end-of-input")) {
      return "the JSON ends too early; a bracket, a quote or a value is missing";
    }
    if (e instanceof StreamConstraintsException) {
      return "this is nested too deeply, or a text or number is too long";
    }
    if (message.startsWith("Duplicate")) {
      return "a member stands twice in one object; send it once";
    }
    return message.contains("UTF-8")
        ? "this is no UTF-8; save the text as UTF-8"
        : "this is no JSON; a comma, a colon, a quote or a bracket is wrong or missing";
  }

  private WhatIfRequest read() throws Malformed {
    var first = json.nextToken();
    if (first == null) {
      throw new Malformed("the body is empty; send an object");
    }
    if (first != JsonToken.START_OBJECT) {
      throw wrong("the body must be one JSON object");
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String member = json.currentName();
      json.nextToken();
      member(member);
    }
    var edits = edits();
    return new WhatIfRequest(edits, vms, environment, limit, worst.isPresent() ? worst : limit);
  }

  private Edits edits() {
    return new Edits(
        removedRules, addedRules, removedTags, addedTags, removedVms, narrowedRules, likeRules);
  }

  private void member(String member) throws Malformed {
    switch (member) {
      case "remove_rules" -> each(member, () -> removedRules.add(ruleName()));
      case "add_rules" -> each(member, () -> addedRules.add(rule()));
      case "remove_tags" -> each(member, () -> removedTags.add(tagOfVm()));
      case "add_tags" -> each(member, () -> addedTags.add(tagOfVm()));
      case "remove_vms" -> each(member, () -> removedVms.add(text("a VM id")));
      case "narrow_rules" -> each(member, () -> narrowedRules.add(ruleScope()));
      case "add_rules_like" -> each(member, () -> likeRules.add(ruleScope()));
      case "vms" -> each(member, () -> vms.add(text("a VM id")));
      case "environment" -> environment = flag();
      case "limit" -> limit = OptionalInt.of(number(member));
      case "worst" -> worst = OptionalInt.of(number(member));
      default -> throw unknown(member, MEMBERS);
    }
  }

  private interface Element {
    void read() throws Malformed;
  }

  private void each(String member, Element element) throws Malformed {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw wrong(member + " must be a list");
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      element.read();
      int edits =
          removedRules.size()
              + addedRules.size()
              + removedTags.size()
              + addedTags.size()
              + removedVms.size()
              + narrowedRules.size()
              + likeRules.size();
      if (edits > EDITS_MOST) {
        throw wrong("there are more than " + EDITS_MOST + " edits; send fewer at a time");
      }
      if (vms.size() > VMS_MOST) {
        throw wrong("vms has more than " + VMS_MOST + " ids; ask about fewer at a time");
      }
    }
  }

  private RuleName ruleName() throws Malformed {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return new RuleName.WithId(text("a rule id"));
    }
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw wrong(
          "a rule to remove must be its fw_id as a string, or an object with source_tag and"
              + " dest_tag");
    }
    var members = texts(Set.of("source_tag", "dest_tag"), Set.of());
    return new RuleName.WithTags(get(members, "source_tag"), get(members, "dest_tag"));
  }

  private FirewallRule rule() throws Malformed {
    var services = new ArrayList<Services>();
    var members =
        texts(
            Set.of("source_tag", "dest_tag"),
            Set.of("fw_id", SERVICES),
            () -> {
              each(SERVICES, () -> services.add(service()));
              if (services.isEmpty()) {
                throw wrong("services is empty; name some, or leave it out for all");
              }
            });
    return new FirewallRule(
        Optional.ofNullable(members.get("fw_id")),
        get(members, "source_tag"),
        get(members, "dest_tag"),
        services.isEmpty() ? Services.ALL : Services.union(services),
        Optional.empty());
  }

  private RuleScope ruleScope() throws Malformed {
    var services = new ArrayList<Services>();
    var peers = new ArrayList<AddressRange>();
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw wrong("here must be an object with rule, and services or peers");
    }
    String rule = "";
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "rule" -> rule = text("rule");
        case SERVICES -> each(SERVICES, () -> services.add(service()));
        case PEERS -> each(PEERS, () -> peers.add(range()));
        default -> throw unknown(name, Set.of("rule", SERVICES, PEERS));
      }
    }
    if (rule.isEmpty() || (services.isEmpty() && peers.isEmpty())) {
      throw wrong("an object lacks rule, or both services and peers");
    }
    return new RuleScope(rule, services.isEmpty() ? Services.ALL : Services.union(services), peers);
  }

  private AddressRange range() throws Malformed {
    String text = text("a range");
    return AddressRange.parse(text)
        .orElseThrow(() -> wrong("\"" + text + "\" is no range of addresses; write 10.0.0.0/8"));
  }

  private Services service() throws Malformed {
    String text = text("a service");
    return Services.parse(text)
        .orElseThrow(() ->
            wrong(
                "\""
                    + text
                    + "\" is no service; write all, icmp, or tcp, udp or sctp with a port or ports:"
                    + " tcp/22, udp/8000-8100"));
  }

  private TagOfVm tagOfVm() throws Malformed {
    var members = texts(Set.of("vm_id", "tag"), Set.of());
    return new TagOfVm(get(members, "vm_id"), get(members, "tag"));
  }

  private static String get(Map<String, String> members, String name) {
    return members.getOrDefault(name, "");
  }

  /// An object of texts.
  private Map<String, String> texts(Set<String> required, Set<String> optional) throws Malformed {
    return texts(required, optional, () -> {});
  }

  /// As the other, for one that may have services.
  ///
  /// @param services reads them
  private Map<String, String> texts(Set<String> required, Set<String> optional, Element services)
      throws Malformed {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw wrong("here must be an object with " + words(required));
    }
    var members = new LinkedHashMap<String, String>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      if (!required.contains(name) && !optional.contains(name)) {
        var known = new ArrayList<>(required);
        known.addAll(optional);
        throw unknown(name, Set.copyOf(known));
      }
      json.nextToken();
      if (name.equals(SERVICES)) {
        services.read();
      } else {
        members.put(name, text(name));
      }
    }
    for (String name : required) {
      if (!members.containsKey(name)) {
        throw wrong("an object lacks one of " + words(required));
      }
    }
    return members;
  }

  private String text(String what) throws Malformed {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw wrong(what + " must be a string");
    }
    String text = json.getString();
    if (text.isEmpty()) {
      throw wrong(what + " is empty");
    }
    return text;
  }

  private boolean flag() throws Malformed {
    return switch (json.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw wrong("environment must be true or false");
    };
  }

  private int number(String what) throws Malformed {
    String range = what + " must be an integer from 0 to " + LISTED_MOST;
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw wrong(range);
    }
    String digits = json.getString();
    if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > LISTED_MOST) {
      throw wrong(range);
    }
    return Integer.parseInt(digits);
  }

  private Malformed unknown(@Nullable String member, Set<String> known) {
    return wrong("there is no member \"" + member + "\"; known are " + words(known));
  }

  private static String words(Set<String> names) {
    return String.join(", ", names.stream().sorted().toList());
  }

  private Malformed wrong(String what) {
    return new Malformed(place(json.currentTokenLocation()) + what);
  }

  /// Lines and columns from 1; nothing if the place is not known.
  private static String place(@Nullable TokenStreamLocation at) {
    return at == null || at.getLineNr() < 1
        ? ""
        : "line " + at.getLineNr() + ", column " + Math.max(1, at.getColumnNr()) + ": ";
  }
}
