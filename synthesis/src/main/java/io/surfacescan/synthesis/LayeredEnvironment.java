package io.surfacescan.synthesis;

import io.surfacescan.model.FirewallRule;
import io.surfacescan.model.Vm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// [Shape#LAYERED].
///
/// A *deployment* is one service in one *place*, a stage and a region: deployment number = service
/// x places + place. Services are numbered tier by tier. Memory: two numbers per deployment.
final class LayeredEnvironment extends SeededEnvironment {
  private static final int SIZES = OWN;
  private static final int FAME = OWN + 1;
  private static final int VARIANTS = OWN + 2;
  private static final int CALLERS = OWN + 3;
  private static final int CROSSES = OWN + 4;
  private static final int OTHER_PLACE = OWN + 5;
  private static final int CALLS_BACK = OWN + 6;
  private static final int BACK_CALLER = OWN + 7;

  private static final List<String> TIERS = List.of("edge", "web", "api", "app", "cache", "db");
  private static final List<String> STAGES = List.of("prod", "staging", "dev");
  private static final List<String> REGIONS =
      List.of("eu-west-1", "us-east-1", "ap-south-1", "eu-north-1", "us-west-2", "sa-east-1");

  /// The shared tags that rules lead to.
  private static final List<String> SHARED = List.of("ssh", "monitoring", "backup");

  /// The combinations of shared tags on VMs.
  private static final List<List<String>> COMBINATIONS =
      List.of(
          List.of("ssh"),
          List.of("ssh", "monitoring"),
          List.of(),
          List.of("ssh", "monitoring", "backup"),
          List.of("monitoring"));

  /// How many combinations a deployment has, one in eight each: 2.75 on average.
  private static final int[] COMBINATION_COUNTS = {1, 2, 2, 3, 3, 3, 4, 4};

  private static final int TEAMS_MAX = 40;
  private static final int TAGS_PER_TEAM = 500;
  private static final int DEPLOYMENTS_MIN = 12;

  /// With fewer services than this, one place is enough.
  private static final int SERVICES_PER_PLACE = 36;

  static final int TAGS_MIN = TIERS.size() + SHARED.size() + 3 + DEPLOYMENTS_MIN;
  private static final int CROSSES_ONE_IN = 32;
  private static final int CALLS_BACK_ONE_IN = 256;
  private static final int FAME_MAX = 5;

  private static final List<String> NAMES =
      List.of(
          "checkout",
          "catalog",
          "search",
          "billing",
          "identity",
          "profile",
          "notify",
          "metrics",
          "reports",
          "orders",
          "pricing",
          "shipping",
          "support",
          "builds",
          "config",
          "queue");

  /// Which services there are and where they are deployed; follows from the number of tags alone.
  private record Plan(int teams, int deployments, int regions, int places, int services) {
    static Plan of(int tags) {
      int teams = Math.clamp(tags / TAGS_PER_TEAM, 1, TEAMS_MAX);
      int stages = Math.clamp(tags / SERVICES_PER_PLACE, 1, STAGES.size());
      int regions = Math.clamp(tags / (SERVICES_PER_PLACE * stages), 1, REGIONS.size());
      int deployments = tags - teams - TIERS.size() - SHARED.size() - stages - regions;
      int places = stages * regions;
      // The last service need not stand in every place.
      int services = (deployments + places - 1) / places;
      return new Plan(teams, deployments, regions, places, services);
    }

    int tierOf(int service) {
      return (int) ((long) service * TIERS.size() / services);
    }

    int firstService(int tier) {
      return (int) (((long) tier * services + TIERS.size() - 1) / TIERS.size());
    }

    int servicesIn(int tier) {
      return firstService(tier + 1) - firstService(tier);
    }

    /// The services that may call the deployment: those of the tier before.
    int callersMax(int deployment) {
      int tier = tierOf(deployment / places);
      return tier == 0 ? 0 : servicesIn(tier - 1);
    }

    long rulesMax() {
      long rules = SHARED.size();
      for (int deployment = 0; deployment < deployments; deployment++) {
        rules += callersMax(deployment);
      }
      return rules;
    }
  }

  private final Plan plan;

  /// Where each deployment's VMs start in the scattered order.
  private final long[] firstVm;

  /// Where each deployment's rules start in the scattered order, which begins with the rules to
  /// shared tags.
  private final long[] firstRule;

  private final int sharedRules;
  private final Permutation vmOrder;
  private final Permutation ruleOrder;

  LayeredEnvironment(int vms, int tags, int rules, long seed) {
    super(vms, tags, rules, seed);
    require(tags >= TAGS_MIN, "layered needs at least " + TAGS_MIN + " tags, not " + tags);
    require(tags <= vms, "layered needs as many VMs as its " + tags + " tags, not " + vms);
    plan = Plan.of(tags);
    require(
        rules <= plan.rulesMax(),
        "layered has at most " + plan.rulesMax() + " rules on " + tags + " tags, not " + rules);
    sharedRules = Math.min(rules, SHARED.size());
    firstVm = dealVms();
    firstRule = dealRules(rules - sharedRules);
    vmOrder = vmOrder();
    ruleOrder = ruleOrder();
  }

