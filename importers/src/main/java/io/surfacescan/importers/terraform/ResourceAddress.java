package io.surfacescan.importers.terraform;

import java.util.ArrayList;
import java.util.List;

/// The address of an instance of a resource: `module.net["a"].data.aws_vpc.main[0]`.
///
/// @param module the address of the module instance; empty for the root module
/// @param isData whether it is a data source
/// @param index `[0]`, `["a"]`, or empty
record ResourceAddress(String module, boolean isData, String type, String name, String index) {
  /// A part of an address or a reference: a name with an index, if it has one.
  record Step(String name, String index) {
    @Override
    public String toString() {
      return name + index;
    }
  }

  /// The parts of an address or a reference. Dots and brackets within quotes separate nothing.
  static List<Step> steps(String text) {
    var steps = new ArrayList<Step>();
    int start = 0;
    int bracket = -1;
    int depth = 0;
    boolean isQuoted = false;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? '.' : text.charAt(i);
      if (isQuoted && i < text.length()) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          isQuoted = false;
        }
      } else if (c == '"') {
        isQuoted = true;
      } else if (c == '[') {
        bracket = depth == 0 && bracket < 0 ? i : bracket;
        depth++;
      } else if (c == ']') {
        depth--;
      } else if (c == '.' && (depth <= 0 || i >= text.length())) {
        int end = Math.min(i, text.length());
        int name = bracket < 0 ? end : bracket;
        steps.add(new Step(text.substring(start, name), text.substring(name, end)));
        start = i + 1;
        bracket = -1;
        depth = 0;
        isQuoted = false;
      }
    }
    return steps;
  }

  /// The address in a text; one without a type if it is none.
  static ResourceAddress parse(String text) {
    var steps = steps(text);
    int at = 0;
    while (at + 1 < steps.size() && steps.get(at).toString().equals("module")) {
      at += 2;
    }
    String module = joined(steps.subList(0, at));
    boolean isData = at < steps.size() && steps.get(at).toString().equals("data");
    at += isData ? 1 : 0;
    if (at + 2 != steps.size()) {
      return new ResourceAddress(module, isData, "", text, "");
    }
    var last = steps.get(at + 1);
    return new ResourceAddress(module, isData, steps.get(at).name(), last.name(), last.index());
  }

  static String joined(List<Step> steps) {
    return String.join(".", steps.stream().map(Step::toString).toList());
  }

  /// The address within its module, without an index, as the configuration has it.
  String inConfiguration() {
    return (isData ? "data." : "") + type + "." + name;
  }

  @Override
  public String toString() {
    return (module.isEmpty() ? "" : module + ".") + inConfiguration() + index;
  }
}
