package io.surfacescan.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a PromQL expression names.
///
/// @param selectors each metric with its matchers
/// @param grouping the labels that it groups or matches by
record PromQl(List<Selector> selectors, Set<String> grouping) {
  /// @param matchers those of its labels
  record Selector(String metric, List<Matcher> matchers) {}

  /// @param operator `=`, `!=`, `=~` or `!~`
  record Matcher(String label, String operator, String value) {}

  private static final Pattern GROUPING =
      Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
  private static final Pattern METRIC =
      Pattern.compile("\\b([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\{[^}]*})?(?!\\s*\\(|[\\w:])");
  private static final Pattern MATCHER =
      Pattern.compile("([a-zA-Z_]\\w*)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
  private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
  private static final Set<String> WORDS =
      Set.of("and", "or", "unless", "bool", "offset", "inf", "nan", "by", "without", "on");

  static PromQl of(String expression) {
    var grouping = new TreeSet<String>();
    var groups = GROUPING.matcher(expression);
    while (groups.find()) {
      for (String label : List.of(groups.group(1).trim().split("\\s*,\\s*"))) {
        grouping.add(label);
      }
    }
    String bare = RANGE.matcher(groups.replaceAll(" ")).replaceAll(" ");
    var selectors = new ArrayList<Selector>();
    var metrics = METRIC.matcher(bare);
    while (metrics.find()) {
      if (!WORDS.contains(metrics.group(1))) {
        selectors.add(new Selector(metrics.group(1), matchers(metrics.group(2))));
      }
    }
    return new PromQl(selectors, grouping);
  }

  private static List<Matcher> matchers(@Nullable String braces) {
    var matchers = new ArrayList<Matcher>();
    var found = MATCHER.matcher(braces == null ? "" : braces);
    while (found.find()) {
      matchers.add(new Matcher(found.group(1), found.group(2), found.group(3)));
    }
    return matchers;
  }
}
