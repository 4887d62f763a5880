package io.surfacescan.questions;

import static org.assertj.core.api.Assertions.assertThat;

import io.surfacescan.model.Environment;
import io.surfacescan.model.EnvironmentBuilder;
import io.surfacescan.questions.arguments.Resolution;
import io.surfacescan.questions.arguments.Resolution.Ambiguous;
import io.surfacescan.questions.arguments.Resolution.Found;
import io.surfacescan.questions.arguments.Resolution.Kind;
import io.surfacescan.questions.arguments.Resolution.Unknown;
import io.surfacescan.questions.arguments.Subject.Group;
import io.surfacescan.questions.arguments.Subject.One;
import java.util.List;
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
    return Resolution.ofArgument(ENVIRONMENT, text);
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
    assertThat(argument("twin")).isEqualTo(new Ambiguous("twin", List.of(1, 2), false));
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
            new Ambiguous("same", IntStream.range(0, 20).map(i -> 3 * i).boxed().toList(), true));
    for (int i = 0; i < 300; i++) {
      if (i % 3 != 0) {
        assertThat(Resolution.ofName(environment, "other-" + i)).isEqualTo(new Found(new One(i)));
      }
    }
  }
}
