package io.surfacescan.importers.azure;

import static io.surfacescan.importers.azure.AzureFacts.header;

import io.surfacescan.importers.azure.AzureResource.AdminCollection;
import io.surfacescan.importers.azure.AzureResource.AdminRule;
import io.surfacescan.importers.azure.AzureResource.GroupMember;
import io.surfacescan.importers.azure.AzureResource.SecurityRule;
import io.surfacescan.importers.azure.AzureResource.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads what a Virtual Network Manager rules: its admin rules, their collections, and who is in
/// its groups of networks.
final class AdminResources {
  private static final String OF_MANAGERS = "microsoft.network/networkmanagers/";
  private static final String OF_CONFIGURATIONS = OF_MANAGERS + "securityadminconfigurations/";

  /// The types of what holds rules.
  static final String COLLECTION = OF_CONFIGURATIONS + "rulecollections";

  static final String RULE = COLLECTION + "/rules";

  private final AzureFacts facts;
  private final String file;

  /// @param file its name: effective rules do not say which network they are of
  AdminResources(AzureFacts facts, String file) {
    this.facts = facts;
    this.file = file;
  }

  /// Adds a resource; false if its type says nothing here.
  boolean add(String type, AzureObject object) {
    switch (type) {
      case RULE -> {
        facts.count("securityAdminRules");
        facts.put(rule(object));
      }
      case COLLECTION ->
          facts.put(new AdminCollection(header(object, ""), groups(object, "appliestogroups")));
      case OF_MANAGERS + "networkgroups/staticmembers" ->
          facts.put(
              new GroupMember(
                  header(object, ""),
                  AzureId.parent(AzureId.key(object.text("id"))),
                  AzureId.key(object.text("resourceid"))));
      case OF_MANAGERS + "networkgroups" -> facts.count("networkGroups");
      default -> {
        return false;
      }
    }
    return true;
  }

  private AdminRule rule(AzureObject object) {
    var header = header(object, "");
    return new AdminRule(
        new SecurityRule(
            header,
            AzureId.parent(header.id().key()),
            object.number("priority").orElse(Integer.MAX_VALUE),
            !object.text("direction").equalsIgnoreCase("Outbound"),
            AzureResource.Access.of(object.text("access")),
            object.text("protocol"),
            object.textOrTexts("destinationportrange", "destinationportranges"),
            object.textOrTexts("sourceportrange", "sourceportranges"),
            side(object.objects("sources")),
            side(object.objects("destinations")),
            ""),
        groups(object, "rulecollectionappliestogroups"),
        file);
  }

  private static List<String> groups(AzureObject object, String list) {
    return object.objects(list).stream()
        .map(group -> AzureId.key(group.text("networkgroupid")))
        .filter(key -> !key.isEmpty())
        .toList();
  }

  /// Without any, a rule is about everybody.
  private static Side side(List<AzureObject> ends) {
    var prefixes = new ArrayList<String>();
    var groups = new ArrayList<String>();
    for (AzureObject end : ends) {
      String prefix = end.text("addressprefix");
      if (end.text("addressprefixtype").toLowerCase(Locale.ROOT).equals("networkgroup")) {
        groups.add(AzureId.key(prefix));
      } else {
        prefixes.add(prefix);
      }
    }
    return ends.isEmpty()
        ? new Side(List.of("*"), List.of(), List.of())
        : new Side(List.copyOf(prefixes), List.of(), List.copyOf(groups));
  }
}
