package io.surfacescan.importers.gcp;

import io.surfacescan.importers.gcp.Resource.Node;
import io.surfacescan.importers.gcp.Resource.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which folders and which organization a project is in, as far as the export says.
final class Ancestry {
  /// Whether a policy of a folder or an organization is about a project.
  enum Answer {
    YES,
    NO,
    /// The export does not say, and only one folder or organization is known: it is taken to be
    /// that.
    TAKEN,
    UNKNOWN
  }

  private static final int DEPTH_MOST = 16;

  private final Map<String, List<String>> parents = new HashMap<>();
  private final Map<String, String> projectOfNumber = new HashMap<>();
  private final Set<String> organizations = new LinkedHashSet<>();
  private final Set<String> foldersWithPolicies = new LinkedHashSet<>();

  void add(Node node) {
    var known = parents.get(node.link());
    if (known == null || known.size() < node.parents().size()) {
      parents.put(node.link(), node.parents());
    }
    if (!node.alias().isEmpty() && node.link().startsWith("projects/")) {
      projectOfNumber.put(node.alias(), node.link());
    }
    for (String each : node.parents()) {
      addOrganization(each);
    }
    addOrganization(node.link());
  }

  void add(Policy policy) {
    for (String target : policy.targets()) {
      addOrganization(target);
      if (target.startsWith("folders/")) {
        foldersWithPolicies.add(target);
      }
    }
  }

  private void addOrganization(String link) {
    if (link.startsWith("organizations/")) {
      organizations.add(link);
    }
  }

  /// The link with the project's id instead of its number, if both are known.
  String canonical(String link) {
    if (projectOfNumber.isEmpty() || !link.startsWith("projects/")) {
      return link;
    }
    int end = link.indexOf('/', "projects/".length());
    String project = end < 0 ? link : link.substring(0, end);
    String id = projectOfNumber.get(project);
    return id == null ? link : id + link.substring(project.length());
  }

  /// What a project is in, the nearest first.
  List<String> of(String project) {
    var found = new ArrayList<String>();
    String at = "projects/" + project;
    for (int depth = 0; depth < DEPTH_MOST && parents.containsKey(at); depth++) {
      var next = parents.getOrDefault(at, List.of());
      if (next.isEmpty()) {
        break;
      }
      found.addAll(next);
      at = next.getLast();
    }
    return found;
  }

  /// Whether what applies to a folder or an organization applies to a project.
  Answer isIn(String project, String target) {
    var known = of(project);
    if (known.contains(target)) {
      return Answer.YES;
    }
    if (!known.isEmpty() && known.getLast().startsWith("organizations/")) {
      return Answer.NO;
    }
    if (target.startsWith("organizations/")) {
      return organizations.size() == 1 ? Answer.TAKEN : Answer.UNKNOWN;
    }
    return known.isEmpty() && foldersWithPolicies.size() == 1 ? Answer.TAKEN : Answer.UNKNOWN;
  }

  /// How far above a project something stands: lower comes first.
  int order(String project, String target) {
    int found = of(project).indexOf(target);
    return target.startsWith("organizations/")
        ? Integer.MIN_VALUE
        : found < 0 ? Integer.MAX_VALUE : -found;
  }
}
