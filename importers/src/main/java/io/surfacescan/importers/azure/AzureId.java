package io.surfacescan.importers.azure;

import java.util.Locale;

/// The id of a resource, such as
/// `/subscriptions/S/resourceGroups/G/providers/Microsoft.Network/virtualNetworks/V/subnets/N`. Its
/// case means nothing.
///
/// @param text as it is written
/// @param key as it is compared
public record AzureId(String text, String key) {
  public static final AzureId NONE = new AzureId("", "");

  private static final String PROVIDERS = "/providers/";

  /// How the keys of what has an address instead start.
  private static final String ADDRESSES = "addresses/providers/";

  public static AzureId of(String text) {
    return text.isEmpty() ? NONE : new AzureId(text, key(text));
  }

  /// The id of what is known by an address, whose case means something.
  ///
  /// @param type such as `microsoft.network/virtualnetworks`
  public static AzureId ofAddress(String type, String address) {
    return new AzureId(address, ADDRESSES + type + "/" + escaped(address));
  }

  /// The id of something within this.
  ///
  /// @param collection such as `subnets`
  /// @param shown the text of that id
  public AzureId within(String collection, String name, String shown) {
    return new AzureId(shown, key + "/" + collection + "/" + escaped(name));
  }

  private static String escaped(String name) {
    return name.replace("%", "%25").replace("/", "%2f");
  }

  /// What is compared of an id: ids that mean the same resource have the same.
  public static String key(String text) {
    int start = text.startsWith("/") ? 1 : 0;
    int end = text.length();
    while (end > start && text.charAt(end - 1) == '/') {
      end--;
    }
    return text.substring(start, end).toLowerCase(Locale.ROOT);
  }

  /// The key of what a resource is within, such as the network of a subnet; empty if it is within
  /// none.
  public static String parent(String key) {
    int name = key.lastIndexOf('/');
    int type = name < 0 ? -1 : key.lastIndexOf('/', name - 1);
    int providers = key.lastIndexOf(PROVIDERS);
    // The type of what is within nothing follows the provider's name.
    return type < 0 || type <= key.indexOf('/', providers + PROVIDERS.length())
        ? ""
        : key.substring(0, type);
  }

  /// The type as the id has it, such as `microsoft.network/virtualnetworks/subnets`; empty if it
  /// has none.
  static String type(String key) {
    int providers = key.lastIndexOf(PROVIDERS);
    if (providers < 0) {
      return "";
    }
    String[] parts = key.substring(providers + PROVIDERS.length()).split("/", -1);
    var type = new StringBuilder(parts[0]);
    for (int i = 1; i < parts.length; i += 2) {
      type.append('/').append(parts[i]);
    }
    return type.toString();
  }

  /// As much of an id as tells it from others of its type: `group1/nsg1, subscription 1`. What is
  /// no usual id of the type stays as it is.
  ///
  /// @param type in small letters, such as `networksecuritygroups`
  static String words(String key, String type) {
    String[] parts = key.split("/", -1);
    boolean isUsual =
        parts.length == 8
            && parts[0].equals("subscriptions")
            && parts[2].equals("resourcegroups")
            && parts[4].equals("providers")
            && parts[5].equals("microsoft.network")
            && parts[6].equals(type);
    return isUsual ? parts[3] + "/" + parts[7] + ", subscription " + parts[1] : key;
  }

  /// The last part of the text; all of an address.
  String name() {
    if (key.startsWith(ADDRESSES)) {
      return text;
    }
    int end = text.endsWith("/") ? text.length() - 1 : text.length();
    return text.substring(text.lastIndexOf('/', end - 1) + 1, end);
  }

  String subscription() {
    return part("subscriptions/");
  }

  String group() {
    String group = part("resourcegroups/");
    return group.isEmpty() ? part("resourcegroup/") : group;
  }

  /// The part of the text behind a word; empty without it.
  private String part(String word) {
    int at = key.startsWith(word) ? 0 : key.indexOf("/" + word) + 1;
    if (at == 0 && !key.startsWith(word)) {
      return "";
    }
    int start = at + word.length() + (text.startsWith("/") ? 1 : 0);
    int end = text.indexOf('/', start);
    return start > text.length() ? "" : text.substring(start, end < 0 ? text.length() : end);
  }
}
