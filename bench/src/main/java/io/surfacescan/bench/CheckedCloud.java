package io.surfacescan.bench;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.RuleDetails;
import io.surfacescan.model.Services;
import io.surfacescan.model.VmDetails;
import io.surfacescan.model.VmKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a policy is measured on: a [BenchShape] as exports have it, with the internet, kinds,
/// labels and services; and 200 rules for the layered one.
final class CheckedCloud {
  private static final List<Services> SERVICES =
      List.of("tcp/22", "tcp/443", "tcp/5432", "tcp/8000-8100", "all").stream()
          .map(text -> Services.parse(text).orElseThrow())
          .toList();

  /// In every so many rules one that the internet is the source of.
  private static final int FROM_INTERNET_ONE_IN = 1_000;

  private CheckedCloud() {}

  /// @param without every so many rules are left out; 0 for none
  static Environment of(Environment plain, int without) {
    var builder = new EnvironmentBuilder();
    for (int vm = 0; vm < plain.vmCount(); vm++) {
      var view = plain.vm(vm);
      builder.vm(view.id(), view.name().orElse(null), view.tags());
      builder.details(vm, details(view.tags()));
    }
    builder.vm("internet", "the internet", List.of("internet"));
    builder.details(
        plain.vmCount(),
        new VmDetails(VmKind.EXTERNAL, Optional.empty(), List.of(), List.of("0.0.0.0/0")));
    int added = 0;
    for (int rule = 0; rule < plain.ruleCount(); rule++) {
      if (without > 0 && rule % without == 0) {
        continue;
      }
      var view = plain.rule(rule);
      builder.rule(view.id().orElse(null), view.sourceTag(), view.destTag());
      builder.details(
          added++,
          new RuleDetails(
              SERVICES.get(rule % SERVICES.size()),
              rule % 50 == 0 ? Optional.of("a list of prefixes is absent") : Optional.empty(),
              List.of()));
      if (rule % FROM_INTERNET_ONE_IN == 0) {
        builder.rule("in-" + rule, "internet", view.sourceTag());
        builder.details(added++, new RuleDetails(SERVICES.get(1), Optional.empty(), List.of()));
      }
    }
    return builder.build();
  }

  private static VmDetails details(List<String> tags) {
    String tier =
        tags.stream().filter(tag -> tag.startsWith("tier-")).findFirst().orElse("tier-none");
    var kind =
        switch (tier) {
          case "tier-db" -> VmKind.DATABASE;
          case "tier-edge" -> VmKind.LOAD_BALANCER;
          default -> VmKind.VM;
        };
    return new VmDetails(
        kind, Optional.of("account-1/eu-1"), List.of(tier.replace('-', '=')), List.of());
  }

  /// 200 rules as teams write them, with three services: ssh, https and postgres.
  static String policy(Environment environment) {
    var services = new ArrayList<String>();
    for (int tag = 0; tag < environment.tagCount(); tag++) {
      if (environment.tag(tag).startsWith("svc-")) {
        services.add(environment.tag(tag));
      }
    }
    var rules = new StringBuilder("rules:\n");
    int number = 0;
    for (int i = 0; i < 60; i++) {
      add(
          rules,
          number++,
          "forbid: {from: \"tag:team-%02d\", to: \"tag:%s\"}"
              .formatted(i % 20, services.get(i * 7 % services.size())));
    }
    for (int i = 0; i < 40; i++) {
      add(
          rules,
          number++,
          "allow-only: {from: \"tag:%s\", to: \"tag:%s\", services: postgres, restrict: to}"
              .formatted(
                  services.get(i * 11 % services.size()), services.get(services.size() - 1 - i)));
    }
    for (int i = 0; i < 20; i++) {
      add(
          rules,
          number++,
          "forbid: {from: internet, to: [\"tag:team-%02d\"], hops: direct, services: ssh}"
              .formatted(i));
    }
    for (String demand :
        List.of(
            "forbid: {from: internet, to: \"kind:database\"}",
            "forbid: {from: internet, to: any, hops: direct, except: [{to: \"kind:load-balancer\"}]}",
            "allow-only: {from: internet, to: \"kind:load-balancer\", services: tcp/443}",
            "forbid: {from: any, to: any, hops: direct, services: ssh, except: [{from: \"tag:team-01\"}]}",
            "forbid: {from: \"label:tier=web\", to: \"label:tier=db\", hops: direct}",
            "forbid: {from: \"tag:dev\", to: \"tag:prod\", except: [{from: \"tag:team-01\", to: \"tag:team-02\"}]}",
            "forbid: {from: \"tag:svc-0*\", to: \"kind:database\", hops: 2, services: postgres}",
            "limit: {of: \"kind:database\", internet_hops: 4}",
            "limit: {of: any, attackers_share: 50%}",
            "limit: {of: any, blast_radius_share: 50%, services: ssh}",
            "limit: {of: any, attackers: 10000, services: postgres}",
            "lint: [unused, duplicate, shadowed]",
            "lint: [phantom-tag, open, assumed]",
            "lint: [duplicate]",
            "no-new: {what: [exposure]}",
            "no-new: {what: [surfaces]}",
            "no-new: {what: [direct]}",
            "no-new: {what: [services]}",
            "no-new: {of: \"tag:team-01\"}",
            "no-new: {what: [direct], of: \"kind:database\"}")) {
      add(rules, number++, demand);
    }
    for (int i = 0; i < 20; i++) {
      add(rules, number++, "limit: {of: \"tag:team-%02d\", reachable: 1000}".formatted(i));
      add(
          rules,
          number++,
          "limit: {of: \"tag:team-%02d\", attackers: 5000, services: https}".formatted(i));
      add(rules, number++, "limit: {of: \"tag:team-%02d\", blast_radius: 5000}".formatted(i));
    }
    return rules.toString();
  }

  private static void add(StringBuilder rules, int number, String demand) {
    rules.append(
        "  - {id: r-%d, title: A rule, severity: low, may_be_empty: true, %s}%n"
            .formatted(number, demand));
  }
}
