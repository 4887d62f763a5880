package io.surfacescan.reachability.lowering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Environment;
import io.surfacescan.model.Origin;
import io.surfacescan.model.Place;
import io.surfacescan.model.Services;
import io.surfacescan.model.Services.Protocol;
import io.surfacescan.model.TooLarge;
import io.surfacescan.model.VmKind;
import io.surfacescan.reachability.Direction;
import io.surfacescan.reachability.Endpoint;
import io.surfacescan.reachability.Explanation;
import io.surfacescan.reachability.Gate;
import io.surfacescan.reachability.GateRule;
import io.surfacescan.reachability.GateRule.Action;
import io.surfacescan.reachability.Link;
import io.surfacescan.reachability.Marks;
import io.surfacescan.reachability.NamedPort;
import io.surfacescan.reachability.NetworkInterface;
import io.surfacescan.reachability.Outside;
import io.surfacescan.reachability.PortName;
import io.surfacescan.reachability.ReachabilityModel;
import io.surfacescan.reachability.Selector;
import io.surfacescan.reachability.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// One trap each, worked out by hand.
class LoweringTest {
  private static final Selector ANY = Selector.everyone();
  private static final Selector NOBODY = Selector.nobody();

  private final ReachabilityModel.Builder model = new ReachabilityModel.Builder();

  private void vm(String id, String... marks) {
    model.endpoint(Endpoint.of(id, VmKind.VM, new NetworkInterface(Marks.of(marks))));
  }

  private void addressed(String id, String address, String... marks) {
    model.endpoint(
        Endpoint.of(id, VmKind.VM, new NetworkInterface(Marks.of(marks), range(address))));
  }

  private void internet(String... ranges) {
    model.outside(
        new Outside(
            "internet",
            "the internet",
            Optional.empty(),
            Direction.INGRESS,
            Marks.NONE,
            List.of(ranges).stream().map(LoweringTest::range).toList()));
  }

  private void linkAll() {
    model.link(new Link("net", "network", Optional.empty(), ANY, ANY, Services.ALL));
  }

  private void gate(Direction direction, Selector guards, Selector exempt, GateRule... rules) {
    model.gate(Gate.of("gate", "the gate", direction, guards, exempt, List.of(rules)));
  }

  private static GateRule allow(String id, Selector targets, Selector peers, String services) {
    return GateRule.allow(id, Optional.empty(), targets, peers, services(services));
  }

  private static GateRule deny(String id, Selector targets, Selector peers, String services) {
    return GateRule.deny(id, Optional.empty(), targets, peers, services(services));
  }

  private static GateRule pass(String id, Selector targets, Selector peers, String services) {
    return new GateRule(
        id, Optional.empty(), Action.PASS, targets, peers, services(services), List.of(), "pass");
  }

  private static Services services(String text) {
    return Services.parse(text).orElseThrow();
  }

  private static AddressRange range(String text) {
    return AddressRange.parse(text).orElseThrow();
  }

  private static Selector mark(String text) {
    return Selector.marked(text);
  }

  /// `A > B: services` for each pair that may talk, with a question mark for what is assumed.
  private static List<String> pairs(Environment environment) {
    var pairs = new TreeSet<String>();
    for (int from = 0; from < environment.vmCount(); from++) {
      for (int to = 0; to < environment.vmCount(); to++) {
        var sure = Services.NONE;
        var all = Services.NONE;
        for (var rule : environment.rules()) {
          if (from != to
              && environment.vm(from).tags().contains(rule.sourceTag())
              && environment.vm(to).tags().contains(rule.destTag())) {
            all = all.or(rule.services());
            sure = rule.assumed().isEmpty() ? sure.or(rule.services()) : sure;
          }
        }
        String pair = environment.vmId(from) + " > " + environment.vmId(to) + ": ";
        if (!sure.isEmpty()) {
          pairs.add(pair + sure);
        }
        if (!all.minus(sure).isEmpty()) {
          pairs.add(pair + all.minus(sure) + "?");
        }
      }
    }
    return new ArrayList<>(pairs);
  }

