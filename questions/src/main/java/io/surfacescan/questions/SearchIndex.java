package io.surfacescan.questions;

import io.surfacescan.engine.Deadline;
import io.surfacescan.model.Environment;
import io.surfacescan.model.NGramIndex;
import io.surfacescan.model.Services;
import io.surfacescan.model.Texts;
import io.surfacescan.questions.arguments.NamedServices;
import io.surfacescan.questions.arguments.RuleFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a search looks in: the ids and names of VMs, the tags, the ids of rules, and the services
/// that rules name. Immutable.
///
/// Cost: that of an [NGramIndex] over each, and a pass over VMs and rules. Takes its memory, 4
/// bytes a tag, and a few objects for each service.
public final class SearchIndex {
  /// A service as rules name it, such as `tcp/22`.
  ///
  /// @param name the first of the names that people know it by
  /// @param rules how many rules name it
  public record NamedService(String text, Optional<String> name, Services services, int rules) {}

  private static final int REHEARSALS_MOST = 400;
  private static final int REHEARSED_LENGTH = 9;

  private final NGramIndex vms;
  private final NGramIndex tags;
  private final NGramIndex rules;
  private final NGramIndex services;
  private final List<NamedService> namedServices;
  private final int[] vmsPerTag;

  private SearchIndex(Environment environment, List<NamedService> namedServices) {
    this.vms = NGramIndex.of(environment.vmIds(), environment.vmNames());
    this.tags = NGramIndex.of(environment.tags());
    this.rules = NGramIndex.of(environment.ruleIds());
    this.namedServices = namedServices;
    this.services =
        NGramIndex.of(
            Texts.of(namedServices.stream().map(NamedService::text).toList()),
            Texts.of(namedServices.stream().map(service -> service.name.orElse("")).toList()));
    this.vmsPerTag = environment.vmsPerTag();
  }

  public static SearchIndex of(Environment environment) {
    return new SearchIndex(environment, services(environment));
  }

  /// The services that the rules name one by one, in the order of their texts.
  private static List<NamedService> services(Environment environment) {
    if (!environment.hasRuleDetails()) {
      return List.of();
    }
    var rulesOf = new TreeMap<String, Integer>();
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      var services = environment.services(rule);
      if (!services.equals(Services.ALL)) {
        new HashSet<>(services.texts()).forEach(text -> rulesOf.merge(text, 1, Integer::sum));
      }
    }
    var names = names();
    var named = new ArrayList<NamedService>(rulesOf.size());
    rulesOf.forEach((text, rules) ->
        named.add(
            new NamedService(
                text,
                Optional.ofNullable(names.get(text)),
                Services.parse(text).orElseThrow(),
                rules)));
    return List.copyOf(named);
  }

  private static Map<String, String> names() {
    var names = new HashMap<String, String>();
    for (String name : NamedServices.names()) {
      for (String text : NamedServices.parse(name).orElseThrow().texts()) {
        names.putIfAbsent(text, name);
      }
    }
    return names;
  }

  /// Searches for parts of the ids and names that are there, as users would, until the deadline has
  /// passed or a few hundred searches are done: what is run often is compiled.
  public void rehearse(Environment environment, Deadline deadline) {
    int vms = environment.vmCount();
    for (int i = 0; i < REHEARSALS_MOST && i < vms; i++) {
      int vm = (int) ((long) i * vms / Math.min(vms, REHEARSALS_MOST));
      String text = i % 2 == 0 ? environment.vmId(vm) : environment.vmName(vm).orElse("");
      int end = Math.min(text.length(), 1 + i % REHEARSED_LENGTH);
      for (var kind : Suggestion.Kind.values()) {
        if (end == 0 || deadline.passed()) {
          break;
        }
        search(environment, kind, text.substring(0, end), 10, RuleFilter.NONE);
        search(environment, kind, text.substring(text.length() - end), 10, RuleFilter.NONE);
      }
    }
  }

  /// How many VMs carry a tag.
  public int vmsCarrying(int tag) {
    return vmsPerTag[tag];
  }

  public NamedService service(int index) {
    return namedServices.get(index);
  }

  /// The closest of one kind.
  ///
  /// @param filter rules that it does not let through are left out, and services that it does not
  ///   name
  List<NGramIndex.Match> search(
      Environment environment, Suggestion.Kind kind, String part, int most, RuleFilter filter) {
    return switch (kind) {
      case VM -> vms.search(part, most, ignored -> true);
      case TAG -> tags.search(part, most, ignored -> true);
      case RULE -> rules.search(part, most, rule -> filter.letsThrough(environment, rule));
      case SERVICE ->
          services.search(part, most, index -> filter.services().meets(service(index).services()));
    };
  }
}
