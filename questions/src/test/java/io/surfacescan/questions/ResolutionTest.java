package io.surfacescan.questions;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.VmDetails;
import io.surfacescan.model.VmKind;
import io.surfacescan.questions.arguments.Parameter.Role;
import io.surfacescan.questions.arguments.Resolution;
import io.surfacescan.questions.arguments.Resolution.Ambiguous;
import io.surfacescan.questions.arguments.Resolution.Found;
import io.surfacescan.questions.arguments.Resolution.Kind;
import io.surfacescan.questions.arguments.Resolution.Unknown;
import io.surfacescan.questions.arguments.Subject.Group;
import io.surfacescan.questions.arguments.Subject.One;
import io.surfacescan.questions.arguments.VmName;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResolutionTest {
  private static final Environment ENVIRONMENT =
      new EnvironmentBuilder()
          .vm("vm-1", "web", List.of("office"))
          .vm("vm-2", "twin", List.of("office", "db"))
          .vm("vm-3", "twin", List.of())
          .vm("web2", "vm-1", List.of())
          .vm("vm-5", "", List.of())
          .vm("tag:id", "tag:name", List.of())
          .rule("fw-1", "nobody carries this", "office")
          .build();

  private static Resolution argument(String text) {
    return Resolution.ofArgument(ENVIRONMENT, text, Role.ATTACKER);
  }

  @Test
  void ofArgument_meansAnId_thenAName_thenAGroup() {
    assertThat(argument("vm-1")).isEqualTo(new Found(new One(0)));
    assertThat(argument("web")).isEqualTo(new Found(new One(0)));
    assertThat(argument("tag:id")).isEqualTo(new Found(new One(5)));
    assertThat(argument("tag:name")).isEqualTo(new Found(new One(5)));
    assertThat(argument("tag:office"))
        .isInstanceOfSatisfying(
            Found.class,
            found ->
                assertThat(found.subject())
                    .isInstanceOfSatisfying(
                        Group.class,
                        group -> {
                          assertThat(group.tag()).isEqualTo("office");
                          assertThat(group.argument()).isEqualTo("tag:office");
                          assertThat(vms(group)).containsExactly(0, 1);
                        }));
  }

  private static List<Integer> vms(Group group) {
    return IntStream.range(0, group.members().size()).mapToObj(group.members()::vm).toList();
  }

  @Test
  void ofArgument_severalVmsOfTheName_areNamedInTheOrderOfTheInput() {
    assertThat(argument("twin")).isEqualTo(new Ambiguous(Kind.NAME, "twin", List.of(1, 2), false));
  }

  @Test
  void ofArgument_unknown_saysWhatWasLookedFor() {
    assertThat(argument("office")).isEqualTo(new Unknown(Kind.ID_OR_NAME, "office"));
    assertThat(argument("WEB")).isEqualTo(new Unknown(Kind.ID_OR_NAME, "WEB"));
    assertThat(argument("")).isEqualTo(new Unknown(Kind.ID_OR_NAME, ""));
    assertThat(argument("tag:")).isEqualTo(new Unknown(Kind.ID_OR_NAME, "tag:"));
    assertThat(argument("tag:of")).isEqualTo(new Unknown(Kind.TAG, "of"));
    assertThat(argument("tag:nobody carries this"))
        .isEqualTo(new Unknown(Kind.TAG, "nobody carries this"));
    assertThat(argument("\ud800")).isEqualTo(new Unknown(Kind.ID_OR_NAME, "\ud800"));
  }

  @Test
  void ofId_ofName_ofTag_areExact() {
    assertThat(Resolution.ofId(ENVIRONMENT, "web")).isEqualTo(new Unknown(Kind.ID, "web"));
    assertThat(Resolution.ofName(ENVIRONMENT, "vm-1")).isEqualTo(new Found(new One(3)));
    assertThat(Resolution.ofName(ENVIRONMENT, "vm-2")).isEqualTo(new Unknown(Kind.NAME, "vm-2"));
    assertThat(Resolution.ofTag(ENVIRONMENT, "tag:db")).isEqualTo(new Unknown(Kind.TAG, "tag:db"));
  }

  @Test
  void ofName_sharedByVeryMany_listsTheFirst() {
    var builder = new EnvironmentBuilder();
    for (int i = 0; i < 300; i++) {
      builder.vm("vm-" + i, i % 3 == 0 ? "same" : "other-" + i, List.of());
    }
    var environment = builder.build();
    assertThat(Resolution.ofName(environment, "same"))
        .isEqualTo(
            new Ambiguous(
                Kind.NAME, "same", IntStream.range(0, 20).map(i -> 3 * i).boxed().toList(), true));
    for (int i = 0; i < 300; i++) {
      if (i % 3 != 0) {
        assertThat(Resolution.ofName(environment, "other-" + i)).isEqualTo(new Found(new One(i)));
      }
    }
  }

  private static EnvironmentBuilder details(
      EnvironmentBuilder builder, VmKind kind, String... addresses) {
    builder.details(
        builder.vmCount() - 1,
        new VmDetails(kind, Optional.empty(), List.of(), List.of(addresses)));
    return builder;
  }

  private static EnvironmentBuilder addressed() {
    var builder = new EnvironmentBuilder();
    details(builder.vm("i-1", "web", List.of()), VmKind.VM, "10.0.0.1", "2001:db8::1");
    details(builder.vm("i-2", "10.0.0.1", List.of()), VmKind.DATABASE, "10.0.0.2");
    details(builder.vm("i-3", null, List.of()), VmKind.VM, "10.0.0.3");
    details(builder.vm("i-4", null, List.of()), VmKind.VM, "10.0.0.3", "10.0.0.4");
    details(builder.vm("10.0.0.4", null, List.of()), VmKind.VM, "10.0.1.0/24");
    return details(builder.vm("office", null, List.of()), VmKind.EXTERNAL, "198.51.100.0/24");
  }

  private static Resolution argument(Environment environment, String text, Role role) {
    return Resolution.ofArgument(environment, text, role);
  }

  private static Resolution argument(Environment environment, String text) {
    return argument(environment, text, Role.ATTACKER);
  }

  private static Resolution vm(int vm) {
    return new Found(new One(vm));
  }

  @Test
  void ofArgument_anAddressOfAVm_afterIdsAndNames() {
    var environment = addressed().build();
    assertThat(argument(environment, "10.0.0.2")).isEqualTo(vm(1));
    assertThat(argument(environment, "2001:DB8:0::1")).isEqualTo(vm(0));
    // It is the name of another VM, and the id of yet another.
    assertThat(argument(environment, "10.0.0.1")).isEqualTo(vm(1));
    assertThat(argument(environment, "10.0.0.4")).isEqualTo(vm(4));
    assertThat(argument(environment, "10.0.1.7")).isEqualTo(vm(4));
    assertThat(argument(environment, "10.0.0.3"))
        .isEqualTo(new Ambiguous(Kind.ADDRESS, "10.0.0.3", List.of(2, 3), false));
  }

  @Test
  void ofArgument_anAddressOutside_isWhatStandsForIt() {
    var builder = addressed();
    details(builder.vm("internet", null, List.of()), VmKind.EXTERNAL, "0.0.0.0/1", "128.0.0.0/1");
    details(builder.vm("internet-out", null, List.of()), VmKind.EXTERNAL_SINK, "0.0.0.0/0");
    var environment = builder.build();
    assertThat(argument(environment, "198.51.100.7")).isEqualTo(vm(5));
    assertThat(argument(environment, "198.51.101.7")).isEqualTo(vm(6));
    assertThat(argument(environment, "8.8.8.8", Role.TARGET)).isEqualTo(vm(7));
    assertThat(argument(environment, "2001:db8::2"))
        .isEqualTo(new Unknown(Kind.ADDRESS, "2001:db8::2"));
    // A range is no address.
    assertThat(argument(environment, "198.51.100.0/25"))
        .isEqualTo(new Unknown(Kind.ID_OR_NAME, "198.51.100.0/25"));
  }

  @Test
  void ofArgument_anAddress_whereNoVmHasOne() {
    assertThat(argument("10.0.0.1")).isEqualTo(new Unknown(Kind.ID_OR_NAME, "10.0.0.1"));
    var builder = new EnvironmentBuilder();
    details(builder.vm("internet", null, List.of()), VmKind.EXTERNAL);
    // It says nothing of its addresses, so that it stands for any.
    assertThat(argument(builder.build(), "8.8.8.8")).isEqualTo(vm(0));
  }

  @Test
  void in_anIdMayBeAnAddress_butNotAName() {
    var environment = addressed().build();
    assertThat(new VmName(VmName.By.ID, "10.0.0.2").in(environment, Role.ATTACKER))
        .isEqualTo(vm(1));
    assertThat(new VmName(VmName.By.ID_OR_NAME, "10.0.0.2").in(environment, Role.ATTACKER))
        .isEqualTo(vm(1));
    assertThat(new VmName(VmName.By.ID, "10.0.0.1").in(environment, Role.ATTACKER))
        .isEqualTo(vm(0));
    assertThat(new VmName(VmName.By.NAME, "10.0.0.2").in(environment, Role.ATTACKER))
        .isEqualTo(new Unknown(Kind.NAME, "10.0.0.2"));
    assertThat(new VmName(VmName.By.ID, "10.9.9.9").in(environment, Role.ATTACKER))
        .isEqualTo(new Unknown(Kind.ADDRESS, "10.9.9.9"));
  }
}