  private List<String> pairs() {
    return pairs(Lowering.of(model.build()).environment());
  }

  @Test
  void withoutALink_nothingPasses() {
    vm("A");
    vm("B");
    assertThat(pairs()).isEmpty();
  }

  @Test
  void withoutAGate_everythingPasses_butFromAVmToItself() {
    vm("A");
    vm("B");
    linkAll();
    assertThat(pairs()).containsExactly("A > B: all", "B > A: all");
    vm("C");
  }

  @Test
  void oneVmAlone_needsNoRule() {
    vm("A");
    linkAll();
    assertThat(Lowering.of(model.build()).environment().ruleCount()).isZero();
  }

  @Test
  void deny_takesNothingFromAnEarlierAllow_andAllFromALaterOne() {
    vm("A", "a");
    vm("B", "b");
    linkAll();
    gate(
        Direction.INGRESS,
        mark("b"),
        NOBODY,
        allow("1", ANY, mark("a"), "tcp/80"),
        deny("2", ANY, mark("a"), "tcp/1-100"),
        allow("3", ANY, ANY, "tcp/1-200"));
    assertThat(pairs()).containsExactly("A > B: tcp/80, tcp/101-200", "B > A: all");
  }

  @Test
  void gates_mustAllAllow_onTheWayOutAndIn() {
    vm("A", "a");
    vm("B", "b");
    linkAll();
    gate(Direction.EGRESS, mark("a"), NOBODY, allow("1", ANY, ANY, "tcp/1-100"));
    gate(Direction.INGRESS, mark("b"), NOBODY, allow("2", ANY, ANY, "tcp/50-200"));
    gate(Direction.INGRESS, mark("b"), NOBODY, allow("3", ANY, ANY, "tcp/60-65535"));
    assertThat(pairs()).containsExactly("A > B: tcp/60-100", "B > A: all");
  }

  /// As a network ACL is not asked within its subnet.
  @Test
  void exemptPeers_areNotHeldUp() {
    vm("A", "subnet-1");
    vm("B", "subnet-1");
    vm("C", "subnet-2");
    linkAll();
    gate(Direction.INGRESS, mark("subnet-1"), mark("subnet-1"));
    assertThat(pairs()).containsExactly("A > B: all", "A > C: all", "B > A: all", "B > C: all");
  }

  /// What a tier passes on is decided by the next, even if a later rule of the tier denies it; what
  /// it denied before stays denied.
  @Test
  void pass_leadsPastLaterDenies_notPastEarlierOnes() {
    vm("A", "a");
    vm("B", "b");
    linkAll();
    var admin =
        new Tier(
            "admin",
            ANY,
            List.of(
                deny("d1", ANY, mark("a"), "tcp/22"),
                pass("p", ANY, mark("a"), "tcp/1-100"),
                deny("d2", ANY, mark("a"), "tcp")),
            Tier.Otherwise.NEXT);
    var policies =
        new Tier(
            "policies",
            mark("b"),
            List.of(allow("n", ANY, ANY, "tcp/20-30"), allow("m", ANY, ANY, "tcp/443")),
            Tier.Otherwise.DENY);
    model.gate(
        new Gate("g", "g", Direction.INGRESS, mark("b"), NOBODY, List.of(admin, policies), true));
    assertThat(pairs()).containsExactly("A > B: tcp/20-21, tcp/23-30", "B > A: all");
  }

  @Test
  void tier_isNotAskedByThoseItDoesNotApplyTo() {
    vm("A", "a");
    vm("B", "b");
    linkAll();
    var policies = new Tier("policies", mark("b"), List.of(), Tier.Otherwise.DENY);
    model.gate(new Gate("g", "g", Direction.INGRESS, ANY, NOBODY, List.of(policies), true));
    assertThat(pairs()).containsExactly("B > A: all");
  }

