package io.surfacescan.importers.azure;

import io.surfacescan.importers.cloud.ExportKeys;
import io.surfacescan.importers.cloud.SimilarKey;
import io.surfacescan.importers.json.JsonCursor;
import io.surfacescan.importers.json.SourceOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// An object of an export with those of its keys that some reader asks for, whatever their case.
/// What stands under `properties` counts as if it stood in the object itself. What has another type
/// than asked for counts as absent.
final class AzureObject {
  /// Every key that is asked for, in lower case.
  private static final Set<String> KEPT =
      Set.of(
          "access",
          "addressprefix",
          "addressprefixes",
          "addressprefixtype",
          "addressspace",
          "allowforwardedtraffic",
          "allowvirtualnetworkaccess",
          "appliestogroups",
          "applicationgatewaybackendaddresspools",
          "applicationsecuritygroups",
          "association",
          "backendaddresses",
          "backendaddresspool",
          "backendaddresspools",
          "backendhttpsettings",
          "backendhttpsettingscollection",
          "backendipconfiguration",
          "backendipconfigurations",
          "backendport",
          "backendsettings",
          "backendsettingscollection",
          "code",
          "containers",
          "defaultbackendaddresspool",
          "defaultbackendhttpsettings",
          "defaultoutboundaccess",
          "defaultoutboundconnectivityenabled",
          "defaultredirectconfiguration",
          "defaultsecurityrules",
          "delegatedsubnetresourceid",
          "destinationaddressprefix",
          "destinationaddressprefixes",
          "destinationapplicationsecuritygroups",
          "destinationportrange",
          "destinationportranges",
          "destinations",
          "direction",
          "disableoutboundsnat",
          "effectivesecurityrules",
          "enableipforwarding",
          "expandeddestinationaddressprefix",
          "expandedsourceaddressprefix",
          "fqdn",
          "frontendipconfiguration",
          "frontendipconfigurations",
          "frontendport",
          "frontendports",
          "gatewayipconfigurations",
          "httplisteners",
          "id",
          "inboundnatrules",
          "instanceview",
          "ip",
          "ipaddress",
          "ipconfiguration",
          "ipconfigurations",
          "listeners",
          "loadbalancerbackendaddresses",
          "loadbalancerbackendaddresspools",
          "loadbalancerinboundnatrules",
          "loadbalancingrules",
          "localsubnetnames",
          "mode",
          "name",
          "natgateway",
          "network",
          "networkgroupid",
          "networkinterface",
          "networkinterfaceconfigurations",
          "networkinterfaces",
          "networkprofile",
          "networksecuritygroup",
          "nexthopipaddress",
          "nexthoptype",
          "outboundrules",
          "pathrules",
          "peercompletevnets",
          "peeringstate",
          "port",
          "ports",
          "powerstate",
          "primary",
          "priority",
          "privateendpoint",
          "privateendpointnetworkpolicies",
          "privateipaddress",
          "privateipaddressversion",
          "properties",
          "protocol",
          "publicipaddress",
          "publicipaddresses",
          "publicipaddressconfiguration",
          "publicipprefix",
          "publicipprefixes",
          "redirectconfiguration",
          "remotesubnetnames",
          "remotevirtualnetwork",
          "requestroutingrules",
          "resourceid",
          "routes",
          "routetable",
          "routingrules",
          "rulecollectionappliestogroups",
          "securityrules",
          "sku",
          "sourceaddressprefix",
          "sourceaddressprefixes",
          "sourceapplicationsecuritygroups",
          "sourceportrange",
          "sourceportranges",
          "sources",
          "statuses",
          "subnet",
          "subnetid",
          "subnetids",
          "subnets",
          "tags",
          "type",
          "urlpathmap",
          "urlpathmaps",
          "virtualmachine",
          "virtualmachineprofile",
          "virtualmachinescaleset",
          "virtualnetwork",
          "virtualnetworkpeerings");

