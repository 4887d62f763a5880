package io.surfacescan.testkit.aws;

import io.surfacescan.testkit.aws.AwsWorld.Acl;
import io.surfacescan.testkit.aws.AwsWorld.Attachment;
import io.surfacescan.testkit.aws.AwsWorld.Balancer;
import io.surfacescan.testkit.aws.AwsWorld.Entry;
import io.surfacescan.testkit.aws.AwsWorld.Group;
import io.surfacescan.testkit.aws.AwsWorld.GroupRule;
import io.surfacescan.testkit.aws.AwsWorld.Nat;
import io.surfacescan.testkit.aws.AwsWorld.Nic;
import io.surfacescan.testkit.aws.AwsWorld.Peering;
import io.surfacescan.testkit.aws.AwsWorld.PrefixList;
import io.surfacescan.testkit.aws.AwsWorld.Route;
import io.surfacescan.testkit.aws.AwsWorld.Subnet;
import io.surfacescan.testkit.aws.AwsWorld.Table;
import io.surfacescan.testkit.aws.AwsWorld.Transit;
import io.surfacescan.testkit.aws.AwsWorld.Vpc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Draws worlds in which ranges overlap, rules contradict each other and routes lead nowhere.
public final class RandomAwsWorlds {
  private static final List<String> VPC_CIDRS =
      List.of("10.0.0.0/16", "10.1.0.0/16", "10.0.0.0/16", "192.168.0.0/16");
  private static final List<String> PEERS =
      List.of(
          "0.0.0.0/0",
          "10.0.0.0/8",
          "10.0.1.0/24",
          "10.1.0.0/16",
          "10.0.0.0/24",
          "192.168.0.0/16",
          "8.8.0.0/16",
          "8.8.8.8/32",
          "52.0.0.0/8");

  private final Random random;
  private final List<Vpc> vpcs = new ArrayList<>();
  private final List<Subnet> subnets = new ArrayList<>();
  private final List<Nic> nics = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();
  private final List<Acl> acls = new ArrayList<>();
  private final List<Table> tables = new ArrayList<>();
  private final List<Nat> nats = new ArrayList<>();
  private final List<Peering> peerings = new ArrayList<>();
  private final List<Balancer> balancers = new ArrayList<>();
  private final List<PrefixList> prefixLists = new ArrayList<>();
  private Optional<Transit> transit = Optional.empty();

  private RandomAwsWorlds(long seed) {
    random = new Random(seed);
  }

  public static AwsWorld of(long seed) {
    return new RandomAwsWorlds(seed).draw();
  }

  /// Addresses of the internet that the rules of a world tell apart.
  public static List<String> addressesOutside() {
    return List.of("8.8.8.8", "8.8.9.9", "52.1.2.3", "200.0.0.1");
  }

  /// Packets of which rules speak, and some of which none does.
  public static List<NaiveAws.Packet> packets() {
    var packets = new ArrayList<NaiveAws.Packet>();
    for (int port : List.of(1, 22, 80, 443, 8080, 65_535)) {
      packets.add(new NaiveAws.Packet("tcp", port));
    }
    packets.add(new NaiveAws.Packet("udp", 53));
    packets.add(new NaiveAws.Packet("icmp", 0));
    packets.add(new NaiveAws.Packet("sctp", 9));
    return packets;
  }

  private boolean is(double chance) {
    return random.nextDouble() < chance;
  }

  private <T> T any(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  private AwsWorld draw() {
    prefixLists.add(new PrefixList("pl-known", Optional.of(List.of("10.0.0.0/16", "52.0.0.0/8"))));
    prefixLists.add(new PrefixList("pl-unknown", Optional.empty()));
    prefixLists.add(new PrefixList("pl-empty", Optional.of(List.of())));
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      String id = "vpc-" + i;
      vpcs.add(
          new Vpc(
              id,
              i % 2 == 0 ? "111111111111" : "222222222222",
              VPC_CIDRS.get(i),
              "igw-" + i,
              is(0.8)));
      drawSubnets(i, id);
    }
    drawPeerings();
    drawTransit();
    vpcs.forEach(vpc -> drawGroups(vpc));
    drawNics();
    drawBalancers();
    vpcs.forEach(this::drawAcls);
    vpcs.forEach(this::drawTables);
    return new AwsWorld(
        vpcs, subnets, nics, groups, acls, tables, nats, peerings, transit, balancers, prefixLists);
  }

