package io.surfacescan.importers.gcp;

import io.surfacescan.importers.cloud.ExportObject;
import io.surfacescan.importers.gcp.Resource.Firewall;
import io.surfacescan.importers.gcp.Resource.Header;
import io.surfacescan.importers.gcp.Resource.Policy;
import io.surfacescan.importers.gcp.Rule.Action;
import io.surfacescan.importers.gcp.Rule.Peers;
import io.surfacescan.importers.gcp.Rule.Place;
import io.surfacescan.importers.gcp.Rule.Targets;
import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Services;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads firewall rules and firewall policies.
final class RuleFacts {
  private static final int PRIORITY_USUAL = 1000;
  private static final Set<String> DIRECTIONS = Set.of("INGRESS", "EGRESS");

  /// What names addresses that an export does not list.
  private static final List<String> LISTS =
      List.of("AddressGroups", "Fqdns", "RegionCodes", "ThreatIntelligences");

  /// Those of [#LISTS] that name addresses of the internet alone.
  private static final Set<String> PUBLIC_LISTS = Set.of("RegionCodes", "ThreatIntelligences");

  private RuleFacts() {}

  static Firewall firewall(Header head, ExportObject object) {
    boolean isIngress = isIngress(object);
    boolean denies = !object.objects("denied").isEmpty();
    boolean isAction = denies || !object.objects("allowed").isEmpty();
    var doubts = new ArrayList<String>();
    var protocols = protocols(object.objects(denies ? "denied" : "allowed"), "IPProtocol", doubts);
    var sources = ranges(object.texts("sourceRanges"), doubts);
    var destinations = ranges(object.texts("destinationRanges"), doubts);
    var tags = object.texts("sourceTags");
    var accounts = object.texts("sourceServiceAccounts");
    var peers = isIngress ? sources : destinations;
    boolean isAny = peers.isEmpty() && tags.isEmpty() && accounts.isEmpty();
    var rule =
        new Rule(
            head.name(),
            object.number("priority").orElse(PRIORITY_USUAL),
            denies ? Action.DENY : Action.ALLOW,
            isIngress,
            object.isTrue("disabled"),
            isAction ? protocols.services() : Services.ALL,
            protocols.unknown(),
            new Targets(
                object.texts("targetTags"),
                object.texts("targetServiceAccounts"),
                List.of(),
                List.of(),
                isIngress ? destinations : sources,
                List.of()),
            new Peers(
                isAny ? List.of(AddressRange.ALL_V4) : peers,
                isIngress ? tags : List.of(),
                isIngress ? accounts : List.of(),
                List.of(),
                doubts,
                List.of(),
                Place.ANYWHERE,
                List.of()),
            isAction
                ? doubtOfDirection(object)
                : "it says neither what is allowed nor what is denied",
            object.spot());
    return new Firewall(
        head,
        Links.of(
            object.text("network").isEmpty() ? "default" : object.text("network"),
            head.link(),
            "networks"),
        rule);
  }

  static Policy policy(Header head, ExportObject object) {
    var targets = new ArrayList<String>();
    for (ExportObject association : object.objects("associations")) {
      targets.add(target(association.text("attachmentTarget")));
    }
    boolean isHierarchical =
        targets.stream().anyMatch(RuleFacts::isOfHierarchy)
            || isOfHierarchy(target(object.text("parent")))
            || (!head.link().startsWith("projects/") && !object.text("shortName").isEmpty());
    String shown = object.firstText("shortName", "displayName");
    String name = shown.isEmpty() ? head.name() : shown;
    var rules = new ArrayList<Rule>();
    for (ExportObject rule : object.objects("rules")) {
      rules.add(rule(head, rule));
    }
    return new Policy(
        new Header(head.id(), head.link(), name, head.spot()),
        isHierarchical,
        object.text("region").isEmpty() ? regionOf(head.link()) : Links.name(object.text("region")),
        object.has("rules"),
        rules,
        targets);
  }

  private static String regionOf(String link) {
    return link.contains("/regions/") ? Links.region(link) : "";
  }

  private static boolean isOfHierarchy(String target) {
    return target.startsWith("organizations/") || target.startsWith("folders/");
  }