  /// Those that decide what a rule says, as people write them.
  private static final Set<String> OF_RULES =
      Set.of(
          "access",
          "addressPrefix",
          "addressPrefixes",
          "appliesToGroups",
          "defaultSecurityRules",
          "destinationAddressPrefix",
          "destinationAddressPrefixes",
          "destinationApplicationSecurityGroups",
          "destinationPortRange",
          "destinationPortRanges",
          "destinations",
          "direction",
          "priority",
          "properties",
          "protocol",
          "securityRules",
          "sourceAddressPrefix",
          "sourceAddressPrefixes",
          "sourceApplicationSecurityGroups",
          "sourcePortRange",
          "sourcePortRanges",
          "sources");

  /// The keys of one document, each turned to lower case once.
  static final class Keys {
    private final Map<String, String> kept = new HashMap<>();
    private final ExportKeys similar = new ExportKeys(KEPT, OF_RULES);

    /// The key that one which is not read looks like; empty if there is none.
    String meant(String key) {
      return similar.meant(key);
    }

    /// The key as it is asked for; empty if it is not.
    String kept(String key) {
      return kept.computeIfAbsent(
          key,
          ignored -> {
            String lower = key.toLowerCase(Locale.ROOT);
            return KEPT.contains(lower) ? lower : "";
          });
    }
  }

  private final SourceOffset spot;
  private final Map<String, Object> fields = new HashMap<>(16);
  private final Map<String, String> tags = new LinkedHashMap<>(0);
  private List<SimilarKey> similar = List.of();

  private AzureObject(SourceOffset spot) {
    this.spot = spot;
  }

  /// An object that starts where the cursor stands, as yet without content.
  static AzureObject start(JsonCursor json) {
    return new AzureObject(json.spot());
  }

  /// Reads the object whose start the cursor stands at, to its end.
  static AzureObject read(JsonCursor json, Keys keys) {
    var object = start(json);
    while (json.nextKey()) {
      object.readField(json, keys);
    }
    return object;
  }

  /// Reads the value of the key that the cursor stands at.
  void readField(JsonCursor json, Keys keys) {
    String name = json.key();
    String key = keys.kept(name);
    if (!key.isEmpty() && fields.containsKey(key)) {
      json.tellRepeated(name);
    }
    JsonToken value = json.next();
    if (key.isEmpty()) {
      addSimilar(json, keys, name);
      json.skipValue();
    } else if (key.equals("tags") && value == JsonToken.START_OBJECT) {
      readTags(json);
    } else {
      Object read = value(json, keys);
      if (read != null) {
        fields.put(key, read);
      }
    }
  }

  /// Keeps in mind a key that is not read, with the cursor at its value.
  void addSimilar(JsonCursor json, Keys keys, String name) {
    String meant = keys.meant(name);
    if (!meant.isEmpty()) {
      if (similar.isEmpty()) {
        similar = new ArrayList<>(1);
      }
      similar.add(new SimilarKey(name, meant, json.spot()));
    }
  }

  /// The keys here and in all that it holds which nobody reads, and which look like one that does
  /// not stand beside them.
  List<SimilarKey> similarKeys() {
    var found = new ArrayList<SimilarKey>(0);
    addSimilarTo(found);
    return found;
  }

  private void addSimilarTo(List<SimilarKey> found) {
    for (SimilarKey some : similar) {
      if (!has(some.meant().toLowerCase(Locale.ROOT))) {
        found.add(some);
      }
    }
    for (Object value : fields.values()) {
      if (value instanceof AzureObject object) {
        object.addSimilarTo(found);
      } else if (value instanceof List<?> list) {
        for (Object element : list) {
          if (element instanceof AzureObject object) {
            object.addSimilarTo(found);
          }
        }
      }
    }
  }

  /// The objects in all its lists.
  List<AzureObject> listed() {
    var listed = new ArrayList<AzureObject>();
    fields.keySet().stream().sorted().forEach(key -> listed.addAll(objects(key)));
    return listed;
  }