  private void drawSubnets(int number, String vpc) {
    String prefix = VPC_CIDRS.get(number).substring(0, VPC_CIDRS.get(number).indexOf(".0.0/"));
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      subnets.add(
          new Subnet(
              "subnet-" + number + i,
              vpc,
              prefix + "." + i + ".0/24",
              is(0.5) ? "us-east-1a" : "us-east-1b"));
    }
  }

  private void drawPeerings() {
    for (int i = 0; i < vpcs.size(); i++) {
      for (int j = i + 1; j < vpcs.size(); j++) {
        boolean overlap = vpcs.get(i).cidr().equals(vpcs.get(j).cidr());
        if (is(0.5) && !overlap) {
          peerings.add(new Peering("pcx-" + i + j, vpcs.get(i).id(), vpcs.get(j).id(), is(0.8)));
        }
      }
    }
  }

  private void drawTransit() {
    if (vpcs.size() < 2 || is(0.4)) {
      return;
    }
    var attachments = new ArrayList<Attachment>();
    var routes = new ArrayList<Route>();
    for (Vpc vpc : vpcs) {
      if (is(0.8)) {
        var own = subnets.stream().filter(subnet -> subnet.vpc().equals(vpc.id())).toList();
        String id = "tgw-attach-" + vpc.id();
        attachments.add(new Attachment(id, vpc.id(), List.of(any(own).id())));
        boolean isTaken = routes.stream().anyMatch(route -> route.cidr().equals(vpc.cidr()));
        if (is(0.8) && !isTaken) {
          routes.add(new Route(vpc.cidr(), id));
        }
      }
    }
    if (is(0.3)) {
      routes.add(new Route("10.1.0.0/24", "blackhole"));
    }
    transit =
        Optional.of(
            new Transit(
                "tgw-1",
                "tgw-rtb-1",
                attachments,
                is(0.8) ? Optional.of(routes) : Optional.empty()));
  }

  private void drawGroups(Vpc vpc) {
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      groups.add(new Group("sg-" + vpc.id() + "-" + i, vpc.id(), new ArrayList<>()));
    }
    for (Group group : groups) {
      if (group.vpc().equals(vpc.id())) {
        var rules = group.rules();
        if (is(0.5)) {
          rules.add(new GroupRule(true, "-1", -1, -1, "0.0.0.0/0"));
        }
        int more = random.nextInt(5);
        for (int i = 0; i < more; i++) {
          rules.add(groupRule());
        }
      }
    }
  }

  private GroupRule groupRule() {
    String protocol = any(List.of("tcp", "tcp", "udp", "icmp", "-1"));
    int from = any(List.of(0, 22, 80, 53, 443));
    int to = is(0.5) ? from : any(List.of(443, 8080, 65_535));
    String peer = is(0.4) ? any(groups).id() : is(0.1) ? any(prefixLists).id() : any(PEERS);
    return new GroupRule(is(0.4), protocol, Math.min(from, to), Math.max(from, to), peer);
  }

  private void drawNics() {
    int number = 0;
    for (Subnet subnet : subnets) {
      int count = 1 + random.nextInt(3);
      for (int i = 0; i < count; i++) {
        var mine = nics.stream().filter(nic -> vpcOf(nic.subnet()).equals(subnet.vpc())).toList();
        String instance = is(0.15) && !mine.isEmpty() ? any(mine).instance() : "i-" + number;
        nics.add(nic("eni-" + number, instance, subnet, 10 + i));
        number++;
      }
    }
  }

  private String vpcOf(String subnet) {
    return subnets.stream()
        .filter(some -> some.id().equals(subnet))
        .findFirst()
        .orElseThrow()
        .vpc();
  }

  private Nic nic(String id, String instance, Subnet subnet, int host) {
    var own = groups.stream().filter(group -> group.vpc().equals(subnet.vpc())).toList();
    var mine = new ArrayList<String>();
    mine.add(any(own).id());
    if (is(0.3)) {
      mine.add(any(own).id());
    }
    String prefix = subnet.cidr().substring(0, subnet.cidr().indexOf(".0/"));
    return new Nic(
        id,
        instance,
        subnet.id(),
        prefix + "." + host,
        is(0.5) ? Optional.of("54.0." + (nics.size() + 1) + "." + host) : Optional.empty(),
        mine.stream().distinct().toList());
  }

  private void drawBalancers() {
    if (is(0.5)) {
      return;
    }
    boolean isNetwork = is(0.5);
    Vpc vpc = any(vpcs);
    var own = subnets.stream().filter(subnet -> subnet.vpc().equals(vpc.id())).toList();
    var instances =
        nics.stream()
            .filter(nic -> vpcOf(nic.subnet()).equals(vpc.id()))
            .map(Nic::instance)
            .distinct()
            .toList();
    var targets = new ArrayList<String>();
    targets.add(any(instances));
    targets.add(any(instances));
    for (Nic nic : nics) {
      if (targets.contains(nic.instance())) {
        String peer = is(0.3) ? any(groups).id() : any(List.of("0.0.0.0/0", "10.0.0.0/8"));
        groups.stream()
            .filter(group -> group.id().equals(nic.groups().getFirst()))
            .forEach(group -> group.rules().add(new GroupRule(false, "tcp", 8080, 8080, peer)));
      }
    }
    var ids = new ArrayList<String>();
    for (Subnet subnet : own) {
      String id = "eni-lb-" + subnet.id();
      Nic nic = nic(id, id, subnet, 200);
      ids.add(id);
      boolean hasGroups = !isNetwork || is(0.5);
      nics.add(
          new Nic(
              nic.id(),
              nic.instance(),
              nic.subnet(),
              nic.address(),
              nic.outer(),
              hasGroups ? nic.groups() : List.of()));
    }
    balancers.add(
        new Balancer(
            "front", ids, isNetwork, 80, 8080, is(0.3), targets.stream().distinct().toList()));
  }

  private void drawAcls(Vpc vpc) {
    var open = new ArrayList<Entry>();
    open.add(new Entry(100, false, true, "-1", 0, 0, "0.0.0.0/0"));
    open.add(new Entry(100, true, true, "-1", 0, 0, "0.0.0.0/0"));
    open.add(new Entry(32_767, false, false, "-1", 0, 0, "0.0.0.0/0"));
    open.add(new Entry(32_767, true, false, "-1", 0, 0, "0.0.0.0/0"));
    acls.add(new Acl("acl-" + vpc.id(), vpc.id(), true, List.of(), open));
    var custom = new ArrayList<String>();
    for (Subnet subnet : subnets) {
      if (subnet.vpc().equals(vpc.id()) && is(0.4)) {
        custom.add(subnet.id());
      }
    }
    if (!custom.isEmpty()) {
      var entries = new ArrayList<Entry>();
      int count = random.nextInt(6);
      for (int i = 0; i < count; i++) {
        String protocol = any(List.of("tcp", "tcp", "udp", "icmp", "-1"));
        int from = any(List.of(22, 80, 53));
        entries.add(
            new Entry(
                10 * (count - i),
                is(0.5),
                is(0.6),
                protocol,
                from,
                from + any(List.of(0, 8000)),
                any(PEERS)));
      }
      if (is(0.7)) {
        entries.addAll(open);
      }
      acls.add(new Acl("acl-custom-" + vpc.id(), vpc.id(), false, custom, entries));
    }
  }

  private void drawTables(Vpc vpc) {
    var own = subnets.stream().filter(subnet -> subnet.vpc().equals(vpc.id())).toList();
    if (is(0.5)) {
      nats.add(new Nat("nat-" + vpc.id(), any(own).id()));
    }
    tables.add(new Table("rtb-main-" + vpc.id(), vpc.id(), true, List.of(), routes(vpc)));
    var custom = new ArrayList<String>();
    for (Subnet subnet : own) {
      if (is(0.5)) {
        custom.add(subnet.id());
      }
    }
    if (!custom.isEmpty()) {
      tables.add(new Table("rtb-custom-" + vpc.id(), vpc.id(), false, custom, routes(vpc)));
    }
  }

  private List<Route> routes(Vpc vpc) {
    var routes = new ArrayList<Route>();
    var outs = new ArrayList<String>(List.of(vpc.gateway(), vpc.gateway(), "blackhole"));
    nats.stream()
        .filter(nat -> vpcOf(nat.subnet()).equals(vpc.id()))
        .forEach(nat -> outs.add(nat.id()));
    if (is(0.8)) {
      routes.add(new Route("0.0.0.0/0", any(outs)));
    }
    if (is(0.3)) {
      routes.add(new Route("8.8.0.0/16", any(outs)));
    }
    for (Peering peering : peerings) {
      boolean isMine = peering.requester().equals(vpc.id()) || peering.accepter().equals(vpc.id());
      if (isMine && is(0.7)) {
        String other =
            peering.requester().equals(vpc.id()) ? peering.accepter() : peering.requester();
        String cidr =
            vpcs.stream().filter(some -> some.id().equals(other)).findFirst().orElseThrow().cidr();
        String range = is(0.3) ? cidr.replace("0.0/16", "0.0/24") : cidr;
        if (routes.stream().noneMatch(route -> route.cidr().equals(range))) {
          routes.add(new Route(range, peering.id()));
        }
      }
    }
    if (transit.isPresent() && is(0.7)) {
      routes.add(new Route(is(0.5) ? "10.0.0.0/8" : "192.0.0.0/8", transit.get().id()));
    }
    if (is(0.15)) {
      String hole = vpc.cidr().replace("0.0/16", "1.0/24");
      if (routes.stream().noneMatch(route -> route.cidr().equals(hole))) {
        routes.add(new Route(hole, "blackhole"));
      }
    }
    return routes;
  }
}
