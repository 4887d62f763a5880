package io.surfacescan.importers.kubernetes;

import io.surfacescan.reachability.Selector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Label selectors as selectors of marks, and the marks of pods. Only marks that a selector made
/// here reads are ever given to pods.
final class LabelSelectors {
  /// All pods.
  static final String PODS = "pods";

  /// All addresses outside.
  static final String OUTSIDE = "outside";

  /// Gateways whose packets come from a pod that may not be known.
  static final String INGRESS_GATEWAYS = "ingress gateways";

  /// Gateways whose packets come from nodes, or from where they came to the gateway.
  static final String SERVICE_GATEWAYS = "service gateways";

  private final Set<String> read = new HashSet<>();

  private Selector marked(String mark) {
    read.add(mark);
    return Selector.marked(mark);
  }

  static String namespaceMark(String namespace) {
    return "namespace " + namespace;
  }

  static String portMark(String name, String service) {
    return "port " + name + "=" + service;
  }

  Selector namespace(String name) {
    return marked(namespaceMark(name));
  }

  /// The pods whose port of this name is the service, such as `tcp/80`.
  Selector port(String name, String service) {
    return marked(portMark(name, service));
  }

  /// The labels as a service selects pods: all of them.
  List<Selector> labels(Map<String, String> wanted) {
    var all = new ArrayList<Selector>();
    wanted.forEach((key, value) -> all.add(marked(key + "=" + value)));
    return all;
  }

  /// What a selector of pods asks of their labels; nothing if it is empty.
  ///
  /// @throws InvalidValue if it has an operator that there is not
  List<Selector> ofPods(Node selector) throws InvalidValue {
    return requirements(selector, "");
  }

  /// What a selector of namespaces asks of their labels.
  ///
  /// @throws InvalidValue if it has an operator that there is not
  List<Selector> ofNamespaces(Node selector) throws InvalidValue {
    return requirements(selector, "namespace label ");
  }

  private List<Selector> requirements(Node selector, String prefix) throws InvalidValue {
    var all = new ArrayList<Selector>();
    selector
        .get("matchLabels")
        .texts()
        .forEach((key, value) -> all.add(marked(prefix + key + "=" + value)));
    for (Node expression : selector.get("matchExpressions").elements()) {
      String key = expression.get("key").text();
      var values = new ArrayList<Selector>();
      for (Node value : expression.get("values").elements()) {
        values.add(marked(prefix + key + "=" + value.text()));
      }
      String operator = expression.get("operator").text();
      all.add(
          switch (operator) {
            case "In" -> new Selector.AnyOf(values);
            case "NotIn" -> Selector.not(new Selector.AnyOf(values));
            case "Exists" -> marked(prefix + key);
            case "DoesNotExist" -> Selector.not(marked(prefix + key));
            default ->
                throw new InvalidValue(
                    expression,
                    "the operator " + InvalidValue.shown(operator) + " is not known",
                    "write In, NotIn, Exists or DoesNotExist");
          });
    }
    return all;
  }

  /// The marks of pods with these labels, in a namespace with those, but for their ports.
  List<String> marks(
      String namespace, Map<String, String> ofNamespace, Map<String, String> ofPods) {
    var marks = new ArrayList<String>();
    marks.add(PODS);
    addIfRead(namespaceMark(namespace), marks);
    addLabels("namespace label ", ofNamespace, marks);
    addLabels("", ofPods, marks);
    return marks;
  }

  void addIfRead(String mark, List<String> marks) {
    if (read.contains(mark)) {
      marks.add(mark);
    }
  }

  private void addLabels(String prefix, Map<String, String> labels, List<String> marks) {
    labels.forEach((key, value) -> {
      addIfRead(prefix + key + "=" + value, marks);
      addIfRead(prefix + key, marks);
    });
  }
}