  private void readTags(JsonCursor json) {
    while (json.nextKey()) {
      String key = json.key();
      if (json.next() == JsonToken.VALUE_STRING) {
        tags.put(key, json.text());
      } else {
        json.skipValue();
      }
    }
  }

  /// The current value: an object, a list without its nulls, or a text; null if it is null.
  private static @Nullable Object value(JsonCursor json, Keys keys) {
    return switch (json.current()) {
      case START_OBJECT -> read(json, keys);
      case START_ARRAY -> list(json, keys);
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.text();
      case VALUE_TRUE -> "true";
      case VALUE_FALSE -> "false";
      default -> null;
    };
  }

  private static List<Object> list(JsonCursor json, Keys keys) {
    if (json.next() == JsonToken.END_ARRAY) {
      return List.of();
    }
    var list = new ArrayList<Object>(2);
    do {
      Object value = value(json, keys);
      if (value != null) {
        list.add(value);
      }
    } while (json.next() != JsonToken.END_ARRAY);
    return list;
  }

  /// Where it starts.
  SourceOffset spot() {
    return spot;
  }

  private @Nullable Object field(String key) {
    Object own = fields.get(key);
    if (own == null && fields.get("properties") instanceof AzureObject properties) {
      return properties.fields.get(key);
    }
    return own;
  }

  boolean has(String key) {
    return field(key) != null;
  }

  /// The text, number or truth value under the key, as text; empty without one.
  String text(String key) {
    return field(key) instanceof String text ? text : "";
  }

  boolean isTrue(String key) {
    return text(key).equalsIgnoreCase("true");
  }

  boolean isFalse(String key) {
    return text(key).equalsIgnoreCase("false");
  }

  OptionalInt number(String key) {
    try {
      return text(key).isEmpty()
          ? OptionalInt.empty()
          : OptionalInt.of(Integer.parseInt(text(key)));
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  Optional<AzureObject> object(String key) {
    return field(key) instanceof AzureObject object ? Optional.of(object) : Optional.empty();
  }

  /// The id that an object under the key has, or that stands there itself; empty without one.
  String reference(String key) {
    return object(key).map(some -> some.text("id")).orElseGet(() -> text(key));
  }

  /// What is compared of that id.
  String referenceKey(String key) {
    return AzureId.key(reference(key));
  }

  /// What is compared of the ids that the objects of a list have, or that stand there.
  List<String> referenceKeys(String key) {
    var keys = new ArrayList<String>(1);
    for (AzureObject object : objects(key)) {
      String id = object.text("id");
      if (!id.isEmpty()) {
        keys.add(AzureId.key(id));
      }
    }
    texts(key).forEach(text -> keys.add(AzureId.key(text)));
    return List.copyOf(keys);
  }

  /// The objects of a list; none if there is no list.
  List<AzureObject> objects(String key) {
    return of(key, AzureObject.class);
  }

  /// The texts of a list; none if there is no list.
  List<String> texts(String key) {
    return of(key, String.class);
  }

  /// The text under one key and the texts of a list under another, without empty ones.
  List<String> textOrTexts(String one, String many) {
    var all = new ArrayList<String>(1);
    all.add(text(one));
    all.addAll(texts(one));
    all.addAll(texts(many));
    all.removeIf(String::isBlank);
    return List.copyOf(all);
  }

  private <T> List<T> of(String key, Class<T> type) {
    if (!(field(key) instanceof List<?> list) || list.isEmpty()) {
      return List.of();
    }
    var found = new ArrayList<T>(list.size());
    for (Object some : list) {
      if (type.isInstance(some)) {
        found.add(type.cast(some));
      }
    }
    return Collections.unmodifiableList(found);
  }

  /// The tags, as `key=value`.
  List<String> tags() {
    return tags.entrySet().stream().map(tag -> tag.getKey() + "=" + tag.getValue()).toList();
  }
}
