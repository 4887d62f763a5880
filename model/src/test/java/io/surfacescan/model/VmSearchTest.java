package io.surfacescan.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VmSearchTest {
  private static final Environment ENVIRONMENT =
      new EnvironmentBuilder()
          .vm("vm-é1", "web one", List.of("web", "prod-eu"))
          .vm("vm-2", null, List.of("webby"))
          .vm("x", "", List.of())
          .vm("vm-12", "WEB", List.of("prod"))
          .build();

  private static List<String> found(
      @Nullable String id, @Nullable String name, @Nullable String tag) {
    return new VmSearch(
            Optional.ofNullable(id),
            Optional.ofNullable(name),
            OptionalInt.empty(),
            Optional.ofNullable(tag))
        .in(ENVIRONMENT).stream().mapToObj(ENVIRONMENT::vmId).toList();
  }

  @Test
  void in_matchesATagExactly() {
    var web = ENVIRONMENT.findTag("web");
    var search = new VmSearch(Optional.empty(), Optional.empty(), web, Optional.empty());
    assertThat(search.in(ENVIRONMENT).stream().mapToObj(ENVIRONMENT::vmId))
        .containsExactly("vm-é1");
    var both = new VmSearch(Optional.empty(), Optional.empty(), web, Optional.of("prod"));
    assertThat(both.in(ENVIRONMENT).cardinality()).isEqualTo(1);
    var neither = new VmSearch(Optional.of("x"), Optional.empty(), web, Optional.empty());
    assertThat(neither.in(ENVIRONMENT).isEmpty()).isTrue();
  }

  @Test
  void in_withoutAnything_findsAll() {
    assertThat(found(null, null, null)).containsExactly("vm-é1", "vm-2", "x", "vm-12");
  }

  @Test
  void in_matchesPartsOfIdsAndNames_andStartsOfTags_exactly() {
    assertThat(found("2", null, null)).containsExactly("vm-2", "vm-12");
    assertThat(found("é", null, null)).containsExactly("vm-é1");
    assertThat(found("vm-12", null, null)).containsExactly("vm-12");
    assertThat(found("vm-123", null, null)).isEmpty();
    assertThat(found(null, "web", null)).containsExactly("vm-é1");
    assertThat(found(null, null, "web")).containsExactly("vm-é1", "vm-2");
    assertThat(found(null, null, "rod")).isEmpty();
    assertThat(found(null, null, "prod")).containsExactly("vm-é1", "vm-12");
  }

  @Test
  void in_keepsOnlyWhatMatchesAll() {
    assertThat(found("1", "web", "prod")).containsExactly("vm-é1");
    assertThat(found("2", "web", null)).isEmpty();
  }
}
