package io.surfacescan.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EnvironmentBuilderTest {
  @Test
  void rulesWithId_areAllThatShareIt_andNeverThoseWithout() {
    var environment =
        new EnvironmentBuilder()
            .rule("fw-1", "a", "b")
            .rule(null, "a", "b")
            .rule("", "a", "b")
            .rule("fw-10", "a", "b")
            .rule("fw-1", "b", "a")
            .build();
    assertThat(environment.rulesWithId("fw-1")).containsExactly(0, 4);
    assertThat(environment.rulesWithId("")).containsExactly(2);
    assertThat(environment.rulesWithId("fw")).isEmpty();
    assertThat(environment.rulesWithId("\ud83d")).isEmpty();
  }

  @Test
  void build_givesBackWhatWasAdded_inItsOrder() {
    var environment =
        new EnvironmentBuilder()
            .rule("fw-1", "web", "db")
            .vm("B", "the db", List.of("db", "web", "db"))
            .vm("A")
            .vm("C", "", List.of("web"))
            .rule(null, "web", "ghost")
            .build();
    assertThat(environment.vmCount()).isEqualTo(3);
    assertThat(environment.vm(0))
        .isEqualTo(new Vm("B", Optional.of("the db"), List.of("db", "web")));
    assertThat(environment.vm(1)).isEqualTo(new Vm("A", Optional.empty(), List.of()));
    assertThat(environment.vm(2)).isEqualTo(new Vm("C", Optional.of(""), List.of("web")));
    assertThat(environment.rules())
        .containsExactly(
            new FirewallRule(Optional.of("fw-1"), "web", "db"),
            new FirewallRule(Optional.empty(), "web", "ghost"));
    assertThat(environment.findVm("C")).hasValue(2);
    assertThat(environment.findVm("c")).isEmpty();
    assertThat(environment.tagCount()).isEqualTo(3);
    assertThat(environment.tag(environment.sourceTag(1))).isEqualTo("web");
    assertThat(environment.tag(environment.destTag(1))).isEqualTo("ghost");
  }

  @Test
  void vmsPerTag_countsEachVmOnce() {
    var environment =
        new EnvironmentBuilder()
            .vm("A", "a", "b")
            .vm("B", "a", "a")
            .vm("C", "b", "a")
            .rule("1", "a", "ghost")
            .build();
    int[] vmsPerTag = environment.vmsPerTag();
    assertThat(vmsPerTag[environment.findTag("a").orElseThrow()]).isEqualTo(3);
    assertThat(vmsPerTag[environment.findTag("b").orElseThrow()]).isEqualTo(2);
    assertThat(vmsPerTag[environment.findTag("ghost").orElseThrow()]).isZero();
  }

  @Test
  void vms_withTheSameTagsInTheSameOrder_shareAList() {
    var environment =
        new EnvironmentBuilder().vm("A", "a", "b").vm("B", "b", "a").vm("C", "a", "b").build();
    assertThat(environment.tagListOf(2)).isEqualTo(environment.tagListOf(0));
    assertThat(environment.tagListOf(1)).isNotEqualTo(environment.tagListOf(0));
    assertThat(environment.tagLists().size()).isEqualTo(2);
  }

  @Test
  void vm_refusesWhatIsNoId() {
    var builder = new EnvironmentBuilder().vm("A");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.vm("A"))
        .withMessage("duplicate VM id: A");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.vm(""))
        .withMessage("empty VM id");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.vm("\ud83d"))
        .withMessage("text with a lone surrogate");
  }

  @Test
  void addVm_ofATakenId_addsNothing_andNamesTheFirst() {
    var builder = new EnvironmentBuilder().vm("A", "first", List.of("a")).vm("B", "b");
    byte[] id = "B".getBytes(UTF_8);
    assertThat(builder.addVm(id, 1, id, 1, new int[] {0}, 1)).isEqualTo(~1);
    assertThat(builder.vmCount()).isEqualTo(2);
    var environment = builder.build();
    assertThat(environment.vm(1)).isEqualTo(new Vm("B", Optional.empty(), List.of("b")));
  }

  /// A VM or a rule of the input, and what it takes to add it.
  private sealed interface Fact {
    void addTo(EnvironmentBuilder builder);
  }

  private record VmFact(Vm vm) implements Fact {
    @Override
    public void addTo(EnvironmentBuilder builder) {
      builder.vm(vm.id(), vm.name().orElse(null), vm.tags());
    }
  }

  private record RuleFact(FirewallRule rule) implements Fact {
    @Override
    public void addTo(EnvironmentBuilder builder) {
      builder.rule(rule.id().orElse(null), rule.sourceTag(), rule.destTag());
    }
  }

  private static List<Fact> randomFacts(Random random) {
    var facts = new ArrayList<Fact>();
    for (int i = random.nextInt(60); i > 0; i--) {
      if (random.nextInt(3) == 0) {
        var id = random.nextInt(5) == 0 ? Optional.<String>empty() : Optional.of("fw-" + i);
        facts.add(new RuleFact(new FirewallRule(id, tag(random), tag(random))));
      } else {
        var name = random.nextInt(3) == 0 ? Optional.<String>empty() : Optional.of("ñ" + i % 7);
        var tags = new ArrayList<String>();
        for (int tagCount = random.nextInt(4); tagCount > 0; tagCount--) {
          String tag = tag(random);
          tags.remove(tag);
          tags.add(tag);
        }
        facts.add(new VmFact(new Vm("vm-" + i, name, tags)));
      }
    }
    return facts;
  }

  private static String tag(Random random) {
    return "t" + random.nextInt(9);
  }

  @Test
  void append_ofPartsInOrder_isTheSameAsOnePartAlone() {
    for (long seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      var facts = randomFacts(random);
      var alone = new EnvironmentBuilder();
      facts.forEach(fact -> fact.addTo(alone));
      var joined = new EnvironmentBuilder();
      var part = joined;
      for (var fact : facts) {
        if (random.nextInt(8) == 0) {
          join(joined, part);
          part = new EnvironmentBuilder();
        }
        fact.addTo(part);
      }
      join(joined, part);
      assertThat(columns(joined.build())).as("seed %d", seed).isEqualTo(columns(alone.build()));
    }
  }

  private static void join(EnvironmentBuilder joined, EnvironmentBuilder part) {
    if (part != joined) {
      joined.append(
          part,
          (vm, first) -> {
            throw new AssertionError("no VM is a duplicate");
          });
    }
  }

  /// Everything that can be seen of an environment, numbers of tags and lists included.
  private static List<Object> columns(Environment environment) {
    var columns = new ArrayList<Object>();
    for (int vm = 0; vm < environment.vmCount(); vm++) {
      columns.add(environment.vm(vm));
      columns.add(environment.tagListOf(vm));
    }
    for (int rule = 0; rule < environment.ruleCount(); rule++) {
      columns.add(environment.rule(rule));
      columns.add(List.of(environment.sourceTag(rule), environment.destTag(rule)));
    }
    for (int tag = 0; tag < environment.tagCount(); tag++) {
      columns.add(environment.tag(tag));
    }
    columns.add(environment.tagLists().size());
    columns.add(environment.tagLists().valueCount());
    return columns;
  }

  @Test
  void append_leavesOutDuplicates_andNamesBoth() {
    var builder = new EnvironmentBuilder().vm("A", "a").vm("B", "b");
    var part = new EnvironmentBuilder().vm("C", "c").vm("B", "x").vm("D", "c").vm("A", "y");
    var heard = new ArrayList<List<Integer>>();
    builder.append(part, (vm, first) -> heard.add(List.of(vm, first)));
    assertThat(heard).containsExactly(List.of(1, 1), List.of(3, 0));
    var environment = builder.build();
    assertThat(environment.vmCount()).isEqualTo(4);
    assertThat(environment.vm(1).tags()).containsExactly("b");
    assertThat(environment.vm(2)).isEqualTo(new Vm("C", Optional.empty(), List.of("c")));
    assertThat(environment.vm(3)).isEqualTo(new Vm("D", Optional.empty(), List.of("c")));
  }
}
