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
  /// All addresses outside.
  static final String OUTSIDE = "outside";

  private final Set<String> read = new HashSet<>();

  /// Keeps the marks of clusters apart; empty for the only one.
  private final String prefix;

  LabelSelectors(String prefix) {
    this.prefix = prefix;
  }

  /// The mark of all pods.
  String podsMark() {
    return prefix + "pods";
  }

  /// All pods.
  Selector pods() {
    return Selector.marked(podsMark());
  }

  /// The mark of gateways whose packets come from a pod that may not be known.
  String ingressGateways() {
    return prefix + "ingress gateways";
  }

  /// The mark of gateways whose packets come from nodes, or from where they came to the gateway.
  String serviceGateways() {
    return prefix + "service gateways";
  }

  private Selector marked(String mark) {
    read.add(mark);
    return Selector.marked(mark);
  }

  private String namespaceMark(String namespace) {
    return prefix + "namespace " + namespace;
  }

  String portMark(String name, String service) {
    return prefix + "port " + name + "=" + service;
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
    wanted.forEach((key, value) -> all.add(marked(prefix + key + "=" + value)));
    return all;
  }

  /// What a selector of pods asks of their labels; nothing if it is empty.
  ///
  /// @throws InvalidValue if it has an operator that there is not
  List<Selector> ofPods(Node selector) throws InvalidValue {
    return requirements(selector, prefix);
  }

  /// What a selector of namespaces asks of their labels.
  ///
  /// @throws InvalidValue if it has an operator that there is not
  List<Selector> ofNamespaces(Node selector) throws InvalidValue {
    return requirements(selector, prefix + "namespace label ");
  }

  private List<Selector> requirements(Node selector, String before) throws InvalidValue {
    selector.only("a selector", "matchLabels", "matchExpressions");
    if (!selector.get("matchLabels").isNothing() && !selector.get("matchLabels").isObject()) {
      throw new InvalidValue(
          selector.get("matchLabels"), "matchLabels is no object", "write {key: value, …}");
    }
    var all = new ArrayList<Selector>();
    selector
        .get("matchLabels")
        .texts()
        .forEach((key, value) -> all.add(marked(before + key + "=" + value)));
    for (Node expression : selector.list("matchExpressions")) {
      expression.only("an expression", "key", "operator", "values");
      String key = expression.get("key").text();
      var values = new ArrayList<Selector>();
      for (Node value : expression.list("values")) {
        values.add(marked(before + key + "=" + value.text()));
      }
      String operator = expression.get("operator").text();
      checkValues(expression, operator, !values.isEmpty());
      all.add(
          switch (operator) {
            case "In" -> new Selector.AnyOf(values);
            case "NotIn" -> Selector.not(new Selector.AnyOf(values));
            case "Exists" -> marked(before + key);
            case "DoesNotExist" -> Selector.not(marked(before + key));
            default ->
                throw new InvalidValue(
                    expression,
                    "the operator " + InvalidValue.shown(operator) + " is not known",
                    "write In, NotIn, Exists or DoesNotExist");
          });
    }
    return all;
  }

  private static void checkValues(Node expression, String operator, boolean hasValues)
      throws InvalidValue {
    boolean needsValues = operator.equals("In") || operator.equals("NotIn");
    boolean takesNone = operator.equals("Exists") || operator.equals("DoesNotExist");
    if (expression.get("key").text().isEmpty()) {
      throw new InvalidValue(expression, "an expression has no key", "name the label");
    }
    if (needsValues && !hasValues) {
      throw new InvalidValue(
          expression, "the operator " + operator + " has no values", "list at least one");
    }
    if (takesNone && hasValues) {
      throw new InvalidValue(
          expression, "the operator " + operator + " has values", "take them out, or write In");
    }
  }

  /// The marks of pods with these labels, in a namespace with those, but for their ports.
  List<String> marks(
      String namespace, Map<String, String> ofNamespace, Map<String, String> ofPods) {
    var marks = new ArrayList<String>();
    marks.add(podsMark());
    addIfRead(namespaceMark(namespace), marks);
    addLabels(prefix + "namespace label ", ofNamespace, marks);
    addLabels(prefix, ofPods, marks);
    return marks;
  }

  void addIfRead(String mark, List<String> marks) {
    if (read.contains(mark)) {
      marks.add(mark);
    }
  }

  private void addLabels(String before, Map<String, String> labels, List<String> marks) {
    labels.forEach((key, value) -> {
      addIfRead(before + key + "=" + value, marks);
      addIfRead(before + key, marks);
    });
  }
}