  /// A network's link, `organizations/ID` or `folders/ID`.
  private static String target(String text) {
    for (String word : List.of("organizations/", "folders/")) {
      int start = text.indexOf(word);
      if (start >= 0 && !text.contains("projects/")) {
        return text.substring(start);
      }
    }
    return Links.of(text, "", "networks");
  }

  /// Without a direction a rule is about what comes in.
  private static boolean isIngress(ExportObject object) {
    return !object.text("direction").equalsIgnoreCase("EGRESS");
  }

  private static String doubtOfDirection(ExportObject object) {
    String direction = object.text("direction");
    return direction.isEmpty() || DIRECTIONS.contains(direction.toUpperCase(Locale.ROOT))
        ? ""
        : "the direction " + direction + " is not understood";
  }

  private static Rule rule(Header head, ExportObject object) {
    boolean isIngress = isIngress(object);
    var match = object.object("match").orElse(object);
    var doubts = new ArrayList<String>();
    var protocols = protocols(match.objects("layer4Configs"), "ipProtocol", doubts);
    var sources = ranges(match.texts("srcIpRanges"), doubts);
    var destinations = ranges(match.texts("destIpRanges"), doubts);
    String side = isIngress ? "src" : "dest";
    var outerDoubts = new ArrayList<String>();
    for (String key : LISTS) {
      if (!match.texts(side + key).isEmpty()) {
        (PUBLIC_LISTS.contains(key) ? outerDoubts : doubts)
            .add(
                "which addresses "
                    + String.join(", ", match.texts(side + key))
                    + " means is not in the export");
      }
    }
    var ownDoubts = new ArrayList<String>();
    ownDoubts.add(doubtOfDirection(object));
    ownDoubts.remove("");
    String otherSide = isIngress ? "dest" : "src";
    for (String key : LISTS) {
      if (!match.texts(otherSide + key).isEmpty()) {
        ownDoubts.add("which addresses " + otherSide + key + " means is not in the export");
      }
    }
    int priority = object.number("priority").orElse(Integer.MAX_VALUE);
    return new Rule(
        "",
        priority,
        action(object.text("action")),
        isIngress,
        object.isTrue("disabled"),
        match.objects("layer4Configs").isEmpty() ? Services.ALL : protocols.services(),
        protocols.unknown(),
        new Targets(
            List.of(),
            object.texts("targetServiceAccounts"),
            object.textsIn("targetSecureTags", "name"),
            object.texts("targetResources").stream()
                .map(link -> Links.of(link, head.link(), "networks"))
                .toList(),
            isIngress ? destinations : sources,
            List.of()),
        new Peers(
            isIngress ? sources : destinations,
            List.of(),
            List.of(),
            isIngress ? match.textsIn("srcSecureTags", "name") : List.of(),
            doubts,
            outerDoubts,
            Place.of(
                match.firstText(
                    side + "NetworkContext", side + "NetworkType", side + "NetworkScope")),
            match.texts("srcNetworks").stream()
                .map(link -> Links.of(link, head.link(), "networks"))
                .toList()),
        ownDoubts.isEmpty() ? "" : ownDoubts.getFirst(),
        object.spot());
  }

  private static Action action(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "deny" -> Action.DENY;
      case "goto_next" -> Action.NEXT;
      // What an inspection lets through is not known, so that it may be all.
      default -> Action.ALLOW;
    };
  }

  private static Protocols.Read protocols(
      List<ExportObject> objects, String key, List<String> doubts) {
    var entries =
        objects.stream()
            .map(some -> new Protocols.Entry(some.text(key), some.texts("ports")))
            .toList();
    var read = Protocols.of(entries);
    if (read.isVague()) {
      doubts.add("its ports are not understood");
    }
    return read;
  }

  private static List<AddressRange> ranges(List<String> texts, List<String> doubts) {
    var ranges = new ArrayList<AddressRange>();
    for (String text : texts) {
      var range = AddressRange.parse(text);
      range.ifPresent(ranges::add);
      if (range.isEmpty()) {
        doubts.add("the range " + text + " is not understood");
      }
    }
    return ranges;
  }
}
