package io.surfacescan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.AddressRange;
import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.model.VmDetails;
import io.surfacescan.model.VmKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Addresses looked up against all of them, parsed and compared one by one.
class AddressIndexTest {
  private static final List<VmKind> KINDS = List.of(VmKind.values());

  private static final List<String> TEXTS =
      List.of(
          "10.0.0.%d",
          "10.0.%d.0/24",
          "10.0.0.%d/30",
          "10.0.0.0/8",
          "0.0.0.0/%d",
          "2001:db8::%d",
          "2001:DB8:0:0:0:0:0:%d",
          "2001:db8::/12%d",
          "::/0",
          "::%d",
          "0.0.0.%d",
          "::ffff:10.0.0.%d",
          "10.0.0",
          "10.0.0.256",
          "1000.0.0.%d",
          "10..0.%d",
          "10.0.0.0%d",
          "lb-%d.example.com");

  private static String text(RandomGenerator random) {
    return TEXTS.get(random.nextInt(TEXTS.size())).formatted(random.nextInt(9));
  }

  private static Environment environment(RandomGenerator random) {
    var builder = new EnvironmentBuilder();
    int vms = random.nextInt(12);
    for (int vm = 0; vm < vms; vm++) {
      builder.vm("vm-" + vm, null, List.of());
      var addresses = new ArrayList<String>();
      for (int count = random.nextInt(4); count > 0; count--) {
        addresses.add(text(random));
      }
      var kind = KINDS.get(random.nextInt(KINDS.size()));
      builder.details(vm, new VmDetails(kind, Optional.empty(), List.of(), addresses));
    }
    return builder.build();
  }

  private static int[] naive(Environment environment, AddressRange address, boolean outside) {
    AddressRange narrowest = null;
    var vms = new ArrayList<Integer>();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      if (environment.vmKind(vm).isExternal() != outside) {
        continue;
      }
      for (String text : environment.vmDetails(vm).addresses()) {
        var range = AddressRange.parse(text).filter(some -> some.contains(address)).orElse(null);
        if (range == null) {
          continue;
        }
        // Ranges that hold one address lie one in the other if they are CIDRs.
        if (narrowest == null || (narrowest.contains(range) && !narrowest.equals(range))) {
          narrowest = range;
          vms.clear();
        }
        if (range.equals(narrowest) && !vms.contains(vm)) {
          vms.add(vm);
        }
      }
    }
    return vms.stream().mapToInt(vm -> vm).toArray();
  }

  @Test
  void vmsAt_areThoseOfTheNarrowestRange() {
    Seeds.check(
        2_000,
        seed -> {
          var random = new SplittableRandom(seed);
          var environment = environment(random);
          for (int i = 0; i < 20; i++) {
            var address = AddressRange.parse(text(random)).map(AddressRange::first);
            boolean outside = random.nextBoolean();
            if (address.isPresent()) {
              int[] expected = naive(environment, address.get(), outside);
              int most = 1 + random.nextInt(3);
              assertThat(
                      environment.vmsAt(
                          address.get(),
                          vm -> environment.vmKind(vm).isExternal() == outside,
                          most))
                  .containsExactly(IntStream.of(expected).limit(most).toArray());
            }
          }
        });
  }

  @Test
  void vmsAt_amongVeryMany_withSharedOnes() {
    var builder = new EnvironmentBuilder();
    int vms = 200_000;
    for (int vm = 0; vm < vms; vm++) {
      builder.vm("vm-" + vm, null, List.of());
      builder.details(
          vm,
          new VmDetails(VmKind.VM, Optional.empty(), List.of(), List.of(address(vm % 150_000))));
    }
    var environment = builder.build();
    for (int vm = 0; vm < vms; vm += 997) {
      var asked = AddressRange.parse(address(vm % 150_000)).orElseThrow();
      int first = vm % 150_000;
      int[] expected = first < 50_000 ? new int[] {first, first + 150_000} : new int[] {first};
      assertThat(environment.vmsAt(asked, _ -> true, 5)).containsExactly(expected);
    }
    assertThat(environment.vmsAt(AddressRange.parse("9.9.9.9").orElseThrow(), _ -> true, 5))
        .isEmpty();
  }

  private static String address(int number) {
    return "10." + (number >>> 16) + "." + (number >>> 8 & 0xFF) + "." + (number & 0xFF);
  }

  @Test
  void compareSize_goesByHowManyAddressesThereAre() {
    assertThat(range("10.0.0.0/8").compareSize(range("11.0.0.0/9"))).isPositive();
    assertThat(range("2001:db8::/64").compareSize(range("2001:db8:1::/64"))).isZero();
    assertThat(range("2001:db8::/63").compareSize(range("2001:db8:1::/64"))).isPositive();
    assertThat(range("::/0").compareSize(range("::/1"))).isPositive();
    assertThat(range("0.0.0.0/0").compareSize(range("::/1"))).isNegative();
  }

  private static AddressRange range(String text) {
    return AddressRange.parse(text).orElseThrow();
  }

  @Test
  void externalCount_isWhatStandsForAddressesOutside() {
    Seeds.check(
        200,
        seed -> {
          var environment = environment(new SplittableRandom(seed));
          int outside = 0;
          for (int vm = 0; vm < environment.vmCount(); vm++) {
            outside += environment.vmKind(vm).isExternal() ? 1 : 0;
          }
          assertThat(environment.externalCount()).isEqualTo(outside);
          assertThat(environment.countedVms()).isEqualTo(environment.vmCount() - outside);
        });
  }
}
