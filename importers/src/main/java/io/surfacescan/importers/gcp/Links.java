package io.surfacescan.importers.gcp;

import java.util.Optional;

/// Links of resources, such as
/// `https://www.googleapis.com/compute/v1/projects/P/zones/Z/instances/I`: compared without host
/// and version, by project, place and name.
public final class Links {
  private static final String PROJECTS = "projects/";

  private Links() {}

  /// A link as all others to the same resource are.
  ///
  /// @param text a link, whole or in part, or a name
  /// @param near a link of what names it: parts that are missing are taken from there
  /// @param collection what it is one of, such as `networks`
  public static String of(String text, String near, String collection) {
    if (text.isEmpty()) {
      return "";
    }
    int start = text.indexOf(PROJECTS);
    if (start >= 0) {
      return text.substring(start);
    }
    String project = project(near);
    if (text.startsWith("global/") || text.startsWith("regions/") || text.startsWith("zones/")) {
      return PROJECTS + project + "/" + text;
    }
    String place =
        collection.equals("subnetworks") && !region(near).isEmpty()
            ? "regions/" + region(near)
            : "global";
    return PROJECTS + project + "/" + place + "/" + collection + "/" + name(text);
  }

  /// The text behind the last slash.
  public static String name(String link) {
    return link.substring(link.lastIndexOf('/') + 1);
  }

  /// The project of a link; empty if it has none.
  public static String project(String link) {
    return behind(link, PROJECTS);
  }

  /// The region of a link, or the region that its zone is in; empty if it has neither.
  public static String region(String link) {
    String region = behind(link, "/regions/");
    if (!region.isEmpty()) {
      return region;
    }
    String zone = behind(link, "/zones/");
    return zone.lastIndexOf('-') < 0 ? "" : zone.substring(0, zone.lastIndexOf('-'));
  }

  /// What a resource is one of, such as `networks`; empty if the link does not tell.
  static Optional<String> collection(String link) {
    String[] parts = link.split("/", -1);
    return parts.length < 2 ? Optional.empty() : Optional.of(parts[parts.length - 2]);
  }

  private static String behind(String link, String word) {
    int start = link.indexOf(word);
    if (start < 0) {
      return "";
    }
    int end = link.indexOf('/', start + word.length());
    return link.substring(start + word.length(), end < 0 ? link.length() : end);
  }
}