  @Test
  void portNames_meanThePortOfTheOneThatIsReached() {
    var http = new NamedPort("web", Protocol.TCP, 80);
    var alt = new NamedPort("web", Protocol.UDP, 8080);
    for (var each : List.of(List.of(http), List.of(alt), List.<NamedPort>of())) {
      String id = "vm-" + (each.isEmpty() ? "none" : each.getFirst().port());
      model.endpoint(
          Endpoint.of(id, VmKind.VM, new NetworkInterface(Marks.NONE, Optional.empty(), each)));
    }
    linkAll();
    var rule =
        new GateRule(
            "r",
            Optional.empty(),
            Action.ALLOW,
            ANY,
            ANY,
            Services.NONE,
            List.of(new PortName("web", Optional.of(Protocol.TCP))),
            "allow web");
    gate(Direction.EGRESS, ANY, NOBODY, rule);
    assertThat(pairs()).containsExactly("vm-8080 > vm-80: tcp/80", "vm-none > vm-80: tcp/80");
  }

  /// An endpoint may do what any of its interfaces may, but rules of one interface are not those of
  /// another: A's green interface may go out, and only its red one is let in at B.
  @Test
  void interfaces_ofOneVm_areNotMixed() {
    model.endpoint(
        new Endpoint(
            "A",
            Optional.empty(),
            VmKind.VM,
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(
                new NetworkInterface(Marks.of("red")), new NetworkInterface(Marks.of("green")))));
    vm("B", "b");
    linkAll();
    gate(Direction.EGRESS, mark("red"), NOBODY);
    gate(Direction.INGRESS, mark("b"), NOBODY, allow("1", ANY, mark("red"), "all"));
    assertThat(pairs()).containsExactly("B > A: all");
  }

  @Test
  void ranges_divideAddressesOutside_andTheRestKeepsTheName() {
    addressed("A", "10.0.0.1", "a");
    internet("0.0.0.0/0");
    linkAll();
    gate(
        Direction.INGRESS,
        mark("a"),
        NOBODY,
        allow("1", ANY, Selector.within(range("203.0.113.0/24"), range("198.51.100.7")), "tcp/22"),
        allow("2", ANY, ANY, "tcp/443"));
    var lowered = Lowering.of(model.build());
    var environment = lowered.environment();
    assertThat(pairs(environment))
        .containsExactly("198.51.100.7/32 > A: tcp/22, tcp/443", "internet > A: tcp/443");
    assertThat(environment.vmKind(1)).isEqualTo(VmKind.EXTERNAL);
    int office = environment.findVm("198.51.100.7/32").orElseThrow();
    assertThat(environment.vmDetails(office).addresses())
        .containsExactly("198.51.100.7/32", "203.0.113.0/24");
    assertThat(lowered.externals().get(office - 1).ranges()).hasSize(2);
  }

  /// Two networks use the same addresses, and a range of the one divides nothing in the other.
  @Test
  void ranges_meanAddressesThatALinkLeadsTo() {
    addressed("A1", "10.0.0.1", "net-1");
    addressed("A2", "10.0.0.2", "net-1");
    addressed("B1", "10.0.0.1", "net-2");
    addressed("B2", "10.0.0.2", "net-2");
    for (String net : List.of("net-1", "net-2")) {
      model.link(new Link(net, net, Optional.empty(), mark(net), mark(net), Services.ALL));
    }
    gate(
        Direction.INGRESS,
        mark("net-1"),
        NOBODY,
        allow("1", ANY, Selector.within(range("10.0.0.1")), "tcp/22"));
    assertThat(pairs()).containsExactly("A1 > A2: tcp/22", "B1 > B2: all", "B2 > B1: all");
    var lowered = Lowering.of(model.build()).environment();
    assertThat(lowered.tagListOf(2)).isEqualTo(lowered.tagListOf(3));
  }