  /// The most rules on so many tags.
  static long rulesMax(int tags) {
    return Plan.of(tags).rulesMax();
  }

  /// At least one VM for each deployment, up to sixteen times as many for one as for another.
  private long[] dealVms() {
    int[] weights = new int[plan.deployments];
    for (int deployment = 0; deployment < weights.length; deployment++) {
      int draw = 1 + draws.below(16, SIZES, deployment);
      weights[deployment] = 1 + draw * draw / 16;
    }
    int[] most = new int[weights.length];
    Arrays.fill(most, vmCount());
    long[] starts = Apportionment.starts(vmCount() - weights.length, weights, most);
    for (int deployment = 0; deployment < starts.length; deployment++) {
      starts[deployment] += deployment;
    }
    return starts;
  }

  /// Half of the deployments have the fewest callers, half of the others twice as many, and so on.
  private long[] dealRules(int rules) {
    int[] weights = new int[plan.deployments];
    int[] most = new int[weights.length];
    for (int deployment = 0; deployment < weights.length; deployment++) {
      int fame = Long.numberOfTrailingZeros(draws.word(FAME, deployment));
      weights[deployment] = 1 << Math.min(fame, FAME_MAX);
      most[deployment] = plan.callersMax(deployment);
    }
    return Apportionment.starts(rules, weights, most);
  }

  @Override
  public Vm vm(int index) {
    long place = vmOrder.at(index);
    int deployment = Apportionment.at(firstVm, place);
    int service = deployment / plan.places;
    int number = (int) (place - firstVm[deployment]);
    var combination = combination(deployment, number);
    var tags = new ArrayList<String>(5 + combination.size());
    tags.add(tag(deployment));
    tags.add("tier-" + TIERS.get(plan.tierOf(service)));
    tags.add("team-" + padded(service % plan.teams, 2));
    tags.add(stage(deployment));
    tags.add(region(deployment));
    tags.addAll(combination);
    return new Vm(
        vmId(index),
        Optional.of(serviceName(service) + "-" + where(deployment) + "-" + padded(number, 4)),
        tags);
  }

  private List<String> combination(int deployment, int number) {
    int draw = draws.below(COMBINATION_COUNTS.length, VARIANTS, deployment);
    int variant = number % COMBINATION_COUNTS[draw];
    return COMBINATIONS.get((deployment + variant) % COMBINATIONS.size());
  }

  private static String serviceName(int service) {
    String name = NAMES.get(service % NAMES.size());
    return service < NAMES.size() ? name : name + "-" + service / NAMES.size();
  }

  @Override
  public FirewallRule rule(int index) {
    int number = (int) ruleOrder.at(index);
    if (number < sharedRules) {
      return rule(index, tag(number % (plan.firstService(1) * plan.places)), SHARED.get(number));
    }
    int place = number - sharedRules;
    int dest = Apportionment.at(firstRule, place);
    return rule(index, tag(caller(dest, (int) (place - firstRule[dest]))), tag(dest));
  }

  /// The deployment from which a rule to this one starts: for each number another service.
  private int caller(int deployment, int number) {
    int tier = plan.tierOf(deployment / plan.places);
    int place = deployment % plan.places;
    if (number == 0
        && tier + 1 < TIERS.size()
        && draws.below(CALLS_BACK_ONE_IN, CALLS_BACK, deployment) == 0) {
      // Not the last service, which need not stand in every place.
      int others = plan.servicesIn(tier + 1) - 1;
      int back = plan.firstService(tier + 1) + draws.below(others, BACK_CALLER, deployment);
      return back * plan.places + place;
    }
    var order = new Permutation(plan.servicesIn(tier - 1), draws.word(CALLERS, deployment));
    int service = plan.firstService(tier - 1) + (int) order.at(number);
    long rule = firstRule[deployment] + number;
    boolean crosses = draws.below(CROSSES_ONE_IN, CROSSES, rule) == 0;
    return service * plan.places + (crosses ? draws.below(plan.places, OTHER_PLACE, rule) : place);
  }

  private String tag(int deployment) {
    int width = Math.max(4, digits(plan.services));
    return "svc-" + padded(deployment / plan.places, width) + "-" + where(deployment);
  }

  private String where(int deployment) {
    return stage(deployment) + "-" + region(deployment);
  }

  private String stage(int deployment) {
    return STAGES.get(deployment % plan.places / plan.regions);
  }

  private String region(int deployment) {
    return REGIONS.get(deployment % plan.places % plan.regions);
  }
}