  @Test
  void addressesOfTwoFamilies_doNotMeet() {
    addressed("A", "10.0.0.1");
    addressed("B", "2001:db8::1");
    addressed("C", "2001:db8::2");
    vm("D");
    linkAll();
    assertThat(pairs())
        .containsExactly(
            "A > D: all",
            "B > C: all",
            "B > D: all",
            "C > B: all",
            "C > D: all",
            "D > A: all",
            "D > B: all",
            "D > C: all");
  }

  /// An unknown allow may be anybody; an unknown deny is nobody at most, and anybody at least.
  @Test
  void unknowns_areAssumedToAllow_andNotToDeny() {
    vm("A", "a");
    vm("B", "b");
    linkAll();
    gate(
        Direction.INGRESS,
        mark("b"),
        NOBODY,
        deny("d", ANY, Selector.unknown("list-1 is empty"), "tcp/80"),
        allow("1", ANY, mark("a"), "tcp/80-81"),
        allow("2", ANY, Selector.unknown("list-2 is empty"), "udp/53"));
    assertThat(pairs()).containsExactly("A > B: tcp/80, udp/53?", "A > B: tcp/81", "B > A: all");
    var rules = Lowering.of(model.build()).environment().rules();
    assertThat(rules)
        .filteredOn(rule -> rule.services().equals(services("udp/53")))
        .singleElement()
        .satisfies(rule -> assertThat(rule.assumed()).hasValue("list-2 is empty"));
  }

  @Test
  void rules_nameTheRealOnes_andKeepTheirIdsWhenOthersCome() {
    var place = Optional.of(new Place("sg.json", 7, 5));
    vm("A", "a");
    vm("B", "b");
    linkAll();
    var real = GateRule.allow("sgr-1", place, mark("b"), mark("a"), services("tcp/22"));
    gate(Direction.INGRESS, ANY, NOBODY, real);
    var before = Lowering.of(model.build()).environment();
    assertThat(before.ruleCount()).isEqualTo(1);
    assertThat(before.rule(0).id().orElseThrow()).startsWith("sgr-1~");
    assertThat(before.rule(0).sourceTag()).isEqualTo("from a");
    assertThat(before.rule(0).destTag()).isEqualTo("to b");
    assertThat(before.ruleDetails(0).origins())
        .containsExactly(new Origin("sgr-1", "the gate", place, "allow tcp/22, a"));

    vm("C", "a");
    vm("D", "d");
    var after = Lowering.of(model.build()).environment();
    assertThat(after.rules()).isEqualTo(before.rules());
  }

  @Test
  void vmsAlike_shareOneTagList() {
    for (int i = 0; i < 100; i++) {
      vm("vm-" + i, "a", "noise-" + i);
    }
    linkAll();
    gate(Direction.INGRESS, ANY, NOBODY, allow("1", mark("a"), mark("a"), "all"));
    var environment = Lowering.of(model.build()).environment();
    assertThat(environment.tagLists().size()).isEqualTo(1);
    assertThat(environment.ruleCount()).isEqualTo(1);
  }

  @Test
  void tooManyRules_areRefused() {
    for (int i = 0; i < 6; i++) {
      vm("vm-" + i, "m" + i);
    }
    linkAll();
    gate(
        Direction.INGRESS,
        ANY,
        NOBODY,
        allow("1", mark("m1"), mark("m2"), "all"),
        allow("2", mark("m3"), mark("m4"), "all"),
        allow("3", mark("m5"), mark("m0"), "all"));
    var built = model.build();
    assertThatExceptionOfType(TooLarge.class)
        .isThrownBy(() -> Lowering.of(built, new Lowering.Limits(2, 100, 100_000)))
        .withMessageContaining("more than 2 rules");
    assertThatExceptionOfType(TooLarge.class)
        .isThrownBy(() -> Lowering.of(built, new Lowering.Limits(3, 5, 100_000)))
        .withMessageContaining("distinguish more sets of VMs than fit");
    assertThatExceptionOfType(TooLarge.class)
        .isThrownBy(() -> Lowering.of(built, new Lowering.Limits(3, 6, 1_000)))
        .withMessageContaining("distinguish more sets of VMs than fit");
    assertThat(Lowering.of(built, new Lowering.Limits(3, 6, 100_000)).environment().ruleCount())
        .isEqualTo(3);
  }

  /// Rules of IPv4 and IPv6 are two: what only the one admits, the other's addresses may not.
  @Test
  void internet_isOfTheFamilyThatMayAttack_andOfBothIfTheyDiffer() {
    internet("0.0.0.0/0", "::/0");
    addressed("A", "2001:db8::1");
    linkAll();
    gate(
        Direction.INGRESS,
        ANY,
        NOBODY,
        allow("6", ANY, Selector.within(range("::/0")), "tcp/22"),
        allow("4", mark("old"), Selector.within(range("0.0.0.0/0")), "tcp/80"));
    assertThat(pairs()).containsExactly("internet > A: tcp/22");

    addressed("B", "10.0.0.1", "old");
    var lowered = Lowering.of(model.build());
    assertThat(pairs(lowered.environment()))
        .containsExactly("internet > B: tcp/80", "internet-ipv6 > A: tcp/22");
    assertThat(lowered.externals())
        .extracting(external -> external.ranges().getFirst().isV6())
        .containsExactly(false, true);
  }

  @Test
  void without_takesARuleOut_andWhatItIsolates() {
    vm("A", "a");
    vm("B", "b");
    linkAll();
    var policies =
        new Tier(
            "policies",
            List.of(
                new Tier.Subject("p1", Optional.empty(), mark("b")),
                new Tier.Subject("p2", Optional.empty(), mark("a"))),
            List.of(allow("p1", mark("b"), mark("a"), "tcp/80")),
            Tier.Otherwise.DENY);
    model.gate(new Gate("g", "g", Direction.INGRESS, ANY, NOBODY, List.of(policies), true));
    var built = model.build();
    assertThat(built.ruleIds()).containsExactly("net", "p1", "p2");
    assertThat(pairs(Lowering.of(built).environment())).containsExactly("A > B: tcp/80");
    assertThat(pairs(Lowering.of(built.without(Set.of("p1"))).environment()))
        .containsExactly("A > B: all");
    assertThat(pairs(Lowering.of(built.without(Set.of("p2"))).environment()))
        .containsExactly("A > B: tcp/80", "B > A: all");
    assertThat(pairs(Lowering.of(built.without(Set.of("net"))).environment())).isEmpty();
    var narrowed =
        built.with(rule -> List.of(allow(rule.id(), rule.targets(), rule.peers(), "tcp/443")));
    assertThat(pairs(Lowering.of(narrowed).environment())).containsExactly("A > B: tcp/443");
  }

  @Test
  void explanation_namesTheFirstGateThatBlocks_andTheRuleByWhich() {
    vm("A", "a");
    vm("B", "b");
    linkAll();
    gate(Direction.EGRESS, mark("a"), NOBODY, allow("out", ANY, ANY, "tcp"));
    gate(
        Direction.INGRESS,
        mark("b"),
        NOBODY,
        deny("no", ANY, mark("a"), "all"),
        allow("yes", ANY, ANY, "all"));
    var built = model.build();
    var explanation =
        Explanation.of(
            built,
            new Explanation.Side.OfEndpoint(built.endpoints().get(0)),
            new Explanation.Side.OfEndpoint(built.endpoints().get(1)),
            true);
    assertThat(explanation.services()).isEqualTo(Services.NONE);
    var pair = explanation.pairs().getFirst();
    assertThat(pair.links()).extracting(Link::id).containsExactly("net");
    assertThat(pair.gates().get(0).services()).isEqualTo(services("tcp"));
    var blocking = pair.firstBlocking().orElseThrow();
    assertThat(blocking.gate().direction()).isEqualTo(Direction.INGRESS);
    assertThat(blocking.matches()).extracting(match -> match.rule().id()).containsExactly("no");
  }
}
